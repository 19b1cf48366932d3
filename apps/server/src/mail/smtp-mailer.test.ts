import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSmtpMailer, transportOptions } from './smtp-mailer.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A mail server that takes one mail at a time and keeps what it was told. */
async function startMailServer(): Promise<{ port: number; commands: string[]; mails: string[] }> {
  const commands: string[] = [];
  const mails: string[] = [];
  server = createServer((socket) => talk(socket, commands, mails));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, commands, mails };
}

function talk(socket: Socket, commands: string[], mails: string[]): void {
  let received = '';
  let isData = false;
  socket.write('220 test\r\n');
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString();
    for (let end = received.indexOf(isData ? '\r\n.\r\n' : '\r\n'); end !== -1; end = received.indexOf(isData ? '\r\n.\r\n' : '\r\n')) {
      const piece = received.slice(0, end);
      received = received.slice(end + (isData ? 5 : 2));
      if (isData) mails.push(piece);
      else commands.push(piece);
      socket.write(piece === 'DATA' && !isData ? '354 go\r\n' : '250 ok\r\n');
      isData = !isData && piece === 'DATA';
    }
  });
}

describe('mail', () => {
  it('sends text with an id that stays the same when it is sent again, and says that a machine wrote it', async () => {
    const { port, commands, mails } = await startMailServer();
    const mailer = createSmtpMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Birchkettle <hello@birchkettle.example>' });
    const mail = { id: 'msg_1', to: 'visitor@mail.example', subject: 'Your answer', text: 'Sixty days.' };
    await mailer.send(mail);
    await mailer.send(mail);
    expect(commands.filter((command) => command.startsWith('RCPT'))).toEqual(Array(2).fill('RCPT TO:<visitor@mail.example>'));
    for (const sent of mails) {
      expect(sent).toContain('Message-ID: <msg_1@birchkettle.example>');
      expect(sent).toContain('Auto-Submitted: auto-replied');
      expect(sent).toContain('Sixty days.');
    }
  });

  it('a line break in a subject adds no recipient', async () => {
    const { port, commands, mails } = await startMailServer();
    const mailer = createSmtpMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'a@b.example' });
    await mailer.send({
      id: 'm',
      to: 'visitor@mail.example',
      subject: 'Hello\r\nBcc: victim@mail.example',
      text: '.\r\nRCPT TO:<x@y.example>',
    });
    expect(commands.filter((command) => command.startsWith('RCPT'))).toHaveLength(1);
    expect(mails[0]).not.toMatch(/^Bcc:/m);
  });

  it('rejects when the mail server is not there', async () => {
    const { port } = await startMailServer();
    server?.close();
    const mailer = createSmtpMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'a@b.example' });
    await expect(mailer.send({ id: 'm', to: 'visitor@mail.example', subject: 's', text: 't' })).rejects.toThrow();
  });

  it.each([
    [
      'smtps://u%40x:p%3Aw@mail.example',
      { host: 'mail.example', port: 465, secure: true, requireTLS: false, auth: { user: 'u@x', pass: 'p:w' } },
    ],
    ['smtp://mail.example', { port: 587, secure: false, requireTLS: true }],
    ['smtp://mail.example:25', { port: 25, requireTLS: true }],
    ['smtp://127.0.0.1:1025', { port: 1_025, requireTLS: false }],
    ['smtp://[::1]', { host: '::1', requireTLS: false }],
  ])('never speaks in the clear with another machine: %s', (url, expected) => {
    expect(transportOptions(url)).toMatchObject(expected);
  });
});

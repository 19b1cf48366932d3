import { createHmac } from 'node:crypto';
import type { lookup as resolve } from 'node:dns';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-address.ts';
import { sendWebhook } from './send-webhook.ts';
import { signatureHeaders } from './signature.ts';

const OLD = `whsec_${Buffer.from('a'.repeat(32)).toString('base64')}`;
const NEW = `whsec_${Buffer.from('b'.repeat(32)).toString('base64')}`;

describe('the signature', () => {
  it('[D53] is that of Standard Webhooks', () => {
    // The example of the specification (standard-webhooks, "Verifying webhooks manually" libraries).
    const headers = signatureHeaders({
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: 1_614_265_330_500,
      body: '{"test": 2432232314}',
      secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    });
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('[D53] is made with both keys, and breaks with any byte', () => {
    const sign = (body: string) => signatureHeaders({ id: 'job_1', at: 5_000, body, secrets: [OLD, NEW] })['webhook-signature'].split(' ');
    const independent = (key: string) => `v1,${createHmac('sha256', key).update('job_1.5.{"a":1}').digest('base64')}`;
    expect(sign('{"a":1}')).toEqual([independent('a'.repeat(32)), independent('b'.repeat(32))]);
    expect(sign('{"a":2}')[0]).not.toBe(sign('{"a":1}')[0]);
  });
});

const INSIDE = [
  '127.0.0.1',
  '127.255.0.3',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fd00:ec2::254',
  'fc00::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a00:1',
  '::10.0.0.1',
  '2002:7f00:1::',
  'not an address',
];

describe('the target', () => {
  it.each(INSIDE)('[D52] %s is inside', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['93.184.216.34', '172.32.0.1', '172.15.255.255', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    '[D52] %s is outside',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('sending', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function receiver(
    status: number,
    headers: Record<string, string> = {},
  ): Promise<{ port: number; got: { body: string; headers: IncomingHttpHeaders }[] }> {
    const got: { body: string; headers: IncomingHttpHeaders }[] = [];
    const listening = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        got.push({ body, headers: request.headers });
        response.writeHead(status, headers).end();
      });
    });
    server = listening;
    await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
    const address = listening.address();
    return { port: typeof address === 'object' && address !== null ? address.port : 0, got };
  }

  /** A resolver that says these addresses, one list for each question. */
  function resolver(...answers: readonly string[][]): typeof resolve {
    let asked = 0;
    const answer = (
      _name: string,
      _options: unknown,
      callback: (error: null, addresses: { address: string; family: number }[]) => void,
    ) => {
      const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
      asked += 1;
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    };
    // The one overload that the sender uses.
    return answer as unknown as typeof resolve;
  }

  const message = { id: 'job_1', at: 1_000_000, body: '{"type":"ticket.created"}' };
  const target = (url: string, allowPrivateTargets = false) => ({ url, secrets: [OLD], allowPrivateTargets });

  it('[D53] posts the body with its headers', async () => {
    const { port, got } = await receiver(204);
    await sendWebhook(target(`http://127.0.0.1:${port}/hook`, true), message);
    expect(got[0]?.body).toBe(message.body);
    expect(got[0]?.headers).toMatchObject({ 'webhook-id': 'job_1', 'webhook-timestamp': '1000', 'content-type': 'application/json' });
  });

  it.each([
    ['loopback', '127.0.0.1'],
    ['decimal', '2130706433'],
    ['octal', '0177.0.0.1'],
    ['hexadecimal', '0x7f.1'],
    ['short', '127.1'],
    ['IPv6 loopback', '[::1]'],
    ['IPv6-mapped', '[::ffff:127.0.0.1]'],
    ['metadata', '169.254.169.254'],
    ['private', '10.0.0.7'],
  ])('[D52] sends nothing to a %s address', async (_, host) => {
    const { port, got } = await receiver(200);
    await expect(sendWebhook(target(`http://${host}:${port}/`), message)).rejects.toThrow('is not a public address');
    expect(got).toEqual([]);
  });

  it('[D52] sends nothing to a name that points inside, also when it pointed outside a moment ago', async () => {
    const { port, got } = await receiver(200);
    const rebinding = resolver(['127.0.0.1']);
    await expect(sendWebhook(target(`http://hook.example:${port}/`), message, { resolve: rebinding })).rejects.toThrow('127.0.0.1');
    const mixed = resolver(['93.184.216.34', '127.0.0.1']);
    await expect(sendWebhook(target(`http://hook.example:${port}/`), message, { resolve: mixed })).rejects.toThrow('127.0.0.1');
    expect(got).toEqual([]);
  });

  it('[D52] connects to the very address that was checked', async () => {
    const { port, got } = await receiver(200);
    // The second question is never asked: what was resolved is what is connected to.
    const once = resolver(['127.0.0.1'], ['10.0.0.1']);
    await sendWebhook(target(`http://hook.example:${port}/`, true), message, { resolve: once });
    expect(got).toHaveLength(1);
  });

  it('[D52] follows no redirect', async () => {
    const { port, got } = await receiver(302, { location: 'http://169.254.169.254/latest/meta-data' });
    await expect(sendWebhook(target(`http://127.0.0.1:${port}/`, true), message)).rejects.toThrow('302');
    expect(got).toHaveLength(1);
  });

  it('tells of a receiver that is not well', async () => {
    const { port } = await receiver(503);
    await expect(sendWebhook(target(`http://127.0.0.1:${port}/`, true), message)).rejects.toThrow('503');
  });
});

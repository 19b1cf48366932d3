import { expect, it } from 'vitest';
import { startServer } from '../support/server.ts';
import { connectVisitor } from '../support/visitor.ts';

it('[D18] a message that was acknowledged is there after the process is killed in that very moment', async () => {
  const first = await startServer();
  const visitor = await connectVisitor(first.url);
  const text = 'Acknowledged, then the power went';
  // The signal leaves in the same turn of the event loop that brings the acknowledgement.
  const { ack, killed } = await new Promise<{ ack: { ok: boolean; conversationId: string; messageId: string }; killed: Promise<void> }>(
    (resolve) =>
      visitor.socket.emit(
        'message:send',
        { clientMessageId: 'd18', text },
        (answer: { ok: boolean; conversationId: string; messageId: string }) => resolve({ ack: answer, killed: first.kill() }),
      ),
  );
  await killed;
  visitor.close();
  expect(ack.ok).toBe(true);

  const second = await startServer({ dataDir: first.dataDir, port: first.port });
  const returned = await connectVisitor(second.url, { auth: { token: visitor.session.token } });
  const opened = await returned.send('conversation:open', { conversationId: ack.conversationId, afterSeq: 0 });
  expect(opened).toMatchObject({
    ok: true,
    messages: [{ id: ack.messageId, text, seq: 1, author: 'visitor' }, ...(opened.ok ? opened.messages.slice(1) : [])],
  });
  const again = await returned.send('message:send', { clientMessageId: 'd18', text });
  expect(again).toMatchObject({ ok: true, messageId: ack.messageId });
  returned.close();
  await second.stop();
});

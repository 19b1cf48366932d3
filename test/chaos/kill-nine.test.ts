import type { Message } from '@stepdown/protocol';
import { expect, it } from 'vitest';
import { startServer } from '../support/server.ts';
import { connectVisitor } from '../support/visitor.ts';

it('[P14] survives kill -9 during a streaming answer: the question is there and the answer is completed exactly once', async () => {
  const first = await startServer();
  const before = await connectVisitor(first.url);
  const ack = await before.send('message:send', {
    clientMessageId: 'k-1',
    text: 'How long do I have to return something I bought?',
    locale: 'en',
  });
  if (!ack.ok) throw new Error(ack.error.message);
  await before.until('message:delta');
  // A checkpoint is due every 150 ms; the half answer should be on disk when the power goes.
  await new Promise((resolve) => setTimeout(resolve, 250));
  await first.kill();
  before.close();

  const second = await startServer({ dataDir: first.dataDir, port: first.port });
  const after = await connectVisitor(second.url, { auth: { token: before.session.token } });
  await after.send('conversation:open', { conversationId: ack.conversationId, afterSeq: 0 });
  const isComplete = async (): Promise<readonly Message[]> => {
    const opened = await after.send('conversation:open', { conversationId: ack.conversationId, afterSeq: 0 });
    return opened.ok ? opened.messages : [];
  };
  await expect
    .poll(async () => (await isComplete()).find((message) => message.author === 'assistant')?.status, { timeout: 15_000 })
    .toBe('complete');
  const messages = await isComplete();
  expect(messages.map((message) => message.author)).toEqual(['visitor', 'assistant']);
  expect(messages[0]).toMatchObject({ id: ack.messageId, text: 'How long do I have to return something I bought?' });
  expect(messages[1]?.rev).toBeGreaterThan(0);
  after.close();
  expect(await second.stop()).toBe(0);
});

import type { Message } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';
import { connectVisitor } from '../support/visitor.ts';

const question = 'How long do I have to return something I bought?';
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

async function ask(text: string, clientMessageId: string, auth: object = {}) {
  const visitor = await connectVisitor(server.url, { auth });
  const ack = await visitor.send('message:send', { clientMessageId, text, locale: 'en' });
  if (!ack.ok) throw new Error(ack.error.message);
  return { visitor, ack };
}

describe('a question and its answer', () => {
  it('[P7][P9][P11] acknowledges, announces, streams and completes one answer with its sources', async () => {
    const { visitor, ack } = await ask(question, 'c-1');
    const answer = await visitor.completed();
    expect(ack).toMatchObject({ seq: 1 });
    expect(answer).toMatchObject({ author: 'assistant', tier: 'claude', status: 'complete', seq: 2 });
    expect(answer.text.length).toBeGreaterThan(40);
    expect(answer.text).not.toContain('Sources:');
    expect(answer.sources?.length).toBeGreaterThan(0);
    expect(visitor.textOf(answer.id)).toBe(answer.text);
    const deltas = visitor.events.filter((event) => event.name === 'message:delta');
    expect(deltas.length).toBeGreaterThan(3);
    expect(visitor.events.filter((event) => event.name === 'message:completed')).toHaveLength(1);
    visitor.close();
  });

  it('[P7] answers a repeated client id with the first acknowledgement and starts nothing', async () => {
    const { visitor, ack } = await ask(question, 'c-2');
    const again = await visitor.send('message:send', { clientMessageId: 'c-2', text: question });
    await visitor.completed();
    expect(again).toEqual(ack);
    const created = visitor.events
      .filter((event) => event.name === 'message:created')
      .map((event) => (event.payload as { message: Message }).message.author);
    expect(created).toEqual(['visitor', 'assistant']);
    visitor.close();
  });

  it('[P14] replays to a visitor who comes back with the token', async () => {
    const { visitor, ack } = await ask(question, 'c-3');
    const answer = await visitor.completed();
    visitor.close();
    const returned = await connectVisitor(server.url, { auth: { token: visitor.session.token } });
    expect(returned.session.visitorId).toBe(visitor.session.visitorId);
    const opened = await returned.send('conversation:open', { conversationId: ack.conversationId, afterSeq: 1 });
    expect(opened).toMatchObject({ ok: true, messages: [{ id: answer.id, text: answer.text, status: 'complete' }] });
    returned.close();
  });

  it('[P3] answers not_found on a conversation of someone else', async () => {
    const { visitor, ack } = await ask(question, 'c-4');
    const stranger = await connectVisitor(server.url);
    const opened = await stranger.send('conversation:open', { conversationId: ack.conversationId });
    expect(opened).toMatchObject({ ok: false, error: { code: 'not_found' } });
    await visitor.completed();
    expect(stranger.events.map((event) => event.name)).toEqual(['session:ready']);
    visitor.close();
    stranger.close();
  });
});

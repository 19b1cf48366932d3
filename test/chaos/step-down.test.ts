import type { Message } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakProvider } from '../support/faults.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { connectVisitor } from '../support/visitor.ts';

const known = 'How long do I have to return something I bought?';
const unknown = 'What is the capital of Mongolia?';
let server: TestServer;
let counter = 0;

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

async function newVisitor(text: string) {
  const visitor = await connectVisitor(server.url);
  counter += 1;
  const sentAt = performance.now();
  const ack = await visitor.send('message:send', { clientMessageId: `c-${counter}`, text, locale: 'en' });
  if (!ack.ok) throw new Error(ack.error.message);
  return { visitor, ack, sentAt };
}

describe('stepping down and climbing back', () => {
  it('replaces the bubble when Claude is cut mid-answer, and GPT completes it without a repeated word', async () => {
    const { visitor } = await newVisitor(known);
    await visitor.until('message:delta');
    await breakProvider(server.url, 'claude', { mode: 'reset', interruptInFlight: true });
    const answer = await visitor.completed();
    expect(answer).toMatchObject({ tier: 'gpt', status: 'complete' });
    expect(answer.rev).toBeGreaterThan(0);
    expect(visitor.textOf(answer.id)).toBe(answer.text);
    const updates = visitor.events
      .filter((event) => event.name === 'message:updated')
      .map((event) => event.payload as { message: Message });
    expect(updates[0]?.message).toMatchObject({ id: answer.id, status: 'interrupted' });
    visitor.close();
  });

  it('answers from the FAQ with its notice when GPT is gone too, and offers a person for what it does not know', async () => {
    await breakProvider(server.url, 'claude', { mode: 'refused' });
    await breakProvider(server.url, 'gpt', { mode: 'refused' });
    const { visitor } = await newVisitor(known);
    const answer = await visitor.completed();
    expect(answer).toMatchObject({ tier: 'faq', status: 'complete' });
    expect(answer.sources?.[0]?.id).toBe('return-window');
    expect(await visitor.until('tier:changed', (payload) => (payload as { tier: string }).tier === 'faq')).toMatchObject({ notice: 'faq' });
    visitor.close();
    const lost = await newVisitor(unknown);
    expect(await lost.visitor.completed()).toMatchObject({ tier: 'handoff', notice: 'not-found' });
    lost.visitor.close();
  });

  it('answers in less than 200 ms once every route is known to be down', async () => {
    await expect.poll(async () => (await (await fetch(`${server.url}/api/status`)).json()).tier, { timeout: 15_000 }).toBe('faq');
    const tookMs: number[] = [];
    for (let index = 0; index < 3; index += 1) {
      const { visitor, sentAt } = await newVisitor(known);
      const answer = await visitor.completed();
      expect(answer.tier).toBe('faq');
      const completedAt = visitor.events.find((event) => event.name === 'message:completed')?.at ?? Number.POSITIVE_INFINITY;
      tookMs.push(completedAt - sentAt);
      visitor.close();
    }
    expect(Math.min(...tookMs)).toBeLessThan(200);
  });

  it('climbs back within 30 s of recovery', async () => {
    await breakProvider(server.url, 'claude', { mode: 'healthy' });
    await breakProvider(server.url, 'gpt', { mode: 'healthy' });
    const healedAt = performance.now();
    await expect
      .poll(
        async () => {
          const { visitor } = await newVisitor(known);
          const answer = await visitor.completed();
          visitor.close();
          return answer.tier;
        },
        { timeout: 40_000, interval: 500 },
      )
      .toBe('claude');
    expect(performance.now() - healedAt).toBeLessThan(30_000);
  });
});

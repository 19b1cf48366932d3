import type { Message } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, type InboxHouse, openInboxHouse } from './support/inbox-house.ts';

const CLAIMS = 200;
const AT_ONCE = 8;
const ANSWER_MS = 500;

let house: InboxHouse;
let mara: Console[];

beforeAll(async () => {
  house = await openInboxHouse({ tiers: ['claude'], pace: { firstTokenMs: 30, tokenGapMs: 12 } });
  // A console may send sixty commands in a burst; eight hands share the work.
  mara = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => house.agent(`Mara ${index}`)));
});
afterAll(() => house.stop());

interface Fenced {
  readonly textAfter: string;
  readonly wasStreaming: boolean;
  readonly isInOrder: boolean;
}

/** One question, claimed at one moment of its answer; what reached the visitor's raw socket after the claim. */
async function claimAt(agent: Console, momentMs: number): Promise<Fenced> {
  const { visitor, conversationId } = await house.asking();
  await new Promise((resolve) => setTimeout(resolve, momentMs));
  const taken = await agent.send('conversation:take', { conversationId });
  expect(taken).toMatchObject({ ok: true });
  await visitor.until('message:created', (payload) => (payload as { message: Message }).message.notice === 'agent-joined');
  await agent.send('message:send', { conversationId, clientMessageId: `hello-${conversationId}`, text: 'Hello, this is Mara.' });
  await visitor.until('message:created', (payload) => (payload as { message: Message }).message.author === 'agent');
  // Twice the longest wait between two pieces of an answer: what would still come has come.
  await new Promise((resolve) => setTimeout(resolve, 80));
  const joined = visitor.events.findIndex(
    ({ name, payload }) => name === 'message:created' && (payload as { message: Message }).message.notice === 'agent-joined',
  );
  const after = visitor.events.slice(joined + 1);
  const said = after.flatMap(({ name, payload }) => {
    if (name === 'message:delta') return [(payload as { text: string }).text];
    if (!name.startsWith('message:')) return [];
    const { message } = payload as { message: Message };
    return message.author === 'assistant' ? [message.text] : [];
  });
  const stored = await visitor.send('conversation:open', { conversationId, afterSeq: 0 });
  const answer = stored.ok ? stored.messages.find(({ author }) => author === 'assistant') : undefined;
  visitor.close();
  return {
    textAfter: said.join(''),
    wasStreaming: answer?.status === 'interrupted',
    isInOrder: answer === undefined || visitor.textOf(answer.id) === answer.text,
  };
}

describe('a claim', () => {
  it(`[P13] at ${CLAIMS} random moments of an answer: not one character of the assistant after it`, async () => {
    const results: Fenced[] = [];
    const moments = Array.from({ length: CLAIMS }, () => Math.random() * ANSWER_MS);
    await Promise.all(
      mara.map(async (agent) => {
        for (let moment = moments.pop(); moment !== undefined; moment = moments.pop()) results.push(await claimAt(agent, moment));
      }),
    );
    expect(results).toHaveLength(CLAIMS);
    expect(results.map(({ textAfter }) => textAfter).join('')).toBe('');
    expect(results.every(({ isInOrder }) => isInOrder)).toBe(true);
    // Else the moments were chosen badly, and nothing was tried.
    expect(results.filter(({ wasStreaming }) => wasStreaming).length).toBeGreaterThan(CLAIMS / 4);
  }, 40_000);
});

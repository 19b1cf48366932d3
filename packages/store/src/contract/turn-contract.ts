import type { FinishedTurn } from '@stepdown/conversation';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildHouse, House } from '../testing/harness.ts';
import { answerMessage, ask, askAndStart, claimRequest, NOW, newTurn, visitorMessage } from '../testing/records.ts';

const DONE: FinishedTurn = {
  status: 'done',
  cause: 'complete',
  attempts: [
    { routeId: 'claude:m', tier: 'claude', model: 'm', outcome: 'complete', detail: undefined, firstTextMs: 300, durationMs: 900 },
  ],
  resultTier: 'claude',
  endedAt: NOW + 900,
  answerPatch: { text: 'It is on its way.', status: 'complete', tier: 'claude', model: 'm' },
};

/** Who finishes which question. */
export function turnContract(build: BuildHouse): void {
  let house: House;
  beforeAll(async () => {
    house = await build();
  });
  afterAll(() => house.close());

  it('[ST12] starts one answer, however often it is asked to', async () => {
    const { turn } = await ask(house.store);
    const [first, second] = await Promise.all([
      house.store.turns.startAnswer(turn.id, answerMessage()),
      house.neighbour.turns.startAnswer(turn.id, answerMessage()),
    ]);
    expect(first?.id).toBeDefined();
    expect(second?.id).toBe(first?.id);
    expect(await house.store.turns.get(turn.id)).toMatchObject({ answerMessageId: first?.id });
    expect(await house.store.turns.startAnswer(turn.id, answerMessage(), { ifLeaseOwner: 'process-2' })).toBeUndefined();
    expect(await house.store.turns.startAnswer('trn_none', answerMessage())).toBeUndefined();
  });

  it('[ST13] finishes a turn exactly once, answer and cards in one step', async () => {
    const { conversation, turn, answer } = await askAndStart(house.store);
    const card = answerMessage({ text: 'Card', status: 'complete', tier: 'faq' });
    const finishing: FinishedTurn = { ...DONE, append: [card], conversationPatch: { stickyTier: 'gpt' } };
    const results = await Promise.all([
      house.store.turns.finish(turn.id, finishing),
      house.neighbour.turns.finish(turn.id, { ...DONE, answerPatch: { text: 'Other', status: 'complete' } }),
      house.store.turns.finish(turn.id, { ...DONE, ifLeaseOwner: 'process-2' }),
    ]);
    expect(results.filter((result) => result !== undefined)).toHaveLength(1);
    expect(await house.store.turns.get(turn.id)).toMatchObject({
      status: 'done',
      attempts: DONE.attempts,
      resultTier: 'claude',
      endedAt: NOW + 900,
    });
    expect(await house.store.conversations.message(answer.id)).toMatchObject({ status: 'complete' });
    const [won] = results.filter((result) => result !== undefined);
    const stored = await house.store.conversations.messagesAfter(conversation.id, 0);
    expect(stored.slice(2)).toEqual(won?.appended);
    expect(await house.store.conversations.get(conversation.id)).toEqual(won?.conversation);
  });

  it('[ST13] finishes a turn that never had an answer message', async () => {
    const { turn } = await ask(house.store);
    const card = answerMessage({ text: 'Card', status: 'complete', tier: 'faq' });
    const result = await house.store.turns.finish(turn.id, { ...DONE, append: [card] });
    expect(result).toMatchObject({ answer: undefined, appended: [{ id: card.id, seq: 2 }] });
  });

  it('[ST11] neither starts nor finishes a turn after a claim', async () => {
    const { conversation, turn } = await ask(house.store);
    await house.store.conversations.claim(claimRequest(conversation.id));
    expect(await house.store.turns.startAnswer(turn.id, answerMessage())).toBeUndefined();
    expect(await house.store.turns.finish(turn.id, DONE)).toBeUndefined();
    expect(await house.store.turns.renew(turn.id, 'process-1', NOW + 99_000)).toBe(false);
  });

  it('[ST14] gives each orphan to one of two owners, and fences the old one', async () => {
    const orphans = await Promise.all(Array.from({ length: 12 }, () => ask(house.store, { leaseUntil: NOW - 1, owner: 'dead' })));
    const alive = await ask(house.store, { leaseUntil: NOW + 10 });
    const claims = await Promise.all([
      house.store.turns.claimOrphans({ owner: 'b', now: NOW, leaseUntil: NOW + 20_000 }),
      house.neighbour.turns.claimOrphans({ owner: 'c', now: NOW, leaseUntil: NOW + 20_000 }),
    ]);
    const taken = claims.flat().map(({ id }) => id);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken.sort()).toEqual(orphans.map(({ turn }) => turn.id).sort());
    expect(taken).not.toContain(alive.turn.id);
    const [turn] = claims.flat();
    if (turn === undefined) throw new Error('Twelve turns were taken.');
    expect(turn).toMatchObject({ takeovers: 1, leaseUntil: NOW + 20_000 });
    expect(await house.store.turns.renew(turn.id, 'dead', NOW + 99_000)).toBe(false);
    expect(await house.store.turns.finish(turn.id, { ...DONE, ifLeaseOwner: 'dead' })).toBeUndefined();
    expect(await house.store.turns.renew(turn.id, turn.leaseOwner, NOW + 99_000)).toBe(true);
    expect(await house.store.turns.finish(turn.id, { ...DONE, ifLeaseOwner: turn.leaseOwner })).toBeDefined();
  });

  it('[ST14] with force takes what others hold, whatever the lease says', async () => {
    const own = await ask(house.store, { owner: 'me' });
    const other = await ask(house.store, { owner: 'someone' });
    const taken = (await house.store.turns.claimOrphans({ owner: 'me', now: NOW, leaseUntil: NOW + 1, force: true })).map(({ id }) => id);
    expect(taken).toContain(other.turn.id);
    expect(taken).not.toContain(own.turn.id);
  });

  it('[ST12] keeps several turns of one conversation in order', async () => {
    const { conversation, turn } = await ask(house.store);
    const message = visitorMessage({ createdAt: NOW + 1 });
    const second = newTurn(message.id, { startedAt: NOW + 1 });
    await house.store.conversations.append({ conversationId: conversation.id, message, turn: second });
    expect((await house.store.turns.ofConversation(conversation.id)).map(({ id }) => id)).toEqual([turn.id, second.id]);
    expect(await house.store.turns.finish(turn.id, DONE)).toBeDefined();
    expect(await house.store.turns.get(second.id)).toMatchObject({ status: 'running' });
  });
}

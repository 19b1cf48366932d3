import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildHouse, House } from '../testing/harness.ts';
import { answerMessage, NOW, newTurn, nextId, startConversation, visitorMessage } from '../testing/records.ts';

/** Numbering, idempotency and epochs of `append`. */
export function appendContract(build: BuildHouse): void {
  let house: House;
  beforeAll(async () => {
    house = await build();
  });
  afterAll(() => house.close());

  it('[ST4] gives concurrent messages of two processes gap-free numbers', async () => {
    const { id } = await startConversation(house.store);
    const stores = [house.store, house.neighbour];
    await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        (stores[index % 2] ?? house.store).conversations.append({ conversationId: id, message: visitorMessage() }),
      ),
    );
    const messages = await house.store.conversations.messagesAfter(id, 0);
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
    expect(new Set(messages.map(({ change }) => change)).size).toBe(24);
    expect(await house.store.conversations.get(id)).toMatchObject({ lastSeq: 24, lastChange: 24 });
  });

  it('[ST5] stores a client message id once, however many send it at the same time', async () => {
    const { id } = await startConversation(house.store);
    const clientMessageId = nextId('client');
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) => {
        const store = index % 2 === 0 ? house.store : house.neighbour;
        const message = visitorMessage({ clientMessageId });
        return store.conversations.append({ conversationId: id, message, turn: newTurn(message.id) });
      }),
    );
    const appended = results.filter((result) => result.kind === 'appended');
    expect(appended).toHaveLength(10);
    expect(appended.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(appended.map(({ message }) => message.id)).size).toBe(1);
    expect(await house.store.turns.ofConversation(id)).toHaveLength(1);
    expect(await house.store.conversations.get(id)).toMatchObject({ lastSeq: 1, lastChange: 1 });
  });

  it('[ST5] turns two racing first messages with one client id into one conversation', async () => {
    const visitorId = nextId('vis');
    const clientMessageId = nextId('client');
    const send = async (store: House['store']) => {
      const { id } = await startConversation(store, visitorId);
      return store.conversations.append({ conversationId: id, message: visitorMessage({ clientMessageId }) });
    };
    const results = await Promise.all([send(house.store), send(house.neighbour), send(house.store)]);
    const ids = results.map((result) => (result.kind === 'appended' ? `${result.conversation.id} ${result.message.id}` : 'stale'));
    expect(new Set(ids).size).toBe(1);
    const found = await house.store.conversations.findByClientMessageId(visitorId, clientMessageId);
    expect(await house.store.conversations.latestOfVisitor(visitorId)).toMatchObject({ id: found?.conversationId });
    const page = await house.store.conversations.inbox({ view: 'all', agentId: '', limit: 100 });
    expect(page.rows.filter(({ conversation }) => conversation.visitorId === visitorId)).toHaveLength(1);
  });

  it('[ST5] keeps the same client id of another visitor apart', async () => {
    const clientMessageId = nextId('client');
    const first = await startConversation(house.store);
    const second = await startConversation(house.store);
    for (const { id } of [first, second]) {
      const result = await house.store.conversations.append({ conversationId: id, message: visitorMessage({ clientMessageId }) });
      expect(result).toMatchObject({ kind: 'appended', isNew: true, message: { conversationId: id } });
    }
    expect(await house.store.conversations.findByClientMessageId(second.visitorId, clientMessageId)).toMatchObject({
      conversationId: second.id,
    });
    expect(await house.store.conversations.findByClientMessageId(nextId('vis'), clientMessageId)).toBeUndefined();
  });

  it('[ST6] writes nothing for a stale epoch, but still knows a repeated message', async () => {
    const { id } = await startConversation(house.store);
    const message = visitorMessage();
    await house.store.conversations.append({ conversationId: id, message, patch: { bumpEpoch: true } });
    expect(await house.store.conversations.append({ conversationId: id, message: visitorMessage(), ifEpoch: 0 })).toMatchObject({
      kind: 'stale',
      conversation: { epoch: 1, lastSeq: 1 },
    });
    expect(await house.store.conversations.append({ conversationId: id, message, ifEpoch: 0 })).toMatchObject({ isNew: false });
    expect(await house.store.conversations.messagesAfter(id, 0)).toHaveLength(1);
  });

  it('[ST7] raising the epoch ends running turns and interrupts streaming answers', async () => {
    const { id } = await startConversation(house.store);
    const question = visitorMessage();
    const turn = newTurn(question.id);
    await house.store.conversations.append({ conversationId: id, message: question, turn });
    const answer = await house.store.turns.startAnswer(turn.id, answerMessage({ text: 'It is' }));
    const next = visitorMessage();
    const nextTurn = newTurn(next.id);
    const result = await house.store.conversations.append({
      conversationId: id,
      message: next,
      turn: nextTurn,
      patch: { bumpEpoch: true },
    });
    expect(result).toMatchObject({ conversation: { epoch: 1 }, interrupted: [{ id: answer?.id, status: 'interrupted', text: 'It is' }] });
    expect(await house.store.turns.get(turn.id)).toMatchObject({ status: 'cancelled', endedAt: NOW });
    expect(await house.store.turns.get(nextTurn.id)).toMatchObject({ status: 'running', epoch: 1 });
  });

  it('[ST1] throws for a conversation that does not exist', async () => {
    await expect(house.store.conversations.append({ conversationId: 'con_none', message: visitorMessage() })).rejects.toMatchObject({
      code: 'conversation-missing',
    });
  });

  it('[ST3] returns any text as it is stored, U+0000 and lone surrogates as U+FFFD', { timeout: 30_000 }, async () => {
    const { id } = await startConversation(house.store);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), async (text) => {
        const message = visitorMessage({ text: `\0${text}\ud800` });
        const result = await house.store.conversations.append({ conversationId: id, message });
        const stored = await house.store.conversations.message(message.id);
        expect(stored?.text).toBe(`\ufffd${text.replaceAll('\0', '\ufffd')}\ufffd`);
        expect(result).toMatchObject({ message: { text: stored?.text } });
      }),
      { numRuns: 30 },
    );
  });

  it('[ST3] gives back every field of a message and a conversation', async () => {
    const { id } = await startConversation(house.store);
    const full = {
      ...answerMessage({ status: 'complete', text: 'Here.' }),
      rev: 2,
      agentId: 'agt_1',
      authorName: 'Ada',
      tier: 'faq' as const,
      model: 'm-1',
      sources: [{ id: 'returns', title: 'Returns' }],
      choices: [{ id: 'a', label: 'A' }],
      notice: 'faq' as const,
      checkedAt: NOW,
      savedAt: NOW - 1,
      deferral: 'possible' as const,
      clientMessageId: nextId('client'),
    };
    await house.store.conversations.append({ conversationId: id, message: full });
    expect(await house.store.conversations.message(full.id)).toMatchObject({ ...full, seq: 1, createdChange: 1, change: 1 });
    const patch = {
      state: 'snoozed',
      handoff: 'queued',
      agentId: 'agt_1',
      email: 'a@b.example',
      stickyTier: 'gpt',
      waitingSince: NOW,
    } as const;
    await house.store.conversations.update(id, { ...patch, locale: 'de', pageUrl: '/p', pageTitle: 'P' }, { at: NOW + 5 });
    expect(await house.store.conversations.get(id)).toMatchObject({
      ...patch,
      locale: 'de',
      pageUrl: '/p',
      pageTitle: 'P',
      updatedAt: NOW + 5,
    });
    await house.store.conversations.update(id, { agentId: undefined, stickyTier: undefined, waitingSince: undefined }, { at: NOW + 6 });
    expect(await house.store.conversations.get(id)).toMatchObject({
      agentId: undefined,
      stickyTier: undefined,
      waitingSince: undefined,
      email: 'a@b.example',
    });
  });
}

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildHouse, House } from '../testing/harness.ts';
import { askAndStart, claimRequest, hashOf, NOW, nextId, startConversation, systemMessage, visitorMessage } from '../testing/records.ts';

/** Changes of messages and conversations, replay, claims, deletion. */
export function conversationContract(build: BuildHouse): void {
  let house: House;
  beforeAll(async () => {
    house = await build();
  });
  afterAll(() => house.close());

  it('[ST8] refuses a checkpoint of an older epoch, an older rev, another process, or after the end', async () => {
    const { conversations, turns } = house.store;
    const { conversation, turn, answer } = await askAndStart(house.store);
    const checkpoint = (text: string, rev: number, options = {}) =>
      conversations.updateMessage(answer.id, { text, rev, status: 'streaming' }, options);
    expect(await checkpoint('one', 0, { ifEpoch: 0, ifLeaseOwner: 'process-1' })).toMatchObject({ text: 'one' });
    expect(await checkpoint('other process', 0, { ifLeaseOwner: 'process-2' })).toBeUndefined();
    expect(await checkpoint('other epoch', 0, { ifEpoch: 1 })).toBeUndefined();
    expect(await checkpoint('two', 1)).toMatchObject({ text: 'two', rev: 1 });
    expect(await checkpoint('older rev', 0)).toBeUndefined();
    await turns.finish(turn.id, {
      status: 'done',
      cause: '',
      attempts: [],
      resultTier: 'gpt',
      endedAt: NOW,
      answerPatch: { text: 'end', status: 'complete' },
    });
    expect(await checkpoint('late', 1)).toBeUndefined();
    expect(await checkpoint('late', 1, { ifLeaseOwner: 'process-1' })).toBeUndefined();
    expect(await conversations.updateMessage(answer.id, { rating: 'up', ratingComment: 'thanks' })).toMatchObject({
      text: 'end',
      rating: 'up',
    });
    expect(await conversations.updateMessage('msg_none', { rating: 'up' })).toBeUndefined();
    expect(await conversations.get(conversation.id)).toMatchObject({ lastSeq: 2, updatedAt: NOW });
  });

  it('[ST9] replays what came after a message, and what changed since it was made (P14)', async () => {
    const { conversations } = house.store;
    const { id } = await startConversation(house.store);
    const messages = [visitorMessage(), visitorMessage(), visitorMessage(), visitorMessage()];
    for (const message of messages) await conversations.append({ conversationId: id, message });
    const seqsAfter = async (seq: number) => (await conversations.messagesAfter(id, seq)).map((message) => message.seq);
    expect(await seqsAfter(2)).toEqual([3, 4]);
    await conversations.updateMessage(messages[0]?.id ?? '', { rating: 'up' });
    expect(await seqsAfter(2)).toEqual([1, 3, 4]);
    expect(await seqsAfter(4)).toEqual([1]);
    await conversations.updateMessage(messages[3]?.id ?? '', { rating: 'down' });
    expect(await seqsAfter(4)).toEqual([1, 4]);
    await conversations.append({ conversationId: id, message: visitorMessage() });
    expect(await seqsAfter(5)).toEqual([]);
    expect(await seqsAfter(0)).toEqual([1, 2, 3, 4, 5]);
    expect(await seqsAfter(99)).toEqual([1, 2, 3, 4, 5]);
    expect((await conversations.lastMessages(id, 2)).map(({ seq }) => seq)).toEqual([4, 5]);
  });

  it('[ST10] writes nothing when a condition of an update does not hold', async () => {
    const { conversations } = house.store;
    const { id } = await startConversation(house.store);
    const at = NOW + 1;
    expect(await conversations.update(id, { state: 'open' }, { ifEpoch: 3, at })).toBeUndefined();
    expect(await conversations.update(id, { state: 'open' }, { ifState: ['resolved'], at })).toBeUndefined();
    expect(await conversations.update('con_none', { state: 'open' }, { at })).toBeUndefined();
    expect(await conversations.get(id)).toMatchObject({ state: 'pending', updatedAt: NOW });
    const [first, second] = await Promise.all([
      house.store.conversations.update(id, { agentId: 'agt_1' }, { ifUnassigned: true, ifState: ['pending'], at }),
      house.neighbour.conversations.update(id, { agentId: 'agt_2' }, { ifUnassigned: true, at }),
    ]);
    expect([first, second].filter((result) => result !== undefined)).toHaveLength(1);
    expect(await conversations.update(id, {}, { bumpEpoch: true, at })).toMatchObject({ epoch: 1 });
  });

  it('[ST11] a claim ends the assistant in one step, and only one of two agents gets it', async () => {
    const { conversation, turn, answer } = await askAndStart(house.store);
    await house.store.conversations.updateMessage(answer.id, { text: 'Half an ans', status: 'streaming' });
    await house.store.conversations.update(conversation.id, { handoff: 'queued', waitingSince: NOW }, { at: NOW });
    const results = await Promise.all([
      house.store.conversations.claim(claimRequest(conversation.id, 'agt_1')),
      house.neighbour.conversations.claim(claimRequest(conversation.id, 'agt_2')),
    ]);
    const [won] = results.filter((result) => result !== undefined);
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    expect(won).toMatchObject({
      conversation: { epoch: 1, state: 'open', handoff: 'active', waitingSince: undefined, lastSeq: 3 },
      interrupted: [{ id: answer.id, status: 'interrupted', text: 'Half an ans' }],
      systemMessage: { seq: 3, notice: 'agent-joined' },
    });
    expect(await house.store.turns.get(turn.id)).toMatchObject({ status: 'cancelled' });
    expect(await house.store.conversations.updateMessage(answer.id, { text: 'Half an answer', status: 'streaming' })).toBeUndefined();
    const again = await house.store.conversations.claim(claimRequest(conversation.id, won?.conversation.agentId));
    expect(again).toMatchObject({ conversation: { epoch: 1, lastSeq: 3 }, interrupted: [], systemMessage: undefined });
    expect(await house.store.conversations.claim(claimRequest('con_none'))).toBeUndefined();
  });

  it('[ST11] a conversation that its agent has closed can be claimed by another', async () => {
    const { id } = await startConversation(house.store);
    await house.store.conversations.claim(claimRequest(id, 'agt_1'));
    await house.store.conversations.update(id, { state: 'resolved', handoff: 'closed' }, { at: NOW });
    expect(await house.store.conversations.claim(claimRequest(id, 'agt_2'))).toMatchObject({
      conversation: { agentId: 'agt_2', epoch: 2 },
    });
  });

  it('[ST1] keeps notes in order', async () => {
    const { id } = await startConversation(house.store);
    const note = { conversationId: id, agentId: 'agt_1', authorName: 'Ada', createdAt: NOW, mentions: ['agt_2'], clientId: undefined };
    await house.store.conversations.addNote({ ...note, id: nextId('note'), text: 'first' });
    await house.store.conversations.addNote({ ...note, id: nextId('note'), text: 'second' });
    expect((await house.store.conversations.notes(id)).map(({ text }) => text)).toEqual(['first', 'second']);
  });

  it('[ST15] deletes a conversation everywhere', async () => {
    const { store } = house;
    const secret = 'zanzibarquestion';
    const visitor = await store.visitors.create({ id: nextId('vis'), tokenHash: hashOf(nextId('token')), createdAt: NOW });
    await store.visitors.setIdentity(visitor.id, { name: 'Ada zanzibarname', email: 'zanzibarmail@shop.example', isVerified: true });
    const { id } = await startConversation(store, visitor.id);
    const message = visitorMessage({ text: `${secret}?` });
    await store.conversations.append({ conversationId: id, message, patch: { email: 'zanzibarmail@shop.example' } });
    await store.conversations.append({ conversationId: id, message: systemMessage() });
    await store.conversations.addNote({
      id: nextId('note'),
      conversationId: id,
      agentId: 'a',
      authorName: 'Ada',
      text: secret,
      createdAt: NOW,
      mentions: [],
      clientId: undefined,
    });
    await store.jobs.enqueue({
      id: nextId('job'),
      kind: 'e-mail',
      dedupeKey: nextId('key'),
      payload: secret,
      runAt: NOW,
      createdAt: NOW,
      conversationId: id,
    });
    await store.cache.put({
      fingerprint: nextId('fp'),
      locale: 'en',
      question: secret,
      normalized: secret,
      answer: secret,
      sourceIds: ['returns'],
      tier: 'claude',
      createdAt: NOW,
      expiresAt: NOW + 1,
      faqRevision: '1',
      conversationId: id,
    });
    const found = async (search: string) => (await store.conversations.inbox({ view: 'all', agentId: '', search, limit: 10 })).rows.length;
    expect([await found(secret), await found('zanzibarname'), await found('zanzibarmail')]).toEqual([1, 1, 1]);

    expect(await store.conversations.delete(id)).toBe(true);
    expect(await store.conversations.delete(id)).toBe(false);
    expect([await found(secret), await found('zanzibarname'), await found('zanzibarmail')]).toEqual([0, 0, 0]);
    expect(await store.conversations.get(id)).toBeUndefined();
    expect(await store.conversations.message(message.id)).toBeUndefined();
    expect(await store.conversations.notes(id)).toEqual([]);
    expect(await store.jobs.list({ conversationId: id, limit: 10 })).toEqual([]);
    expect(await store.cache.listByLocale('en', { now: NOW, limit: 10 })).toEqual([]);
    expect(await store.visitors.get(visitor.id)).toMatchObject({ tokenHash: visitor.tokenHash, name: undefined, email: undefined });
    for (const table of TABLES) {
      const rows = await house.engine.database.selectFrom(table).selectAll().execute();
      expect(JSON.stringify(rows), table).not.toContain('zanzibar');
    }
  });
}

const TABLES = [
  'conversation',
  'message',
  'turn',
  'note',
  'search_word',
  'visitor',
  'job',
  'cache_entry',
  'cache_source',
  'audit',
] as const;

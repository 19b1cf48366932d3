import type { InboxFilter } from '@stepdown/conversation';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildHouse, House } from '../testing/harness.ts';
import { claimRequest, hashOf, NOW, nextId, startConversation, visitorMessage } from '../testing/records.ts';

const HOUR_MS = 3_600_000;

/** Labels, shared replies, filters, the queue, snoozing and ratings. */
export function deskContract(build: BuildHouse): void {
  let house: House;
  beforeAll(async () => {
    house = await build();
  });
  afterAll(() => house.close());

  async function waitingSince(at: number): Promise<string> {
    const { id } = await startConversation(house.store, nextId('vis'), at);
    await house.store.conversations.append({ conversationId: id, message: visitorMessage({ createdAt: at }) });
    await house.store.conversations.update(id, { handoff: 'queued', waitingSince: at }, { at });
    return id;
  }

  async function label(name: string): Promise<string> {
    const made = await house.store.labels.create({ id: nextId('lab'), name, colour: '#2f6f4f', createdAt: NOW });
    if (made === undefined) throw new Error(`The label ${name} was refused.`);
    return made.id;
  }

  it('[ST41] has one label per name, whatever the case', async () => {
    const { labels } = house.store;
    const id = await label('Refund');
    expect(await labels.create({ id: nextId('lab'), name: 'REFUND', colour: '#000000', createdAt: NOW })).toBeUndefined();
    const other = await label('Return');
    expect(await labels.update(other, { name: 'refund' })).toBe('taken');
    expect(await labels.update(other, { name: 'RETURN', colour: '#ffffff' })).toEqual({ id: other, name: 'RETURN', colour: '#ffffff' });
    expect(await labels.update('lab_none', { name: 'x' })).toBe('unknown');
    expect((await labels.list()).map((each) => each.id)).toEqual([id, other]);
  });

  it('[ST41] assigns labels once, leaves out unknown ones, and lists them with the conversation', async () => {
    const { labels, conversations } = house.store;
    const [urgent, billing] = [await label('urgent'), await label('billing')];
    const { id } = await startConversation(house.store);
    await labels.assign(id, { add: [urgent, billing, 'lab_none'], remove: [] });
    expect((await labels.assign(id, { add: [urgent], remove: [] }))?.map(({ name }) => name)).toEqual(['billing', 'urgent']);
    expect((await conversations.inboxRow(id))?.labels.map(({ name }) => name)).toEqual(['billing', 'urgent']);
    expect((await labels.assign(id, { add: [], remove: [billing] }))?.map(({ name }) => name)).toEqual(['urgent']);
    expect(await labels.assign('con_none', { add: [urgent], remove: [] })).toBeUndefined();
    await labels.delete(urgent);
    expect(await labels.ofConversation(id)).toEqual([]);
  });

  it('[ST42] has one shared reply per shortcut and locale', async () => {
    const { cannedReplies } = house.store;
    const reply = { shortcut: 'Hello', locale: undefined, text: 'Hello {name}', updatedBy: 'Ada', updatedAt: NOW };
    const id = nextId('can');
    await cannedReplies.save({ ...reply, id });
    expect(await cannedReplies.save({ ...reply, id: nextId('can'), shortcut: 'hello' })).toBe('taken');
    await cannedReplies.save({ ...reply, id: nextId('can'), locale: 'de', text: 'Hallo {name}' });
    await cannedReplies.save({ ...reply, id, text: 'Good day {name}' });
    expect((await cannedReplies.list()).map(({ locale, text }) => [locale, text])).toEqual([
      [undefined, 'Good day {name}'],
      ['de', 'Hallo {name}'],
    ]);
    expect([await cannedReplies.delete(id), await cannedReplies.delete(id)]).toEqual([true, false]);
  });

  it('[ST40] filters a view by everything at once', async () => {
    const { conversations, visitors, labels } = house.store;
    const visitor = await visitors.create({ id: nextId('vis'), tokenHash: hashOf(nextId('token')), createdAt: NOW });
    await visitors.setIdentity(visitor.id, { name: 'Grace', email: 'grace@navy.example', isVerified: true });
    const { id } = await startConversation(house.store, visitor.id);
    const vip = await label('vip');
    await labels.assign(id, { add: [vip], remove: [] });
    await conversations.update(id, { locale: 'fr', stickyTier: 'gpt', waitingSince: NOW + 5, agentId: 'agt_7' }, { at: NOW });
    const all: InboxFilter = {
      state: 'pending',
      labelId: vip,
      tier: { id: 'gpt', isGlobal: false },
      locale: 'fr',
      assignedTo: 'agt_7',
      hasEmail: true,
      isVerified: true,
      waitingSinceBefore: NOW + 5,
    };
    const found = async (filter: InboxFilter): Promise<boolean> => {
      const { rows } = await conversations.inbox({ view: 'all', agentId: '', limit: 200, filter });
      return rows.some(({ conversation }) => conversation.id === id);
    };
    expect(await found(all)).toBe(true);
    const broken: readonly Partial<InboxFilter>[] = [
      { state: 'open' },
      { labelId: 'lab_none' },
      { tier: { id: 'claude', isGlobal: true } },
      { locale: 'en' },
      { assignedTo: 'nobody' },
      { hasEmail: false },
      { isVerified: false },
      { waitingSinceBefore: NOW + 4 },
    ];
    for (const one of broken) expect(await found({ ...all, ...one }), JSON.stringify(one)).toBe(false);
  });

  it('[ST40] takes a conversation without a tier of its own for the global one, and one with a person for the last', async () => {
    const { conversations } = house.store;
    const { id } = await startConversation(house.store);
    const on = async (tier: NonNullable<InboxFilter['tier']>): Promise<boolean> => {
      const { rows } = await conversations.inbox({ view: 'all', agentId: '', limit: 200, filter: { tier } });
      return rows.some(({ conversation }) => conversation.id === id);
    };
    expect([await on({ id: 'claude', isGlobal: true }), await on({ id: 'claude', isGlobal: false })]).toEqual([true, false]);
    await conversations.claim(claimRequest(id));
    expect([await on({ id: 'claude', isGlobal: true }), await on({ id: 'handoff', isGlobal: false })]).toEqual([false, true]);
  });

  it('[ST43] lists who waits, longest first, and tells who is taken; only the others have a position', async () => {
    const { conversations, queue } = house.store;
    const [long, taken, short] = [await waitingSince(NOW - 900), await waitingSince(NOW - 800), await waitingSince(NOW - 700)];
    await conversations.claim({ ...claimRequest(taken, 'agt_3'), keepsWaiting: true });
    const waiting = (await queue.waiting(50)).filter(({ id }) => [long, taken, short].includes(id));
    expect(waiting.map(({ id, agentId }) => [id, agentId])).toEqual([
      [long, undefined],
      [taken, 'agt_3'],
      [short, undefined],
    ]);
    const before = (await conversations.queuePosition(long)) ?? Number.NaN;
    expect(await conversations.queuePosition(taken)).toBeUndefined();
    expect(await conversations.queuePosition(short)).toBe(before + 1);
  });

  it('[ST43] keeps how long somebody waited for anybody, once', async () => {
    const { conversations, queue } = house.store;
    const since = NOW + 50 * HOUR_MS;
    const id = await waitingSince(since);
    await conversations.claim({ ...claimRequest(id, 'agt_1'), at: since + 40_000 });
    await conversations.claim({ ...claimRequest(id, 'agt_2'), replaces: 'agt_1', at: since + 90_000 });
    expect(await queue.pickUps(since, 10)).toEqual([{ waitedMs: 40_000, at: since + 40_000 }]);
  });

  it('[ST11] hands a conversation on only from the agent who is named', async () => {
    const { conversations } = house.store;
    const { id } = await startConversation(house.store);
    await conversations.claim(claimRequest(id, 'agt_1'));
    expect(await conversations.claim({ ...claimRequest(id, 'agt_2'), replaces: 'agt_3' })).toBeUndefined();
    const handed = await conversations.claim({ ...claimRequest(id, 'agt_2'), replaces: 'agt_1' });
    expect(handed?.conversation).toMatchObject({ agentId: 'agt_2', epoch: 2 });
  });

  it('[ST43] counts open conversations by agent', async () => {
    const { conversations, queue } = house.store;
    const ids = await Promise.all([1, 2, 3].map(async () => (await startConversation(house.store)).id));
    for (const id of ids) await conversations.claim(claimRequest(id, 'agt_9'));
    await conversations.update(ids[0] ?? '', { state: 'snoozed', snoozedUntil: NOW }, { at: NOW });
    expect((await queue.openCounts()).get('agt_9')).toBe(2);
  });

  it('[ST43] finds snoozed conversations when it is time, and forgets the time with the state', async () => {
    const { conversations, queue } = house.store;
    const { id } = await startConversation(house.store);
    const until = NOW + 99 * HOUR_MS;
    await conversations.update(id, { state: 'snoozed', snoozedUntil: until }, { at: NOW });
    const due = async (now: number): Promise<boolean> => (await queue.dueSnoozes(now, 50)).some((each) => each.id === id);
    expect([await due(until - 1), await due(until)]).toEqual([false, true]);
    const back = await conversations.update(id, { state: 'open' }, { at: NOW });
    expect(back?.snoozedUntil).toBeUndefined();
    expect(await due(until)).toBe(false);
  });

  it('[ST44] takes the last answer to the newest rating request', async () => {
    const { ratings } = house.store;
    const { id: conversationId } = await startConversation(house.store);
    const at = NOW + 700 * HOUR_MS;
    const asked = { conversationId, agentId: 'agt_5', agentName: 'Ada' };
    const answer = { conversationId, score: 2, comment: 'slow', askedSince: at, at: at + 5 };
    expect(await ratings.answer(answer)).toBeUndefined();
    await ratings.ask({ ...asked, id: nextId('rat'), askedAt: at });
    await ratings.ask({ ...asked, id: nextId('rat'), askedAt: at + 1 });
    await ratings.answer(answer);
    expect(await ratings.answer({ ...answer, score: 4, comment: undefined })).toMatchObject({ score: 4, comment: 'slow', askedAt: at + 1 });
    expect(await ratings.answer({ ...answer, askedSince: at + 2 })).toBeUndefined();
    expect(await ratings.byAgent(at)).toEqual([{ agentId: 'agt_5', agentName: 'Ada', asked: 2, scores: [0, 0, 0, 1, 0] }]);
    expect((await ratings.comments(at, 5)).map(({ comment }) => comment)).toEqual(['slow']);
    await house.store.conversations.delete(conversationId);
    expect(await ratings.byAgent(at)).toEqual([]);
  });

  it('[ST44] counts thumbs by tier', async () => {
    const { conversations, ratings } = house.store;
    const { id: conversationId } = await startConversation(house.store);
    const at = NOW + 800 * HOUR_MS;
    for (const rating of ['up', 'up', 'down', undefined] as const) {
      const message = { ...visitorMessage({ createdAt: at }), author: 'assistant' as const, tier: 'gpt' as const };
      await conversations.append({ conversationId, message });
      if (rating !== undefined) await conversations.updateMessage(message.id, { rating });
    }
    expect(await ratings.byTier(at)).toEqual([{ tier: 'gpt', up: 2, down: 1 }]);
  });

  it('[ST1] stores a note once per client id, with the agents it names', async () => {
    const { conversations } = house.store;
    const { id: conversationId } = await startConversation(house.store);
    const note = {
      conversationId,
      agentId: 'agt_1',
      authorName: 'Ada',
      text: '@Ben look',
      createdAt: NOW,
      mentions: ['agt_2'],
      clientId: 'c1',
    };
    const first = await conversations.addNote({ ...note, id: nextId('note') });
    const again = await conversations.addNote({ ...note, id: nextId('note'), text: 'other' });
    expect([first.isNew, again.isNew]).toEqual([true, false]);
    expect(await conversations.notes(conversationId)).toEqual([first.note]);
    expect(again.note).toEqual(first.note);
  });

  it('[ST45] finds visitors the site vouched for, and nobody who only typed the address', async () => {
    const { visitors } = house.store;
    const make = async (isVerified: boolean): Promise<string> => {
      const { id } = await visitors.create({ id: nextId('vis'), tokenHash: hashOf(nextId('token')), createdAt: NOW });
      await visitors.setIdentity(id, { email: 'same@mail.example', isVerified });
      return id;
    };
    const [vouched] = [await make(true), await make(false)];
    expect((await visitors.verifiedWithEmail('same@mail.example')).map(({ id }) => id)).toEqual([vouched]);
  });
}

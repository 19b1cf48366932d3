import type { InboxQuery } from '@stepdown/conversation';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildHouse, House } from '../testing/harness.ts';
import { answerMessage, claimRequest, hashOf, NOW, nextId, startConversation, systemMessage, visitorMessage } from '../testing/records.ts';

/** Views, pages and search of the agents' inbox. */
export function inboxContract(build: BuildHouse): void {
  let house: House;
  const ids = { waitingLong: '', waitingShort: '', mine: '', theirs: '', closed: '', pending: '' };

  async function page(query: Partial<InboxQuery>): Promise<readonly string[]> {
    const { rows } = await house.store.conversations.inbox({ view: 'all', agentId: 'agt_1', limit: 50, ...query });
    return rows.map(({ conversation }) => conversation.id);
  }

  async function conversationWith(texts: readonly string[], at: number): Promise<string> {
    const { id } = await startConversation(house.store, nextId('vis'), at);
    for (const text of texts)
      await house.store.conversations.append({ conversationId: id, message: visitorMessage({ text, createdAt: at }) });
    return id;
  }

  beforeAll(async () => {
    house = await build();
    const { conversations } = house.store;
    await house.store.agents.create({ id: 'agt_1', email: 'ada@shop.example', name: 'Ada', role: 'agent', createdAt: NOW });
    ids.pending = await conversationWith(['Where is my parcel?'], NOW + 1);
    ids.waitingLong = await conversationWith(['I want a person'], NOW + 2);
    ids.waitingShort = await conversationWith(['Me too'], NOW + 3);
    ids.mine = await conversationWith(['Crème brûlée tastes odd'], NOW + 4);
    ids.theirs = await conversationWith(['返品したいです'], NOW + 5);
    ids.closed = await conversationWith(['Thanks, parcels arrived'], NOW + 6);
    await conversations.update(ids.waitingShort, { handoff: 'queued', waitingSince: NOW + 20 }, { at: NOW + 20 });
    await conversations.update(
      ids.waitingLong,
      { handoff: 'queued', waitingSince: NOW + 10, email: 'anna@mail.example' },
      { at: NOW + 30 },
    );
    await conversations.claim({ ...claimRequest(ids.mine, 'agt_1'), at: NOW + 40 });
    await conversations.claim({ ...claimRequest(ids.theirs, 'agt_2'), at: NOW + 50 });
    await conversations.claim({ ...claimRequest(ids.closed, 'agt_1'), at: NOW + 60 });
    await conversations.update(ids.closed, { state: 'resolved', handoff: 'closed' }, { at: NOW + 70 });
  });
  afterAll(() => house.close());

  it('[ST16] shows each view in its order', async () => {
    expect(await page({ view: 'queue' })).toEqual([ids.waitingLong, ids.waitingShort]);
    expect(await page({ view: 'mine' })).toEqual([ids.mine]);
    expect(await page({ view: 'open' })).toEqual([ids.theirs, ids.mine]);
    expect(await page({ view: 'closed' })).toEqual([ids.closed]);
    expect(await page({ view: 'all' })).toEqual([ids.closed, ids.theirs, ids.mine, ids.waitingLong, ids.waitingShort, ids.pending]);
    const { counts } = await house.store.conversations.inbox({ view: 'all', agentId: 'agt_1', limit: 1 });
    expect(counts).toEqual({ queue: 2, mine: 1, open: 2 });
  });

  it('[ST16] counts the place in the queue from 1', async () => {
    const position = (id: string) => house.store.conversations.queuePosition(id);
    expect([await position(ids.waitingLong), await position(ids.waitingShort)]).toEqual([1, 2]);
    expect([await position(ids.pending), await position('con_none')]).toEqual([undefined, undefined]);
  });

  it('[ST16] pages through without losing or repeating a row', async () => {
    for (const view of ['all', 'queue'] as const) {
      const whole = await page({ view });
      const paged: string[] = [];
      let before: number | undefined;
      do {
        const result = await house.store.conversations.inbox({ view, agentId: 'agt_1', limit: 2, before });
        paged.push(...result.rows.map(({ conversation }) => conversation.id));
        before = result.nextBefore;
      } while (before !== undefined);
      expect(paged).toEqual(whole);
    }
  });

  it('[ST16] keeps rows of one millisecond on one page', async () => {
    const at = NOW - 5_000;
    const same = await Promise.all([1, 2, 3].map(() => conversationWith(['same'], at)));
    const result = await house.store.conversations.inbox({ view: 'all', agentId: '', limit: 2, before: at + 1 });
    expect(result.rows.map(({ conversation }) => conversation.id).sort()).toEqual(same.sort());
    expect(result.nextBefore).toBe(at);
    expect(await page({ before: at })).toEqual([]);
  });

  it('[ST16] previews the last thing said, and names the agent', async () => {
    await house.store.conversations.append({ conversationId: ids.mine, message: systemMessage({ text: 'joined', createdAt: NOW + 40 }) });
    const { rows } = await house.store.conversations.inbox({ view: 'mine', agentId: 'agt_1', limit: 5 });
    expect(rows[0]).toMatchObject({ preview: 'Crème brûlée tastes odd', agentName: 'Ada' });
  });

  it.each([
    ['a word', 'parcel', ['closed', 'pending']],
    ['the beginning of a word', 'parc', ['closed', 'pending']],
    ['all words, not any', 'parcels thanks', ['closed']],
    ['words of different messages', 'parcels nonsense', []],
    ['without case and accents', 'CREME brulee', ['mine']],
    ['a script without spaces', '返品', ['theirs']],
    ['a single character of it', '品', ['theirs']],
    ['the e-mail address of the conversation', 'anna@mail.example', ['waitingLong']],
    ['nothing that could be a word', '?!', []],
    ['wildcards as text', '%', []],
  ] as const)('[ST17] finds %s', async (_, search, expected) => {
    expect([...(await page({ search }))].sort()).toEqual(expected.map((name) => ids[name]).sort());
  });

  it('[ST17] searches inside a view, and takes a blank search as none', async () => {
    expect(await page({ view: 'closed', search: 'parcel' })).toEqual([ids.closed]);
    expect(await page({ view: 'closed', search: ' ' })).toEqual([ids.closed]);
  });

  it('[ST17] finds a visitor by the present name and e-mail, not by former ones', async () => {
    const visitor = await house.store.visitors.create({ id: nextId('vis'), tokenHash: hashOf(nextId('token')), createdAt: NOW });
    const { id } = await startConversation(house.store, visitor.id);
    await house.store.visitors.setIdentity(visitor.id, { name: 'Grace Murray', email: 'grace@navy.example', isVerified: true });
    expect([await page({ search: 'murray' }), await page({ search: 'grace@navy' })]).toEqual([[id], [id]]);
    await house.store.visitors.setIdentity(visitor.id, { name: 'Grace Hopper', isVerified: false });
    expect([await page({ search: 'murray' }), await page({ search: 'hopper' })]).toEqual([[], [id]]);
  });

  it('[ST17] finds an answer once it is whole', async () => {
    const { id } = await startConversation(house.store);
    const answer = answerMessage();
    await house.store.conversations.append({ conversationId: id, message: answer });
    await house.store.conversations.updateMessage(answer.id, { text: 'Quetzalcoatlus', status: 'streaming' });
    expect(await page({ search: 'quetzalcoatlus' })).toEqual([]);
    await house.store.conversations.updateMessage(answer.id, { text: 'Quetzalcoatlus', status: 'complete' });
    expect(await page({ search: 'quetzalcoatlus' })).toEqual([id]);
  });
}

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildHouse, House } from '../testing/harness.ts';
import { ask, NOW, nextId, visitorMessage } from '../testing/records.ts';
import type { FaqFileRecord, FaqReading, NewFaqRevision } from '../types.ts';

const DAY_MS = 86_400_000;

/** Files, conflicts, readings and confirmations of the FAQ desk. */
export function faqContract(build: BuildHouse): void {
  let house: House;
  beforeAll(async () => {
    house = await build();
  });
  afterAll(() => house.close());

  const revision = (entryId: string, baseRevision: number, fields: Partial<NewFaqRevision> = {}): NewFaqRevision => ({
    id: nextId('rev'),
    entryId,
    locale: 'en',
    status: 'published',
    content: '{}',
    author: 'file',
    at: NOW,
    baseRevision,
    ...fields,
  });

  it('[ST31] appends many revisions at once, each with its own conflict', async () => {
    const [first, second] = [nextId('faq'), nextId('faq')];
    const before = await house.store.faqRevisions.version();
    const results = await house.store.faqRevisions.appendAll([revision(first, 0), revision(second, 3), revision(first, 1)]);
    expect(results.map(({ kind }) => kind)).toEqual(['appended', 'conflict', 'appended']);
    expect(await house.neighbour.faqRevisions.latest(first, 'en')).toMatchObject({ revision: 2 });
    expect(await house.neighbour.faqRevisions.version()).not.toBe(before);
  });

  it('[ST31] says where each entry stands: its newest revision and its newest that is no draft', async () => {
    const [drafted, fresh] = [nextId('faq'), nextId('faq')];
    await house.store.faqRevisions.appendAll([
      revision(drafted, 0),
      revision(drafted, 1, { status: 'archived' }),
      revision(drafted, 2, { status: 'draft' }),
      revision(fresh, 0, { status: 'draft' }),
    ]);
    const standing = await house.store.faqRevisions.standing();
    const of = (entryId: string) => standing.find(({ latest }) => latest.entryId === entryId);
    expect(of(drafted)).toMatchObject({ latest: { revision: 3 }, standing: { revision: 2, status: 'archived' } });
    expect(of(fresh)).toMatchObject({ latest: { revision: 1 }, standing: undefined });
  });

  it('[ST37] remembers one state per file and folder', async () => {
    const record = (fields: Partial<FaqFileRecord> = {}): FaqFileRecord => ({
      folder: 'a:/faq',
      entryId: 'returns',
      locale: 'en',
      path: 'en/returns.md',
      content: '{}',
      revision: 1,
      at: NOW,
      ...fields,
    });
    await house.store.faqFiles.putAll([record(), record({ folder: 'b:/faq' }), record({ locale: 'de' })]);
    await house.store.faqFiles.putAll([record({ revision: 2, path: 'en/send-back.md' })]);
    await house.store.faqFiles.remove('a:/faq', 'returns', 'de');
    expect(await house.store.faqFiles.list('a:/faq')).toEqual([record({ revision: 2, path: 'en/send-back.md' })]);
    expect(await house.store.faqFiles.list('b:/faq')).toHaveLength(1);
  });

  it('[ST37] keeps one open conflict per entry and locale, with the newest text of the file', async () => {
    const { faqConflicts } = house.store;
    const entryId = nextId('faq');
    const conflict = { entryId, locale: 'en', path: 'en/x.md', kind: 'published', baseRevision: 1, storeRevision: 2, at: NOW } as const;
    const first = await faqConflicts.record({ ...conflict, id: nextId('rev'), fileContent: 'one' });
    const again = await faqConflicts.record({ ...conflict, id: nextId('rev'), fileContent: 'two' });
    expect(again).toEqual({ ...first, fileContent: 'two' });
    expect((await faqConflicts.listOpen()).filter((each) => each.entryId === entryId)).toEqual([again]);
    const resolution = { by: 'Ada', choice: 'file', at: NOW };
    expect([await faqConflicts.resolve(first.id, resolution), await faqConflicts.resolve(first.id, resolution)]).toEqual([true, false]);
    const later = await faqConflicts.record({ ...conflict, id: nextId('rev'), fileContent: 'three' });
    expect(later.id).not.toBe(first.id);
  });

  async function reading(fields: Partial<FaqReading> = {}): Promise<FaqReading> {
    const { turn, question } = await ask(house.store);
    return {
      turnId: turn.id,
      messageId: question.id,
      conversationId: question.conversationId,
      locale: 'en',
      decision: 'answer',
      entryId: 'returns',
      score: 0.812,
      citedIds: [],
      resultTier: 'faq',
      wasDown: true,
      at: NOW,
      ...fields,
    };
  }

  it('[ST38] keeps a reading once per turn and counts its day', async () => {
    const { faqReadings } = house.store;
    const at = NOW + 40 * DAY_MS;
    const agreed = await reading({ at, citedIds: ['returns', 'other'], resultTier: 'claude', wasDown: false });
    const disagreed = await reading({ at: at + 1, citedIds: ['other'], resultTier: 'gpt', wasDown: false, locale: 'de' });
    const abstained = await reading({ at: at + 2, decision: 'abstain', score: undefined, entryId: undefined, resultTier: undefined });
    for (const each of [agreed, agreed, disagreed, abstained]) await faqReadings.add(each);
    const sinceDay = Math.floor(at / DAY_MS);
    expect(await faqReadings.days({ sinceDay })).toEqual([
      { day: sinceDay, questions: 3, answered: 2, offered: 0, askedBack: 0, abstained: 1, whenDown: 1, comparable: 2, agreed: 1 },
    ]);
    expect(await faqReadings.days({ sinceDay, locale: 'de' })).toMatchObject([{ questions: 1, agreed: 0 }]);
    await faqReadings.rate(abstained.messageId, 'down');
    const listed = await faqReadings.list({ since: at, limit: 10 });
    expect(listed).toEqual([
      { ...abstained, text: 'Where is my order?', rating: 'down' },
      { ...disagreed, text: 'Where is my order?', rating: undefined },
      { ...agreed, text: 'Where is my order?', rating: undefined },
    ]);
  });

  it('[ST38] finds what an agent wrote after a question', async () => {
    const { conversation, question } = await ask(house.store);
    const silent = await ask(house.store);
    for (const text of ['Let me look.', 'It is on its way.']) {
      const message = visitorMessage({ author: 'agent', authorName: 'Mara', text });
      await house.store.conversations.append({ conversationId: conversation.id, message });
    }
    const replies = await house.store.faqReadings.agentReplies([question.id, silent.question.id]);
    expect([...replies.keys()]).toEqual([question.id]);
    expect(replies.get(question.id)).toMatchObject({ text: 'Let me look.', agentName: 'Mara' });
  });

  it('[ST39] lets a person outweigh a pick and a pick a rating', async () => {
    const { faqLearning } = house.store;
    const { question } = await ask(house.store);
    const confirm = (origin: 'rating' | 'choice' | 'agent', entryId: string) =>
      faqLearning.confirm({ messageId: question.id, entryId, locale: 'en', origin, confirmedBy: 'x', at: NOW });
    expect([await confirm('choice', 'a'), await confirm('rating', 'b'), await confirm('agent', 'c')]).toEqual([true, false, true]);
    expect((await faqLearning.confirmed(10)).filter(({ messageId }) => messageId === question.id)).toMatchObject([
      { entryId: 'c', origin: 'agent', text: 'Where is my order?' },
    ]);
    expect(await faqLearning.withdrawRating(question.id)).toBe(false);
  });

  it('[ST39] forgets with the conversation what was learned from it', async () => {
    const { faqLearning, faqReadings, conversations } = house.store;
    const at = NOW + 80 * DAY_MS;
    const kept = await reading({ at });
    await faqReadings.add(kept);
    await faqLearning.confirm({ messageId: kept.messageId, entryId: 'a', locale: 'en', origin: 'choice', confirmedBy: 'v', at });
    await faqLearning.dismiss([kept.messageId, kept.messageId, 'msg_gone'], 'Ada', at);
    expect([...(await faqLearning.dismissedSince(at))]).toEqual([kept.messageId]);
    await conversations.delete(kept.conversationId);
    expect((await faqLearning.dismissedSince(at)).size).toBe(0);
    expect((await faqLearning.confirmed(10)).filter(({ messageId }) => messageId === kept.messageId)).toEqual([]);
    expect(await faqReadings.list({ since: at, limit: 10 })).toEqual([]);
    expect(await faqReadings.days({ sinceDay: Math.floor(at / DAY_MS) })).toMatchObject([{ questions: 1 }]);
  });
}

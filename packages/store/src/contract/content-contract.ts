import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildHouse, House } from '../testing/harness.ts';
import { NOW, nextId } from '../testing/records.ts';
import type { FaqRevisionStatus, NewCacheEntry } from '../types.ts';

/** Saved answers and FAQ revisions. */
export function contentContract(build: BuildHouse): void {
  let house: House;
  beforeAll(async () => {
    house = await build();
  });
  afterAll(() => house.close());

  function entry(fields: Partial<NewCacheEntry> = {}): NewCacheEntry {
    return {
      fingerprint: nextId('fp'),
      locale: 'en',
      question: 'Returns?',
      normalized: 'returns',
      answer: 'Within 30 days.',
      sourceIds: ['returns'],
      tier: 'claude',
      createdAt: NOW,
      expiresAt: NOW + 100,
      faqRevision: '7',
      ...fields,
    };
  }

  it('[ST30] keeps one saved answer per fingerprint, and evicts by entry', async () => {
    const { cache } = house.store;
    const first = entry({ sourceIds: ['returns', 'shipping', 'returns'], model: 'm', conversationId: 'con_x' });
    await cache.put(first);
    expect(await cache.get(first.fingerprint)).toEqual(first);
    const replaced = entry({ fingerprint: first.fingerprint, answer: 'Within 14 days.', sourceIds: ['returns'] });
    await cache.put(replaced);
    expect(await cache.get(first.fingerprint)).toMatchObject({ answer: 'Within 14 days.', model: undefined });
    expect(await cache.evictBySource('shipping')).toBe(0);
    expect(await cache.evictBySource('returns')).toBe(1);
    expect(await cache.get(first.fingerprint)).toBeUndefined();
    const bare = entry({ sourceIds: [] });
    await cache.put(bare);
    expect([await cache.evict(bare.fingerprint), await cache.evict(bare.fingerprint)]).toEqual([true, false]);
  });

  it('[ST30] survives two processes that save the same answer', async () => {
    const same = entry();
    await Promise.all([house.store, house.neighbour, house.store].map((store) => store.cache.put(same)));
    expect(await house.store.cache.get(same.fingerprint)).toBeDefined();
    expect(await house.store.cache.evictBySource('returns')).toBe(1);
  });

  it('[ST30] lists what has not expired, of one locale, newest first', async () => {
    const { cache } = house.store;
    const [old, fresh, german] = [entry(), entry({ createdAt: NOW + 1, expiresAt: NOW + 200 }), entry({ locale: 'de' })];
    for (const saved of [old, fresh, german]) await cache.put(saved);
    const list = async (now: number, limit = 10) => (await cache.listByLocale('en', { now, limit })).map(({ fingerprint }) => fingerprint);
    expect(await list(NOW)).toEqual([fresh.fingerprint, old.fingerprint]);
    expect(await list(NOW, 1)).toEqual([fresh.fingerprint]);
    expect(await list(NOW + 100)).toEqual([fresh.fingerprint]);
    await house.store.prune(NOW + 100);
    expect([await cache.get(old.fingerprint), (await cache.get(fresh.fingerprint))?.fingerprint]).toEqual([undefined, fresh.fingerprint]);
  });

  const append = (entryId: string, baseRevision: number, status: FaqRevisionStatus = 'published', store = house.store) =>
    store.faqRevisions.append({ id: nextId('rev'), entryId, locale: 'en', status, content: '{}', author: 'Ada', at: NOW, baseRevision });

  it('[ST31] lets one of two editors through and shows the other what is there', async () => {
    const entryId = nextId('faq');
    expect(await append(entryId, 0)).toMatchObject({ kind: 'appended', revision: { revision: 1, baseRevision: 0 } });
    const results = await Promise.all([append(entryId, 1), append(entryId, 1, 'draft', house.neighbour), append(entryId, 1)]);
    expect(results.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
    for (const result of results) if (result.kind === 'conflict') expect(result.latest?.revision).toBe(2);
    expect(await append(entryId, 0)).toMatchObject({ kind: 'conflict', latest: { revision: 2 } });
    expect(await append(nextId('faq'), 4)).toEqual({ kind: 'conflict', latest: undefined });
    expect((await house.store.faqRevisions.history(entryId, 'en', 10)).map(({ revision }) => revision)).toEqual([2, 1]);
    expect(await house.store.faqRevisions.latest(entryId, 'de')).toBeUndefined();
  });

  it('[ST31] what is live is the newest that is no draft, unless it is archived', async () => {
    const [drafted, archived, onlyDraft] = [nextId('faq'), nextId('faq'), nextId('faq')];
    for (const status of ['published', 'published', 'draft'] as const) {
      await append(drafted, (await house.store.faqRevisions.latest(drafted, 'en'))?.revision ?? 0, status);
    }
    await append(archived, 0);
    await append(archived, 1, 'archived');
    await append(onlyDraft, 0, 'draft');
    const live = (await house.store.faqRevisions.publishedAll()).filter(({ entryId }) => [drafted, archived, onlyDraft].includes(entryId));
    expect(live).toMatchObject([{ entryId: drafted, revision: 2 }]);
  });
}

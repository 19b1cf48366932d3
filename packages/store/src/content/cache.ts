import type { Engine } from '../engine/engine.ts';
import type { CacheEntryRow } from '../schema.ts';
import type { CacheEntry, CacheStore, NewCacheEntry } from '../types.ts';

export function createCache(engine: Engine): CacheStore {
  const { database } = engine;
  return {
    async get(fingerprint) {
      const row = await database.selectFrom('cache_entry').selectAll().where('fingerprint', '=', fingerprint).executeTakeFirst();
      return row && toEntry(row);
    },
    put: (entry) =>
      engine.write(async (writing) => {
        // The sources of the old answer go with it, by foreign key.
        await writing.deleteFrom('cache_entry').where('fingerprint', '=', entry.fingerprint).execute();
        const row = newEntryRow(entry);
        const inserted = await writing
          .insertInto('cache_entry')
          .values(row)
          .onConflict((conflict) => conflict.column('fingerprint').doNothing())
          .returning('fingerprint')
          .executeTakeFirst();
        const sources = [...new Set(entry.sourceIds)].map((sourceId) => ({ entry_id: sourceId, fingerprint: entry.fingerprint }));
        if (inserted !== undefined && sources.length > 0) await writing.insertInto('cache_source').values(sources).execute();
      }),
    async evict(fingerprint) {
      const { numDeletedRows } = await database.deleteFrom('cache_entry').where('fingerprint', '=', fingerprint).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async evictBySource(entryId) {
      const remove = database
        .deleteFrom('cache_entry')
        .where('fingerprint', 'in', (query) => query.selectFrom('cache_source').select('fingerprint').where('entry_id', '=', entryId));
      return Number((await remove.executeTakeFirst()).numDeletedRows);
    },
    async listByLocale(locale, { now, limit }) {
      const query = database.selectFrom('cache_entry').selectAll().where('locale', '=', locale).where('expires_at', '>', now);
      const rows = await query.orderBy('created_at', 'desc').limit(limit).execute();
      return rows.map(toEntry);
    },
  };
}

function newEntryRow(entry: NewCacheEntry): CacheEntryRow {
  return {
    fingerprint: entry.fingerprint,
    locale: entry.locale,
    question: entry.question,
    normalized: entry.normalized,
    answer: entry.answer,
    source_ids: JSON.stringify(entry.sourceIds),
    tier: entry.tier,
    model: entry.model ?? null,
    created_at: entry.createdAt,
    expires_at: entry.expiresAt,
    faq_revision: entry.faqRevision,
    conversation_id: entry.conversationId ?? null,
  };
}

function toEntry(row: CacheEntryRow): CacheEntry {
  return {
    fingerprint: row.fingerprint,
    locale: row.locale,
    question: row.question,
    normalized: row.normalized,
    answer: row.answer,
    sourceIds: storedIds(row.source_ids),
    tier: row.tier,
    model: row.model ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    faqRevision: row.faq_revision,
    conversationId: row.conversation_id ?? undefined,
  };
}

/** The column is written by `newEntryRow` only, from a list of ids. */
function storedIds(json: string): readonly string[] {
  return JSON.parse(json) as readonly string[];
}

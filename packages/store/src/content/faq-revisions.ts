import type { Database, Engine } from '../engine/engine.ts';
import type { FaqRevisionRow } from '../schema.ts';
import type { FaqAppendResult, FaqRevision, FaqRevisionStore, NewFaqRevision } from '../types.ts';

export function createFaqRevisions(engine: Engine): FaqRevisionStore {
  const { database } = engine;
  return {
    append: (revision) => appendRevision(engine, revision),
    latest: (entryId, locale) => latestRevision(database, entryId, locale),
    async history(entryId, locale, limit) {
      const query = database.selectFrom('faq_revision').selectAll().where('entry_id', '=', entryId).where('locale', '=', locale);
      const rows = await query.orderBy('revision', 'desc').limit(limit).execute();
      return rows.map(toRevision);
    },
    async publishedAll() {
      const newest = database
        .selectFrom('faq_revision')
        .select(({ fn }) => ['entry_id', 'locale', fn.max('revision').as('revision')])
        .where('status', '<>', 'draft')
        .groupBy(['entry_id', 'locale'])
        .as('newest');
      const query = database
        .selectFrom('faq_revision as r')
        .innerJoin(newest, (join) =>
          join
            .onRef('newest.entry_id', '=', 'r.entry_id')
            .onRef('newest.locale', '=', 'r.locale')
            .onRef('newest.revision', '=', 'r.revision'),
        )
        .selectAll('r')
        .where('r.status', '=', 'published');
      const rows = await query.orderBy('r.entry_id').orderBy('r.locale').execute();
      return rows.map(toRevision);
    },
  };
}

/** The unique revision number decides between two editors; no lock is needed. */
async function appendRevision({ database }: Engine, revision: NewFaqRevision): Promise<FaqAppendResult> {
  const before = await latestRevision(database, revision.entryId, revision.locale);
  if ((before?.revision ?? 0) !== revision.baseRevision) return { kind: 'conflict', latest: before };
  const row = await database
    .insertInto('faq_revision')
    .values(newRevisionRow(revision))
    .onConflict((conflict) => conflict.columns(['entry_id', 'locale', 'revision']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined) return { kind: 'appended', revision: toRevision(row) };
  return { kind: 'conflict', latest: await latestRevision(database, revision.entryId, revision.locale) };
}

async function latestRevision(database: Database, entryId: string, locale: string): Promise<FaqRevision | undefined> {
  const query = database.selectFrom('faq_revision').selectAll().where('entry_id', '=', entryId).where('locale', '=', locale);
  const row = await query.orderBy('revision', 'desc').limit(1).executeTakeFirst();
  return row && toRevision(row);
}

function newRevisionRow(revision: NewFaqRevision): FaqRevisionRow {
  const { entryId, baseRevision, ...rest } = revision;
  return { ...rest, entry_id: entryId, base_revision: baseRevision, revision: baseRevision + 1 };
}

function toRevision({ entry_id, base_revision, ...row }: FaqRevisionRow): FaqRevision {
  return { ...row, entryId: entry_id, baseRevision: base_revision };
}

import type { Database, Engine, Writing } from '../engine/engine.ts';
import type { FaqRevisionRow } from '../schema.ts';
import type { FaqAppendResult, FaqRevision, FaqRevisionStore, FaqStanding, NewFaqRevision } from '../types.ts';

export function createFaqRevisions(engine: Engine): FaqRevisionStore {
  const { database } = engine;
  return {
    append: (revision) => appendRevision(database, revision),
    appendAll: (revisions) =>
      engine.write(async (writing) => {
        const results: FaqAppendResult[] = [];
        for (const revision of revisions) results.push(await appendRevision(writing, revision));
        return results;
      }),
    latest: (entryId, locale) => latestRevision(database, entryId, locale),
    async history(entryId, locale, limit) {
      const query = database.selectFrom('faq_revision').selectAll().where('entry_id', '=', entryId).where('locale', '=', locale);
      const rows = await query.orderBy('revision', 'desc').limit(limit).execute();
      return rows.map(toRevision);
    },
    async publishedAll() {
      const rows = await newestOf(database, 'no-draft').where('r.status', '=', 'published').execute();
      return rows.map(toRevision);
    },
    standing: () => standing(database),
    async version() {
      const count = await database
        .selectFrom('faq_revision')
        .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('id').as('newest')])
        .executeTakeFirstOrThrow();
      return `${count.count}-${count.newest ?? ''}`;
    },
  };
}

/** The newest revision of each entry and locale, drafts counted or not. */
function newestOf(database: Database, which: 'any' | 'no-draft') {
  const all = database.selectFrom('faq_revision').select(({ fn }) => ['entry_id', 'locale', fn.max('revision').as('revision')]);
  const newest = (which === 'any' ? all : all.where('status', '<>', 'draft')).groupBy(['entry_id', 'locale']).as('newest');
  return database
    .selectFrom('faq_revision as r')
    .innerJoin(newest, (join) =>
      join.onRef('newest.entry_id', '=', 'r.entry_id').onRef('newest.locale', '=', 'r.locale').onRef('newest.revision', '=', 'r.revision'),
    )
    .selectAll('r')
    .orderBy('r.entry_id')
    .orderBy('r.locale');
}

async function standing(database: Database): Promise<readonly FaqStanding[]> {
  const latest = (await newestOf(database, 'any').execute()).map(toRevision);
  const noDraft = (await newestOf(database, 'no-draft').execute()).map(toRevision);
  const keyOf = ({ entryId, locale }: FaqRevision): string => `${locale}/${entryId}`;
  const byKey = new Map(noDraft.map((revision) => [keyOf(revision), revision]));
  return latest.map((revision) => ({ latest: revision, standing: byKey.get(keyOf(revision)) }));
}

/** The unique revision number decides between two editors; no lock is needed. */
async function appendRevision(database: Database | Writing, revision: NewFaqRevision): Promise<FaqAppendResult> {
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

async function latestRevision(database: Database | Writing, entryId: string, locale: string): Promise<FaqRevision | undefined> {
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

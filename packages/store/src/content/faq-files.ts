import { type SqlBool, sql } from 'kysely';
import type { Engine } from '../engine/engine.ts';
import type { FaqConflictRow, FaqFileRow } from '../schema-faq.ts';
import type { FaqConflict, FaqConflictStore, FaqFileRecord, FaqFileStore } from '../types.ts';

export function createFaqFiles(engine: Engine): FaqFileStore {
  const { database } = engine;
  return {
    async list(folder) {
      const rows = await database.selectFrom('faq_file').selectAll().where('folder', '=', folder).execute();
      return rows.map(({ entry_id, ...row }) => ({ ...row, entryId: entry_id }));
    },
    async putAll(records) {
      if (records.length === 0) return;
      await engine.write(async (writing) => {
        for (const record of records) {
          await writing
            .insertInto('faq_file')
            .values(fileRow(record))
            .onConflict((conflict) =>
              conflict.columns(['folder', 'entry_id', 'locale']).doUpdateSet((row) => ({
                path: row.ref('excluded.path'),
                content: row.ref('excluded.content'),
                revision: row.ref('excluded.revision'),
                at: row.ref('excluded.at'),
              })),
            )
            .execute();
        }
      });
    },
    async remove(folder, entryId, locale) {
      const remove = database.deleteFrom('faq_file').where('folder', '=', folder).where('entry_id', '=', entryId);
      await remove.where('locale', '=', locale).execute();
    },
  };
}

function fileRow({ entryId, ...record }: FaqFileRecord): FaqFileRow {
  return { ...record, entry_id: entryId };
}

/** Written out, not bound: only so does the partial unique index fit. */
const IS_OPEN = sql<SqlBool>`resolved_at is null`;

export function createFaqConflicts({ database }: Engine): FaqConflictStore {
  return {
    async listOpen() {
      const rows = await database.selectFrom('faq_conflict').selectAll().where(IS_OPEN).orderBy('at').orderBy('id').execute();
      return rows.map(toConflict);
    },
    async record(conflict) {
      const row = await database
        .insertInto('faq_conflict')
        .values(conflictRow(conflict))
        .onConflict((onConflict) =>
          onConflict
            .columns(['entry_id', 'locale'])
            .where(IS_OPEN)
            .doUpdateSet((excluded) => ({
              path: excluded.ref('excluded.path'),
              kind: excluded.ref('excluded.kind'),
              store_revision: excluded.ref('excluded.store_revision'),
              file_content: excluded.ref('excluded.file_content'),
              at: excluded.ref('excluded.at'),
            })),
        )
        .returningAll()
        .executeTakeFirstOrThrow();
      return toConflict(row);
    },
    async resolve(conflictId, { by, choice, at }) {
      const update = database.updateTable('faq_conflict').set({ resolved_at: at, resolved_by: by, choice });
      const { numUpdatedRows } = await update.where('id', '=', conflictId).where(IS_OPEN).executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

function conflictRow(conflict: FaqConflict): FaqConflictRow {
  return {
    id: conflict.id,
    entry_id: conflict.entryId,
    locale: conflict.locale,
    path: conflict.path,
    kind: conflict.kind,
    base_revision: conflict.baseRevision,
    store_revision: conflict.storeRevision,
    file_content: conflict.fileContent,
    at: conflict.at,
    resolved_at: null,
    resolved_by: null,
    choice: null,
  };
}

function toConflict(row: FaqConflictRow): FaqConflict {
  return {
    id: row.id,
    entryId: row.entry_id,
    locale: row.locale,
    path: row.path,
    kind: row.kind,
    baseRevision: row.base_revision,
    storeRevision: row.store_revision,
    fileContent: row.file_content,
    at: row.at,
  };
}

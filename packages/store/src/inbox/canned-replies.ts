import type { Engine } from '../engine/engine.ts';
import type { CannedReplyRow } from '../schema-inbox.ts';
import type { CannedReply, CannedReplyStore } from '../types.ts';

export function createCannedReplies(engine: Engine): CannedReplyStore {
  const { database } = engine;
  return {
    async list() {
      const rows = await database.selectFrom('canned_reply').selectAll().orderBy('shortcut').orderBy('locale').execute();
      return rows.map(toReply);
    },
    save: (reply) =>
      engine.write(async (writing) => {
        const row = toRow(reply);
        const query = writing.selectFrom('canned_reply').select('id').where('shortcut', '=', row.shortcut);
        const other = await query.where('locale', '=', row.locale).executeTakeFirst();
        if (other !== undefined && other.id !== row.id) return 'taken';
        const insert = writing.insertInto('canned_reply').values(row);
        await insert.onConflict((conflict) => conflict.column('id').doUpdateSet(row)).execute();
        return toReply(row);
      }),
    async delete(replyId) {
      const { numDeletedRows } = await database.deleteFrom('canned_reply').where('id', '=', replyId).executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

function toRow(reply: CannedReply): CannedReplyRow {
  const { id, text } = reply;
  const shortcut = reply.shortcut.toLowerCase();
  return { id, shortcut, locale: reply.locale ?? '', text, updated_by: reply.updatedBy, updated_at: reply.updatedAt };
}

function toReply(row: CannedReplyRow): CannedReply {
  const { id, shortcut, text } = row;
  return { id, shortcut, locale: row.locale === '' ? undefined : row.locale, text, updatedBy: row.updated_by, updatedAt: row.updated_at };
}

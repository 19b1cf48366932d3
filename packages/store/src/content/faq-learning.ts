import { type SqlBool, sql } from 'kysely';
import type { Engine } from '../engine/engine.ts';
import type { FaqConfirmation, FaqConfirmationOrigin, FaqLearningStore } from '../types.ts';

const RANK: Readonly<Record<FaqConfirmationOrigin, number>> = { rating: 1, choice: 2, agent: 3 };

export function createFaqLearning(engine: Engine): FaqLearningStore {
  const { database } = engine;
  return {
    confirm: (confirmation) => confirm(engine, confirmation),
    async withdrawRating(messageId) {
      const remove = database.deleteFrom('faq_confirmed').where('message_id', '=', messageId).where('origin', '=', 'rating');
      return (await remove.executeTakeFirst()).numDeletedRows > 0n;
    },
    async confirmed(limit) {
      const query = database
        .selectFrom('faq_confirmed as c')
        .innerJoin('message as m', 'm.id', 'c.message_id')
        .selectAll('c')
        .select('m.text');
      const rows = await query.orderBy('c.at', 'desc').orderBy('c.message_id').limit(limit).execute();
      return rows.map(({ message_id, entry_id, confirmed_by, ...row }) => ({
        ...row,
        messageId: message_id,
        entryId: entry_id,
        confirmedBy: confirmed_by,
      }));
    },
    async dismiss(messageIds, by, at) {
      await engine.write(async (writing) => {
        for (const messageId of messageIds) {
          // A question whose conversation was deleted meanwhile needs no dismissal.
          const found = await writing.selectFrom('message').select('id').where('id', '=', messageId).executeTakeFirst();
          if (found === undefined) continue;
          await writing
            .insertInto('faq_dismissed')
            .values({ message_id: messageId, dismissed_by: by, at })
            .onConflict((conflict) => conflict.column('message_id').doNothing())
            .execute();
        }
      });
    },
    async dismissedSince(since) {
      const rows = await database.selectFrom('faq_dismissed').select('message_id').where('at', '>=', since).execute();
      return new Set(rows.map(({ message_id }) => message_id));
    },
  };
}

async function confirm({ database }: Engine, confirmation: FaqConfirmation): Promise<boolean> {
  const { messageId, entryId, confirmedBy, ...rest } = confirmation;
  const weaker = Object.entries(RANK).filter(([, rank]) => rank <= RANK[confirmation.origin]);
  const isWeaker = sql<SqlBool>`faq_confirmed.origin in (${sql.join(weaker.map(([origin]) => origin))})`;
  const row = await database
    .insertInto('faq_confirmed')
    .values({ ...rest, message_id: messageId, entry_id: entryId, confirmed_by: confirmedBy })
    .onConflict((conflict) =>
      conflict
        .column('message_id')
        .doUpdateSet((excluded) => ({
          entry_id: excluded.ref('excluded.entry_id'),
          locale: excluded.ref('excluded.locale'),
          origin: excluded.ref('excluded.origin'),
          confirmed_by: excluded.ref('excluded.confirmed_by'),
          at: excluded.ref('excluded.at'),
        }))
        .where(isWeaker),
    )
    .returning('message_id')
    .executeTakeFirst();
  return row !== undefined;
}

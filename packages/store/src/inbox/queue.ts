import type { QueueStore } from '@stepdown/conversation';
import { sql } from 'kysely';
import { toConversation } from '../conversations/conversation-row.ts';
import type { Database, Engine } from '../engine/engine.ts';

export function createQueue({ database }: Engine): QueueStore {
  return {
    async waiting(limit) {
      const rows = await waitingQuery(database).limit(limit).execute();
      return rows.flatMap((row) =>
        row.waiting_since === null
          ? []
          : [
              {
                id: row.id,
                visitorId: row.visitor_id,
                waitingSince: row.waiting_since,
                agentId: row.agent_id ?? undefined,
                hasEmail: row.email !== null || row.visitor_email !== null,
              },
            ],
      );
    },
    async dueSnoozes(now, limit) {
      const rows = await dueSnoozesQuery(database, now).limit(limit).execute();
      return rows.map(toConversation);
    },
    async openCounts() {
      const rows = await openCountsQuery(database).execute();
      return new Map(rows.flatMap(({ agent_id: id, count }) => (id === null ? [] : [[id, Number(count)] as const])));
    },
    async pickUps(since, limit) {
      const query = database.selectFrom('pick_up').select(['waited_ms', 'at']).where('at', '>=', since);
      const rows = await query.orderBy('at', 'desc').limit(limit).execute();
      return rows.map(({ waited_ms: waitedMs, at }) => ({ waitedMs, at }));
    },
  };
}

/** These three are exported for the test that reads their query plans. */
export function waitingQuery(database: Database) {
  return database
    .selectFrom('conversation as c')
    .leftJoin('visitor as v', 'v.id', 'c.visitor_id')
    .select(['c.id', 'c.visitor_id', 'c.waiting_since', 'c.agent_id', 'c.email', 'v.email as visitor_email'])
    .where('c.waiting_since', 'is not', null)
    .orderBy('c.waiting_since')
    .orderBy('c.id');
}

export function dueSnoozesQuery(database: Database, now: number) {
  const query = database.selectFrom('conversation as c').selectAll().where('c.snoozed_until', 'is not', null);
  return query.where('c.snoozed_until', '<=', now).orderBy('c.snoozed_until');
}

export function openCountsQuery(database: Database) {
  return (
    database
      .selectFrom('conversation as c')
      .select(['c.agent_id', sql<number>`count(*)`.as('count')])
      // Written out, not bound: so the partial index fits.
      .where(sql<boolean>`c.agent_id is not null and c.state <> 'resolved' and c.state = 'open'`)
      .groupBy('c.agent_id')
  );
}

import type { Engine } from '../engine/engine.ts';
import type { TierChangeRow } from '../schema.ts';
import type { TierChange, TierChangeStore } from '../types.ts';

export function createTierChanges({ database }: Engine): TierChangeStore {
  return {
    async add(change) {
      await database.insertInto('tier_change').values(toRow(change)).execute();
    },
    async list({ since, limit }) {
      const query = database.selectFrom('tier_change').selectAll().where('at', '>=', since);
      const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map(toChange);
    },
    async lastBefore(at) {
      const query = database.selectFrom('tier_change').selectAll().where('at', '<', at);
      const row = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
      return row && toChange(row);
    },
  };
}

function toRow(change: TierChange): TierChangeRow {
  return {
    id: change.id,
    from_tier: change.from,
    to_tier: change.to,
    cause: change.cause,
    signal: change.signal ?? null,
    at: change.at,
    affected_conversations: change.affectedConversations,
    is_drill: change.isDrill ? 1 : 0,
  };
}

function toChange(row: TierChangeRow): TierChange {
  return {
    id: row.id,
    from: row.from_tier,
    to: row.to_tier,
    cause: row.cause,
    signal: row.signal ?? undefined,
    at: row.at,
    affectedConversations: row.affected_conversations,
    isDrill: row.is_drill === 1,
  };
}

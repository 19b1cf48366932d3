import { type SqlBool, sql } from 'kysely';
import type { Engine } from '../engine/engine.ts';
import type { IncidentRow } from '../schema.ts';
import type { Incident, IncidentStore } from '../types.ts';

const IS_UNRESOLVED = sql<SqlBool>`resolved_at is null`;

export function createIncidents({ database }: Engine): IncidentStore {
  const current = (isDrill: boolean) =>
    database
      .selectFrom('incident')
      .selectAll()
      .where(IS_UNRESOLVED)
      .where('is_drill', '=', isDrill ? 1 : 0)
      .executeTakeFirst();

  return {
    async open(incident) {
      const { startedAt, isDrill, ...rest } = incident;
      const row: IncidentRow = { ...rest, started_at: startedAt, updated_at: startedAt, resolved_at: null, is_drill: isDrill ? 1 : 0 };
      const inserted = await database
        .insertInto('incident')
        .values(row)
        .onConflict((conflict) => conflict.column('is_drill').where(IS_UNRESOLVED).doNothing())
        .returningAll()
        .executeTakeFirst();
      if (inserted !== undefined) return { incident: toIncident(inserted), isNew: true };
      const existing = await current(isDrill);
      // Resolved between the two statements: then a new one may open.
      return existing === undefined ? this.open(incident) : { incident: toIncident(existing), isNew: false };
    },
    async update(incidentId, patch, at) {
      const change = { ...patch, updated_at: at, ...(patch.state === 'resolved' ? { resolved_at: at } : {}) };
      const update = database.updateTable('incident').set(change).where('id', '=', incidentId).where(IS_UNRESOLVED);
      const row = await update.returningAll().executeTakeFirst();
      return row && toIncident(row);
    },
    async current({ isDrill = false } = {}) {
      const row = await current(isDrill);
      return row && toIncident(row);
    },
    async list({ since, limit }) {
      const query = database.selectFrom('incident').selectAll();
      const touched = query.where((column) => column.or([column('resolved_at', 'is', null), column('updated_at', '>=', since)]));
      const rows = await touched.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map(toIncident);
    },
  };
}

function toIncident({ started_at, updated_at, resolved_at, is_drill, ...row }: IncidentRow): Incident {
  return { ...row, startedAt: started_at, updatedAt: updated_at, resolvedAt: resolved_at ?? undefined, isDrill: is_drill === 1 };
}

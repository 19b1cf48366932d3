import { type SqlBool, sql } from 'kysely';
import type { Engine } from '../engine/engine.ts';
import type { AlertRow } from '../schema.ts';
import type { Alert, AlertStore, NewAlert } from '../types.ts';

const IS_OPEN = sql<SqlBool>`resolved_at is null`;
const NO_ROUTE = '';

export function createAlerts({ database }: Engine): AlertStore {
  const openOne = (code: string, routeId: string | undefined) =>
    database
      .selectFrom('alert')
      .selectAll()
      .where('code', '=', code)
      .where('route_id', '=', routeId ?? NO_ROUTE)
      .where(IS_OPEN)
      .executeTakeFirst();

  return {
    async raise(alert) {
      const inserted = await database
        .insertInto('alert')
        .values(newAlertRow(alert))
        .onConflict((conflict) => conflict.columns(['code', 'route_id']).where(IS_OPEN).doNothing())
        .returningAll()
        .executeTakeFirst();
      if (inserted !== undefined) return { alert: toAlert(inserted), isNew: true };
      const existing = await openOne(alert.code, alert.routeId);
      // Resolved between the two statements: then it may ring again.
      return existing === undefined ? this.raise(alert) : { alert: toAlert(existing), isNew: false };
    },
    async acknowledge(alertId, by, at) {
      // The first who acknowledges is the one who is on it.
      const first = sql<string>`coalesce(acknowledged_by, ${by})`;
      const update = database
        .updateTable('alert')
        .set({ acknowledged_by: first, acknowledged_at: sql<number>`coalesce(acknowledged_at, ${at})` });
      const row = await update.where('id', '=', alertId).where(IS_OPEN).returningAll().executeTakeFirst();
      return row && toAlert(row);
    },
    async resolve(code, routeId, at) {
      const update = database.updateTable('alert').set({ resolved_at: at }).where('code', '=', code);
      const row = await update
        .where('route_id', '=', routeId ?? NO_ROUTE)
        .where(IS_OPEN)
        .returningAll()
        .executeTakeFirst();
      return row && toAlert(row);
    },
    async listOpen() {
      const query = database.selectFrom('alert').selectAll().where(IS_OPEN);
      const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').execute();
      return rows.map(toAlert);
    },
    async list({ since, limit }) {
      const query = database.selectFrom('alert').selectAll().where('created_at', '>=', since);
      const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map(toAlert);
    },
  };
}

function newAlertRow(alert: NewAlert): AlertRow {
  return {
    id: alert.id,
    code: alert.code,
    route_id: alert.routeId ?? NO_ROUTE,
    detail: alert.detail,
    severity: alert.severity,
    created_at: alert.createdAt,
    acknowledged_by: null,
    acknowledged_at: null,
    resolved_at: null,
  };
}

function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    code: row.code,
    routeId: row.route_id === NO_ROUTE ? undefined : row.route_id,
    detail: row.detail,
    severity: row.severity,
    createdAt: row.created_at,
    acknowledgedBy: row.acknowledged_by ?? undefined,
    acknowledgedAt: row.acknowledged_at ?? undefined,
    resolvedAt: row.resolved_at ?? undefined,
  };
}

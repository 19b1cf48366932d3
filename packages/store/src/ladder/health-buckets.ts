import { sql } from 'kysely';
import type { Engine } from '../engine/engine.ts';
import type { HealthBucketRow } from '../schema.ts';
import type { HealthBucket, HealthBucketStore } from '../types.ts';

export function createHealthBuckets(engine: Engine): HealthBucketStore {
  const { database } = engine;
  return {
    async add(buckets) {
      if (buckets.length === 0) return;
      await engine.write(async (writing) => {
        for (const bucket of inLockOrder(buckets)) {
          await writing
            .insertInto('health_bucket')
            .values(toRow(bucket))
            .onConflict((conflict) =>
              conflict.columns(['route_id', 'minute']).doUpdateSet({
                samples: sql`health_bucket.samples + excluded.samples`,
                failures: sql`health_bucket.failures + excluded.failures`,
                first_text_p50_ms: slower('first_text_p50_ms'),
                first_text_p95_ms: slower('first_text_p95_ms'),
              }),
            )
            .execute();
        }
      });
    },
    async list({ routeId, since }) {
      let query = database.selectFrom('health_bucket').selectAll().where('minute', '>=', since);
      if (routeId !== undefined) query = query.where('route_id', '=', routeId);
      const rows = await query.orderBy('minute').orderBy('route_id').execute();
      return rows.map(toBucket);
    },
  };
}

/** Two processes that add the same buckets take their rows in the same order, so neither waits for the other for ever. */
function inLockOrder(buckets: readonly HealthBucket[]): readonly HealthBucket[] {
  return buckets.toSorted((left, right) => left.minute - right.minute || (left.routeId < right.routeId ? -1 : 1));
}

/** Percentiles can't be added up; of two processes the worse view is kept. */
function slower(column: 'first_text_p50_ms' | 'first_text_p95_ms') {
  const stored = sql.ref<number | null>(`health_bucket.${column}`);
  const added = sql.ref<number | null>(`excluded.${column}`);
  return sql<number | null>`case when ${stored} is null or ${added} > ${stored} then ${added} else ${stored} end`;
}

function toRow(bucket: HealthBucket): HealthBucketRow {
  return {
    route_id: bucket.routeId,
    minute: bucket.minute,
    samples: bucket.samples,
    failures: bucket.failures,
    first_text_p50_ms: bucket.firstTextP50Ms === undefined ? null : Math.round(bucket.firstTextP50Ms),
    first_text_p95_ms: bucket.firstTextP95Ms === undefined ? null : Math.round(bucket.firstTextP95Ms),
  };
}

function toBucket(row: HealthBucketRow): HealthBucket {
  return {
    routeId: row.route_id,
    minute: row.minute,
    samples: row.samples,
    failures: row.failures,
    firstTextP50Ms: row.first_text_p50_ms ?? undefined,
    firstTextP95Ms: row.first_text_p95_ms ?? undefined,
  };
}

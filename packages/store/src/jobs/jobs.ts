import { type SqlBool, sql } from 'kysely';
import { type Engine, heldOrSkipped } from '../engine/engine.ts';
import type { JobRow } from '../schema.ts';
import type { Job, JobStore, NewJob } from '../types.ts';

/** Written out, not bound: only so do the partial indexes fit. */
const IS_NOT_CANCELLED = sql<SqlBool>`state <> 'cancelled'`;
const IS_WAITING = sql<SqlBool>`state = 'waiting'`;
const IS_RUNNING = sql<SqlBool>`state = 'running'`;

export function createJobs(engine: Engine): JobStore {
  const { database } = engine;
  const ownedBy = (jobId: string, owner: string) =>
    database.updateTable('job').where('id', '=', jobId).where('state', '=', 'running').where('lease_owner', '=', owner);
  const byDedupeKey = (dedupeKey: string) =>
    database.selectFrom('job').selectAll().where('dedupe_key', '=', dedupeKey).where(IS_NOT_CANCELLED).executeTakeFirst();

  return {
    async enqueue(job) {
      const insert = database.insertInto('job').values(newJobRow(job));
      const row = await insert
        .onConflict((conflict) => conflict.column('dedupe_key').where(IS_NOT_CANCELLED).doNothing())
        .returningAll()
        .executeTakeFirst();
      if (row !== undefined) return { job: toJob(row), isNew: true };
      const existing = await byDedupeKey(job.dedupeKey);
      // Cancelled between the two statements: then nothing stands in the way any more.
      return existing === undefined ? this.enqueue(job) : { job: toJob(existing), isNew: false };
    },
    claim: (request) => claimJobs(engine, request),
    async renew(jobId, owner, leaseUntil) {
      const { numUpdatedRows } = await ownedBy(jobId, owner).set({ lease_until: leaseUntil }).executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async complete(jobId, owner, at) {
      const end = { state: 'done' as const, ended_at: at, lease_owner: null, lease_until: null };
      const { numUpdatedRows } = await ownedBy(jobId, owner).set(end).executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async fail(jobId, owner, { error, at, retryAt }) {
      const next = retryAt === undefined ? { state: 'dead' as const, ended_at: at } : { state: 'waiting' as const, run_at: retryAt };
      const change = { ...next, last_error: error, lease_owner: null, lease_until: null };
      const { numUpdatedRows } = await ownedBy(jobId, owner).set(change).executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async cancelByDedupeKey(dedupeKey, at) {
      const update = database.updateTable('job').set({ state: 'cancelled', ended_at: at, lease_owner: null, lease_until: null });
      const live = update.where('dedupe_key', '=', dedupeKey).where(IS_NOT_CANCELLED).where('state', 'in', ['waiting', 'running']);
      return (await live.executeTakeFirst()).numUpdatedRows > 0n;
    },
    async byDedupeKey(dedupeKey) {
      const row = await byDedupeKey(dedupeKey);
      return row && toJob(row);
    },
    async list({ kind, state, conversationId, limit }) {
      let query = database.selectFrom('job').selectAll();
      if (kind !== undefined) query = query.where('kind', '=', kind);
      if (state !== undefined) query = query.where('state', '=', state);
      if (conversationId !== undefined) query = query.where('conversation_id', '=', conversationId);
      const rows = await query.orderBy('run_at').orderBy('id').limit(limit).execute();
      return rows.map(toJob);
    },
  };
}

async function claimJobs(engine: Engine, request: Parameters<JobStore['claim']>[0]): Promise<readonly Job[]> {
  if (request.kinds.length === 0) return [];
  const rows = await engine.write(async (writing) => {
    const due = writing.selectFrom('job').select('id').where(IS_WAITING).where('run_at', '<=', request.now);
    const lost = writing.selectFrom('job').select('id').where(IS_RUNNING).where('lease_until', '<', request.now);
    const claimed: JobRow[] = [];
    for (const claimable of [lost.orderBy('lease_until'), due.orderBy('run_at').orderBy('id')]) {
      const wanted = claimable.where('kind', 'in', request.kinds).limit(request.limit - claimed.length);
      const update = writing.updateTable('job').set((column) => ({
        state: 'running' as const,
        attempts: column('attempts', '+', 1),
        lease_owner: request.owner,
        lease_until: request.leaseUntil,
      }));
      if (claimed.length < request.limit) {
        claimed.push(...(await update.where('id', 'in', heldOrSkipped(engine, wanted)).returningAll().execute()));
      }
    }
    return claimed;
  });
  return rows.sort((left, right) => left.run_at - right.run_at || (left.id < right.id ? -1 : 1)).map(toJob);
}

function newJobRow(job: NewJob): JobRow {
  return {
    id: job.id,
    kind: job.kind,
    dedupe_key: job.dedupeKey,
    payload: job.payload,
    state: 'waiting',
    run_at: job.runAt,
    attempts: 0,
    lease_owner: null,
    lease_until: null,
    last_error: null,
    conversation_id: job.conversationId ?? null,
    created_at: job.createdAt,
    ended_at: null,
  };
}

function toJob(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind,
    dedupeKey: row.dedupe_key,
    payload: row.payload,
    state: row.state,
    runAt: row.run_at,
    attempts: row.attempts,
    leaseOwner: row.lease_owner ?? undefined,
    leaseUntil: row.lease_until ?? undefined,
    lastError: row.last_error ?? undefined,
    conversationId: row.conversation_id ?? undefined,
    createdAt: row.created_at,
    endedAt: row.ended_at ?? undefined,
  };
}

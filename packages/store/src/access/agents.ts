import { type Engine, held, type Writing } from '../engine/engine.ts';
import type { AgentRow } from '../schema.ts';
import type { Agent, AgentPatch, AgentStore, NewAgent } from '../types.ts';

export function createAgents(engine: Engine): AgentStore {
  const { database } = engine;
  return {
    async count() {
      const query = database.selectFrom('agent').select(({ fn }) => fn.countAll<number>().as('count'));
      return Number((await query.executeTakeFirstOrThrow()).count);
    },
    async create(agent) {
      const insert = database.insertInto('agent').values(newAgentRow(agent));
      const row = await insert
        .onConflict((conflict) => conflict.column('email').doNothing())
        .returningAll()
        .executeTakeFirst();
      return row && toAgent(row);
    },
    async byEmail(email) {
      const query = database.selectFrom('agent').selectAll().where('email', '=', normalEmail(email));
      const row = await query.executeTakeFirst();
      return row && { ...toAgent(row), passwordHash: row.password_hash ?? undefined };
    },
    async byId(agentId) {
      const row = await database.selectFrom('agent').selectAll().where('id', '=', agentId).executeTakeFirst();
      return row && toAgent(row);
    },
    async list() {
      const rows = await database.selectFrom('agent').selectAll().orderBy('name').orderBy('id').execute();
      return rows.map(toAgent);
    },
    update: (agentId, patch, at) => engine.write((writing) => updateAgent(engine, writing, { agentId, patch, at })),
    setPasswordHash: (agentId, passwordHash, at) =>
      engine.write(async (writing) => {
        const change = { password_hash: passwordHash, updated_at: at };
        const { numUpdatedRows } = await writing.updateTable('agent').set(change).where('id', '=', agentId).executeTakeFirst();
        await endSessions(writing, agentId);
        return numUpdatedRows > 0n;
      }),
  };
}

interface AgentChange {
  readonly agentId: string;
  readonly patch: AgentPatch;
  readonly at: number;
}

async function updateAgent(
  engine: Engine,
  writing: Writing,
  { agentId, patch, at }: AgentChange,
): Promise<Agent | 'unknown' | 'last-admin'> {
  // All of them are held, so that two admins can't demote each other in the same moment.
  const agents = await held(engine, writing.selectFrom('agent').selectAll().orderBy('id')).execute();
  const current = agents.find(({ id }) => id === agentId);
  if (current === undefined) return 'unknown';
  const changed: AgentRow = {
    ...current,
    name: patch.name ?? current.name,
    role: patch.role ?? current.role,
    is_disabled: flag(patch.isDisabled, current.is_disabled),
    is_away: flag(patch.isAway, current.is_away),
    capacity: 'capacity' in patch ? (patch.capacity ?? null) : current.capacity,
    updated_at: at,
  };
  const others = agents.filter(({ id }) => id !== agentId);
  if (isActiveAdmin(current) && ![...others, changed].some(isActiveAdmin)) return 'last-admin';
  await writing.updateTable('agent').set(changed).where('id', '=', agentId).execute();
  if (changed.is_disabled === 1) await endSessions(writing, agentId);
  return toAgent(changed);
}

function flag(wanted: boolean | undefined, current: 0 | 1): 0 | 1 {
  if (wanted === undefined) return current;
  return wanted ? 1 : 0;
}

function isActiveAdmin(row: AgentRow): boolean {
  return row.role === 'admin' && row.is_disabled === 0;
}

async function endSessions(writing: Writing, agentId: string): Promise<void> {
  await writing.deleteFrom('agent_session').where('agent_id', '=', agentId).execute();
}

function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

function newAgentRow(agent: NewAgent): AgentRow {
  return {
    id: agent.id,
    email: normalEmail(agent.email),
    name: agent.name,
    role: agent.role,
    is_disabled: 0,
    password_hash: agent.passwordHash ?? null,
    created_at: agent.createdAt,
    updated_at: agent.createdAt,
    is_away: 0,
    capacity: null,
  };
}

function toAgent(row: AgentRow): Agent {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    isDisabled: row.is_disabled === 1,
    isAway: row.is_away === 1,
    capacity: row.capacity ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

import type { Engine } from '../engine/engine.ts';
import type { AgentSessionRow } from '../schema.ts';
import type { AgentSession, AgentSessionStore } from '../types.ts';
import { checkedTokenHash } from './token-hash.ts';

export function createAgentSessions({ database }: Engine): AgentSessionStore {
  return {
    async create(session) {
      const row: AgentSessionRow = {
        token_hash: checkedTokenHash(session.tokenHash),
        agent_id: session.agentId,
        csrf_hash: session.csrfHash === undefined ? null : checkedTokenHash(session.csrfHash),
        created_at: session.createdAt,
        last_seen_at: session.lastSeenAt,
        expires_at: session.expiresAt,
      };
      await database.insertInto('agent_session').values(row).execute();
      return toSession(row);
    },
    async byTokenHash(tokenHash) {
      const query = database.selectFrom('agent_session').selectAll().where('token_hash', '=', checkedTokenHash(tokenHash));
      const row = await query.executeTakeFirst();
      return row && toSession(row);
    },
    async touch(tokenHash, at) {
      await database.updateTable('agent_session').set({ last_seen_at: at }).where('token_hash', '=', tokenHash).execute();
    },
    async delete(tokenHash) {
      await database.deleteFrom('agent_session').where('token_hash', '=', tokenHash).execute();
    },
    async deleteOfAgent(agentId) {
      const { numDeletedRows } = await database.deleteFrom('agent_session').where('agent_id', '=', agentId).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function toSession(row: AgentSessionRow): AgentSession {
  return {
    tokenHash: row.token_hash,
    agentId: row.agent_id,
    csrfHash: row.csrf_hash ?? undefined,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
  };
}

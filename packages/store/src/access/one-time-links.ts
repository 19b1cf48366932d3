import type { Engine } from '../engine/engine.ts';
import type { OneTimeLinkRow } from '../schema.ts';
import type { OneTimeLink, OneTimeLinkStore } from '../types.ts';
import { checkedTokenHash } from './token-hash.ts';

/** Links of one kind; one kind does not open what the other is for. */
export function createOneTimeLinks({ database }: Engine, kind: OneTimeLinkRow['kind']): OneTimeLinkStore {
  return {
    async create(link) {
      const row: OneTimeLinkRow = {
        token_hash: checkedTokenHash(link.tokenHash),
        kind,
        email: link.email?.trim().toLowerCase() ?? null,
        role: link.role,
        created_at: link.createdAt,
        expires_at: link.expiresAt,
        consumed_at: null,
      };
      await database.insertInto('one_time_link').values(row).execute();
      return toLink(row);
    },
    async byTokenHash(tokenHash) {
      const query = database.selectFrom('one_time_link').selectAll().where('kind', '=', kind);
      const row = await query.where('token_hash', '=', checkedTokenHash(tokenHash)).executeTakeFirst();
      return row && toLink(row);
    },
    async consume(tokenHash, at) {
      // One statement: of two that come at the same moment, the second finds `consumed_at` set.
      const update = database.updateTable('one_time_link').set({ consumed_at: at }).where('token_hash', '=', checkedTokenHash(tokenHash));
      const usable = update.where('kind', '=', kind).where('consumed_at', 'is', null).where('expires_at', '>', at);
      const row = await usable.returningAll().executeTakeFirst();
      return row && toLink(row);
    },
    async pending(now) {
      const query = database.selectFrom('one_time_link').selectAll().where('kind', '=', kind).where('consumed_at', 'is', null);
      const rows = await query.where('expires_at', '>', now).orderBy('created_at', 'desc').execute();
      return rows.map(toLink);
    },
    async revokeAll() {
      const remove = database.deleteFrom('one_time_link').where('kind', '=', kind).where('consumed_at', 'is', null);
      const { numDeletedRows } = await remove.executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function toLink(row: OneTimeLinkRow): OneTimeLink {
  return {
    tokenHash: row.token_hash,
    email: row.email ?? undefined,
    role: row.role,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    consumedAt: row.consumed_at ?? undefined,
  };
}

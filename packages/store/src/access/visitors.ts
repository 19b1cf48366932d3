import { type SqlBool, sql } from 'kysely';
import { addSearchWords, removeSearchWords } from '../conversations/search-words.ts';
import type { Database, Engine } from '../engine/engine.ts';
import type { VisitorRow } from '../schema.ts';
import type { Visitor, VisitorStore } from '../types.ts';
import { checkedTokenHash } from './token-hash.ts';

export function createVisitors(engine: Engine): VisitorStore {
  const { database } = engine;
  return {
    async create({ id, tokenHash, createdAt }) {
      const row: VisitorRow = {
        id,
        token_hash: checkedTokenHash(tokenHash),
        name: null,
        email: null,
        is_verified: 0,
        created_at: createdAt,
        seen_at: createdAt,
      };
      await database.insertInto('visitor').values(row).execute();
      return toVisitor(row);
    },
    async byTokenHash(tokenHash) {
      const query = database.selectFrom('visitor').selectAll().where('token_hash', '=', checkedTokenHash(tokenHash));
      const row = await query.executeTakeFirst();
      return row && toVisitor(row);
    },
    async get(visitorId) {
      const row = await database.selectFrom('visitor').selectAll().where('id', '=', visitorId).executeTakeFirst();
      return row && toVisitor(row);
    },
    async touch(visitorId, at) {
      await database.updateTable('visitor').set({ seen_at: at }).where('id', '=', visitorId).execute();
    },
    async verifiedWithEmail(email) {
      const rows = await verifiedQuery(engine.database, email).execute();
      return rows.map(toVisitor);
    },
    setIdentity: (visitorId, { name, email, isVerified }) =>
      engine.write(async (writing) => {
        const identity = { name: name ?? null, email: email ?? null, is_verified: isVerified ? (1 as const) : (0 as const) };
        const row = await writing.updateTable('visitor').set(identity).where('id', '=', visitorId).returningAll().executeTakeFirst();
        if (row === undefined) return undefined;
        await removeSearchWords(writing, visitorId);
        await addSearchWords(writing, visitorId, `${name ?? ''} ${email ?? ''}`);
        return toVisitor(row);
      }),
  };
}

/** Exported for the test that reads its query plan. */
export function verifiedQuery(database: Database, email: string) {
  const query = database.selectFrom('visitor as v').selectAll().where('v.email', '=', email);
  return query.where(sql<SqlBool>`v.is_verified = 1`);
}

function toVisitor(row: VisitorRow): Visitor {
  return {
    id: row.id,
    tokenHash: row.token_hash,
    name: row.name ?? undefined,
    email: row.email ?? undefined,
    isVerified: row.is_verified === 1,
    createdAt: row.created_at,
    seenAt: row.seen_at,
  };
}

import { type SqlBool, sql } from 'kysely';
import { addSearchWords, removeSearchWords } from '../conversations/search-words.ts';
import type { Database, Engine } from '../engine/engine.ts';
import type { VisitorRow } from '../schema-visitors.ts';
import type { Visitor, VisitorStore } from '../types.ts';
import { identifyVisitor } from './identify-visitor.ts';
import { checkedTokenHash } from './token-hash.ts';

export function createVisitors(engine: Engine): VisitorStore {
  const { database } = engine;
  const get = async (visitorId: string): Promise<Visitor | undefined> => {
    const row = await visitors(database).where('v.id', '=', visitorId).executeTakeFirst();
    return row && toVisitor(row);
  };
  return {
    async create({ id, tokenHash, createdAt }) {
      const row: VisitorRow = {
        id,
        token_hash: checkedTokenHash(tokenHash),
        name: null,
        email: null,
        is_verified: 0,
        same_as: null,
        created_at: createdAt,
        seen_at: createdAt,
      };
      await database.insertInto('visitor').values(row).execute();
      return toVisitor({ ...row, site: null, subject: null });
    },
    async byTokenHash(tokenHash) {
      const device = await database
        .selectFrom('visitor')
        .select(['id', 'same_as'])
        .where('token_hash', '=', checkedTokenHash(tokenHash))
        .executeTakeFirst();
      return device && get(device.same_as ?? device.id);
    },
    get,
    async identify(visitor) {
      const found = await get(await identifyVisitor(engine, visitor));
      if (found === undefined) throw new Error('a visitor is gone who was identified a moment ago');
      return found;
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
        return visitors(writing).where('v.id', '=', visitorId).executeTakeFirstOrThrow().then(toVisitor);
      }),
  };
}

/** Exported for the test that reads its query plan. */
export function verifiedQuery(database: Database, email: string) {
  const query = visitors(database).where('v.email', '=', email);
  return query.where(sql<SqlBool>`v.is_verified = 1`);
}

function visitors(database: Database) {
  return database
    .selectFrom('visitor as v')
    .leftJoin('visitor_identity as i', 'i.visitor_id', 'v.id')
    .selectAll('v')
    .select(['i.site', 'i.subject']);
}

function toVisitor(row: VisitorRow & { readonly site: string | null; readonly subject: string | null }): Visitor {
  return {
    id: row.id,
    tokenHash: row.token_hash,
    name: row.name ?? undefined,
    email: row.email ?? undefined,
    isVerified: row.is_verified === 1,
    person: row.site === null || row.subject === null ? undefined : { site: row.site, subject: row.subject },
    createdAt: row.created_at,
    seenAt: row.seen_at,
  };
}

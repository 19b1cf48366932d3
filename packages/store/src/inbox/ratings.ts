import type { Rating } from '@stepdown/conversation';
import { sql } from 'kysely';
import { type Database, type Engine, held } from '../engine/engine.ts';
import type { RatingRow } from '../schema-inbox.ts';
import type { AgentRatings, RatingArchive } from '../types.ts';

export function createRatings(engine: Engine): RatingArchive {
  const { database } = engine;
  return {
    async ask({ id, conversationId, agentId, agentName, askedAt }) {
      const row = { id, conversation_id: conversationId, agent_id: agentId, agent_name: agentName, asked_at: askedAt };
      await database
        .insertInto('rating')
        .values({ ...row, score: null, comment: null, rated_at: null })
        .execute();
    },
    answer: ({ conversationId, score, comment, askedSince, at }) =>
      engine.write(async (writing) => {
        const newest = writing.selectFrom('rating').selectAll().where('conversation_id', '=', conversationId);
        const query = newest.where('asked_at', '>=', askedSince).orderBy('asked_at', 'desc').limit(1);
        const asked = await held(engine, query).executeTakeFirst();
        if (asked === undefined) return undefined;
        const answered = { ...asked, score, comment: comment ?? asked.comment, rated_at: at };
        await writing.updateTable('rating').set(answered).where('id', '=', asked.id).execute();
        return toRating(answered);
      }),
    async ofConversation(conversationId) {
      const query = database.selectFrom('rating').selectAll().where('conversation_id', '=', conversationId);
      const row = await query.orderBy('asked_at', 'desc').limit(1).executeTakeFirst();
      return row && toRating(row);
    },
    byAgent: (since) => ratingsByAgent(database, since),
    async byTier(since) {
      const rows = await tierRatingsQuery(database, since).execute();
      return rows.flatMap(({ tier, up, down }) => (tier === null ? [] : [{ tier, up: Number(up), down: Number(down) }]));
    },
    async comments(since, limit) {
      const query = database.selectFrom('rating').selectAll().where('asked_at', '>=', since).where('comment', 'is not', null);
      const rows = await query.orderBy('asked_at', 'desc').limit(limit).execute();
      return rows.map(toRating);
    },
  };
}

async function ratingsByAgent(database: Database, since: number): Promise<readonly AgentRatings[]> {
  const scored = (score: number) => sql<number>`count(case when score = ${sql.lit(score)} then 1 end)`;
  const rows = await database
    .selectFrom('rating')
    .select(['agent_id', sql<string>`max(agent_name)`.as('agent_name'), sql<number>`count(*)`.as('asked')])
    .select([scored(1).as('one'), scored(2).as('two'), scored(3).as('three'), scored(4).as('four'), scored(5).as('five')])
    .where('asked_at', '>=', since)
    .groupBy('agent_id')
    .orderBy('agent_id')
    .execute();
  return rows.map((row) => ({
    agentId: row.agent_id,
    agentName: row.agent_name,
    asked: Number(row.asked),
    scores: [Number(row.one), Number(row.two), Number(row.three), Number(row.four), Number(row.five)],
  }));
}

/** Exported for the test that reads its query plan. */
export function tierRatingsQuery(database: Database, since: number) {
  return database
    .selectFrom('message as m')
    .select('m.tier')
    .select([
      sql<number>`count(case when m.rating = 'up' then 1 end)`.as('up'),
      sql<number>`count(case when m.rating = 'down' then 1 end)`.as('down'),
    ])
    .where('m.rating', 'is not', null)
    .where('m.tier', 'is not', null)
    .where('m.created_at', '>=', since)
    .groupBy('m.tier')
    .orderBy('m.tier');
}

function toRating(row: RatingRow): Rating {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    agentId: row.agent_id,
    agentName: row.agent_name,
    askedAt: row.asked_at,
    score: row.score ?? undefined,
    comment: row.comment ?? undefined,
    ratedAt: row.rated_at ?? undefined,
  };
}

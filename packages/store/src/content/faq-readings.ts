import { sql } from 'kysely';
import type { Database, Engine, Writing } from '../engine/engine.ts';
import type { FaqReadingDayRow, FaqReadingRow } from '../schema-faq.ts';
import type { FaqAgentReply, FaqAskedQuestion, FaqReading, FaqReadingDay, FaqReadingStore } from '../types.ts';

const DAY_MS = 86_400_000;
/** Bound variables per statement stay far below what either engine allows. */
const IDS_AT_ONCE = 200;

export function createFaqReadings(engine: Engine): FaqReadingStore {
  const { database } = engine;
  return {
    async add(reading) {
      await engine.write(async (writing) => {
        const inserted = await writing
          .insertInto('faq_reading')
          .values(readingRow(reading))
          .onConflict((conflict) => conflict.column('turn_id').doNothing())
          .returning('turn_id')
          .executeTakeFirst();
        if (inserted !== undefined) await addToDay(writing, reading);
      });
    },
    async rate(messageId, rating) {
      await database.updateTable('faq_reading').set({ rating }).where('message_id', '=', messageId).execute();
    },
    async list({ since, locale, limit }) {
      let query = database.selectFrom('faq_reading as r').innerJoin('message as m', 'm.id', 'r.message_id').selectAll('r').select('m.text');
      query = query.where('r.at', '>=', since);
      if (locale !== undefined) query = query.where('r.locale', '=', locale);
      const rows = await query.orderBy('r.at', 'desc').orderBy('r.turn_id', 'desc').limit(limit).execute();
      return rows.map(toAsked);
    },
    days: (query) => daysOf(database, query),
    async agentReplies(messageIds) {
      const replies = new Map<string, FaqAgentReply>();
      for (let from = 0; from < messageIds.length; from += IDS_AT_ONCE) {
        for (const [id, reply] of await repliesTo(database, messageIds.slice(from, from + IDS_AT_ONCE))) replies.set(id, reply);
      }
      return replies;
    },
  };
}

async function addToDay(writing: Writing, reading: FaqReading): Promise<void> {
  await writing
    .insertInto('faq_reading_day')
    .values(dayRow(reading))
    .onConflict((conflict) =>
      conflict.columns(['day', 'locale']).doUpdateSet({
        questions: added('questions'),
        answered: added('answered'),
        offered: added('offered'),
        asked_back: added('asked_back'),
        abstained: added('abstained'),
        when_down: added('when_down'),
        comparable: added('comparable'),
        agreed: added('agreed'),
      }),
    )
    .execute();
}

function added(column: Exclude<keyof FaqReadingDayRow, 'day' | 'locale'>) {
  return sql<number>`${sql.ref(`faq_reading_day.${column}`)} + ${sql.ref(`excluded.${column}`)}`;
}

function dayRow({ at, locale, decision, entryId, citedIds, wasDown }: FaqReading): FaqReadingDayRow {
  const isComparable = decision === 'answer' && entryId !== undefined && citedIds.length > 0;
  return {
    day: Math.floor(at / DAY_MS),
    locale,
    questions: 1,
    answered: Number(decision === 'answer'),
    offered: Number(decision === 'choices'),
    asked_back: Number(decision === 'ask-back'),
    abstained: Number(decision === 'abstain'),
    when_down: Number(wasDown),
    comparable: Number(isComparable),
    agreed: Number(isComparable && entryId !== undefined && citedIds.includes(entryId)),
  };
}

async function daysOf(database: Database, { sinceDay, locale }: Parameters<FaqReadingStore['days']>[0]): Promise<readonly FaqReadingDay[]> {
  let query = database.selectFrom('faq_reading_day').where('day', '>=', sinceDay);
  if (locale !== undefined) query = query.where('locale', '=', locale);
  const rows = await query
    .select(({ fn }) => [
      'day',
      fn.sum<number>('questions').as('questions'),
      fn.sum<number>('answered').as('answered'),
      fn.sum<number>('offered').as('offered'),
      fn.sum<number>('asked_back').as('askedBack'),
      fn.sum<number>('abstained').as('abstained'),
      fn.sum<number>('when_down').as('whenDown'),
      fn.sum<number>('comparable').as('comparable'),
      fn.sum<number>('agreed').as('agreed'),
    ])
    .groupBy('day')
    .orderBy('day')
    .execute();
  // PostgreSQL returns sums of 64-bit integers as text.
  return rows.map((row) => ({
    day: Number(row.day),
    questions: Number(row.questions),
    answered: Number(row.answered),
    offered: Number(row.offered),
    askedBack: Number(row.askedBack),
    abstained: Number(row.abstained),
    whenDown: Number(row.whenDown),
    comparable: Number(row.comparable),
    agreed: Number(row.agreed),
  }));
}

/** The first agent message behind each question, unless another question of the visitor was answered in between by nobody. */
async function repliesTo(database: Database, messageIds: readonly string[]): Promise<readonly [string, FaqAgentReply][]> {
  const rows = await database
    .selectFrom('message as q')
    .innerJoin('message as a', (join) => join.onRef('a.conversation_id', '=', 'q.conversation_id').onRef('a.seq', '>', 'q.seq'))
    .select([
      'q.id as questionId',
      'a.id as messageId',
      'a.seq',
      'a.text',
      'a.author_name as agentName',
      'a.conversation_id as conversationId',
    ])
    .where('q.id', 'in', [...messageIds])
    .where('a.author', '=', 'agent')
    .orderBy('a.seq')
    .execute();
  const first = new Map<string, FaqAgentReply>();
  for (const { questionId, agentName, ...reply } of rows) {
    if (!first.has(questionId)) first.set(questionId, { ...reply, agentName: agentName ?? '' });
  }
  return [...first];
}

function readingRow(reading: FaqReading): FaqReadingRow {
  return {
    turn_id: reading.turnId,
    message_id: reading.messageId,
    conversation_id: reading.conversationId,
    locale: reading.locale,
    decision: reading.decision,
    entry_id: reading.entryId ?? null,
    score_thousandths: reading.score === undefined ? null : Math.round(reading.score * 1000),
    cited: JSON.stringify(reading.citedIds),
    result_tier: reading.resultTier ?? null,
    was_down: reading.wasDown ? 1 : 0,
    rating: null,
    at: reading.at,
  };
}

function toAsked(row: FaqReadingRow & { readonly text: string }): FaqAskedQuestion {
  return {
    turnId: row.turn_id,
    messageId: row.message_id,
    conversationId: row.conversation_id,
    locale: row.locale,
    decision: row.decision,
    entryId: row.entry_id ?? undefined,
    score: row.score_thousandths === null ? undefined : row.score_thousandths / 1000,
    citedIds: storedIds(row.cited),
    resultTier: row.result_tier ?? undefined,
    wasDown: row.was_down === 1,
    rating: row.rating ?? undefined,
    text: row.text,
    at: row.at,
  };
}

/** The column is written by `readingRow` only, from a list of ids. */
function storedIds(json: string): readonly string[] {
  return JSON.parse(json) as readonly string[];
}

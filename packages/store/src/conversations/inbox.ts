import type { InboxQuery, InboxResult, InboxRow, Label } from '@stepdown/conversation';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Database } from '../engine/engine.ts';
import { labelsOf } from '../inbox/labels.ts';
import type { ConversationRow } from '../schema.ts';
import { toConversation } from './conversation-row.ts';
import { filterConditions, IS_NOT_RESOLVED, IS_WAITING, viewConditions } from './inbox-conditions.ts';
import { conversationsWith, searchTerms } from './search-words.ts';

const PREVIEW_CHARACTERS = 160;
/** Kind of the job that a parked question is (packages/conversation, parked-question). */
const PARKED_QUESTION = 'parked-question';

/** One page of a view; every view, filter and the search walk an index (`ConversationStore.inbox`). */
export async function inboxPage(database: Database, query: InboxQuery): Promise<InboxResult> {
  const counts = await inboxCounts(database, query.agentId);
  const places = await pagePlaces(database, query);
  const last = places.length >= query.limit ? places.at(-1) : undefined;
  return {
    rows: await inboxRows(
      database,
      places.map(({ id }) => id),
    ),
    nextBefore: last === undefined ? undefined : cursorOf(query.view, last),
    counts,
  };
}

/** `ConversationStore.inboxRow`. */
export async function inboxRow(database: Database, conversationId: string): Promise<InboxRow | undefined> {
  return (await inboxRows(database, [conversationId]))[0];
}

/** In the order of the ids; what was deleted meanwhile is left out. */
async function inboxRows(database: Database, ids: readonly string[]): Promise<readonly InboxRow[]> {
  if (ids.length === 0) return [];
  const rows = await listedQuery(database, ids).execute();
  const labels = await labelsOf(database, ids);
  const byId = new Map(rows.map((row) => [row.id, toInboxRow(row, labels.get(row.id) ?? [])]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

interface PageRow extends ConversationRow {
  readonly preview: string | null;
  readonly agent_name: string | null;
  readonly visitor_name: string | null;
  readonly visitor_email: string | null;
  readonly is_verified: number | null;
  readonly last_cause: string | null;
  readonly parked: string | null;
}

type Place = Pick<ConversationRow, 'id' | 'waiting_since' | 'updated_at'>;

async function pagePlaces(database: Database, query: InboxQuery): Promise<readonly Place[]> {
  if (query.search !== undefined && query.search.trim() !== '' && searchTerms(query.search).length === 0) return [];
  const first = await pageQuery(database, query).limit(query.limit).execute();
  const last = first.at(-1);
  if (last === undefined || first.length < query.limit) return first;
  // The cursor is a time, so a page must not end between two rows of the same millisecond.
  const cursor = cursorOf(query.view, last);
  const column = query.view === 'queue' ? 'c.waiting_since' : 'c.updated_at';
  const sameTime = await pageQuery(database, query).where(column, '=', cursor).execute();
  return [...first.filter((row) => cursorOf(query.view, row) !== cursor), ...sameTime];
}

/**
 * Which conversations the page has, without its limit; exported for the test that reads its query plan. What is shown of
 * each is read afterwards: a search has to sort all it finds, and would read it of thousands to show fifty.
 */
export function pageQuery(database: Database, query: InboxQuery) {
  let page = database
    .selectFrom('conversation as c')
    .leftJoin('visitor as v', 'v.id', 'c.visitor_id')
    .select(['c.id', 'c.waiting_since', 'c.updated_at']);
  for (const condition of [...viewConditions(query), ...filterConditions(query.filter ?? {})]) page = page.where(condition);
  for (const term of searchTerms(query.search ?? '')) page = page.where(sql<SqlBool>`c.id in ${conversationsWith(term)}`);
  if (query.view === 'queue') {
    if (query.before !== undefined) page = page.where('c.waiting_since', '>', query.before);
    return page.orderBy('c.waiting_since').orderBy('c.id');
  }
  if (query.before !== undefined) page = page.where('c.updated_at', '<', query.before);
  return page.orderBy('c.updated_at', 'desc');
}

/** Conversations with what the inbox shows of each; exported for the test that reads its query plan. */
export function listedQuery(database: Database, ids: readonly string[]) {
  return database
    .selectFrom('conversation as c')
    .leftJoin('agent as a', 'a.id', 'c.agent_id')
    .leftJoin('visitor as v', 'v.id', 'c.visitor_id')
    .where('c.id', 'in', ids)
    .selectAll('c')
    .select(['a.name as agent_name', 'v.name as visitor_name', 'v.email as visitor_email', 'v.is_verified as is_verified'])
    .select((expression) => [
      expression
        .selectFrom('message as m')
        .select(sql<string>`substr(m.text, 1, ${sql.lit(PREVIEW_CHARACTERS)})`.as('preview'))
        .whereRef('m.conversation_id', '=', 'c.id')
        .where('m.author', '<>', 'system')
        .where('m.text', '<>', '')
        .orderBy('m.seq', 'desc')
        .limit(1)
        .as('preview'),
      expression
        .selectFrom('turn as t')
        .select('t.cause')
        .whereRef('t.conversation_id', '=', 'c.id')
        .orderBy('t.started_at', 'desc')
        .orderBy('t.id', 'desc')
        .limit(1)
        .as('last_cause'),
      expression
        .selectFrom('job as j')
        .select('j.id')
        .whereRef('j.conversation_id', '=', 'c.id')
        .where('j.kind', '=', PARKED_QUESTION)
        .where('j.state', 'in', ['waiting', 'running'])
        .limit(1)
        .as('parked'),
    ]);
}

/** Three counts, each over an index that holds only what is being counted. */
async function inboxCounts(database: Database, agentId: string): Promise<InboxResult['counts']> {
  const counts = await countsQuery(database, agentId).executeTakeFirstOrThrow();
  return { queue: Number(counts.queue), mine: Number(counts.mine), open: Number(counts.open) };
}

/** Exported for the test that reads its query plan. */
export function countsQuery(database: Database, agentId: string) {
  return database.selectNoFrom((expression) => {
    const count = (...conditions: readonly Expression<SqlBool>[]) => {
      let counting = expression.selectFrom('conversation as c').select(sql<number>`count(*)`.as('count'));
      for (const condition of conditions) counting = counting.where(condition);
      return counting;
    };
    return [
      count(IS_WAITING).as('queue'),
      count(sql<SqlBool>`c.agent_id = ${agentId}`, IS_NOT_RESOLVED).as('mine'),
      count(sql<SqlBool>`c.state = 'open'`).as('open'),
    ];
  });
}

function cursorOf(view: InboxQuery['view'], row: Place): number {
  return view === 'queue' ? (row.waiting_since ?? 0) : row.updated_at;
}

/** The words with which a turn says that no model answered it (packages/conversation, turn-outcome). */
const OUTAGE = /^(floor|still parked): /;

function toInboxRow(row: PageRow, labels: readonly Label[]): InboxRow {
  return {
    conversation: toConversation(row),
    preview: row.preview ?? '',
    agentName: row.agent_name ?? undefined,
    labels,
    identity: {
      name: row.visitor_name ?? undefined,
      email: row.visitor_email ?? row.email ?? undefined,
      isVerified: row.is_verified === 1,
    },
    isParked: row.parked !== null,
    isOutage: OUTAGE.test(row.last_cause ?? ''),
  };
}

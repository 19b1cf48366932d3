import type { InboxQuery, InboxResult, InboxRow } from '@stepdown/conversation';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Database } from '../engine/engine.ts';
import type { ConversationRow } from '../schema.ts';
import { toConversation } from './conversation-row.ts';
import { conversationsWith, searchTerms } from './search-words.ts';

const PREVIEW_CHARACTERS = 160;

/** Conditions are written out, not bound: only so does a partial index fit them. */
const IS_WAITING = sql<SqlBool>`c.waiting_since is not null`;
const IS_NOT_RESOLVED = sql<SqlBool>`c.state <> 'resolved'`;

/** One page of a view; every view and the search walk an index (`ConversationStore.inbox`). */
export async function inboxPage(database: Database, query: InboxQuery): Promise<InboxResult> {
  const counts = await inboxCounts(database, query.agentId);
  const rows = await pageRows(database, query);
  const last = rows.length >= query.limit ? rows.at(-1) : undefined;
  return { rows: rows.map(toInboxRow), nextBefore: last === undefined ? undefined : cursorOf(query.view, last), counts };
}

interface PageRow extends ConversationRow {
  readonly preview: string | null;
  readonly agent_name: string | null;
}

async function pageRows(database: Database, query: InboxQuery): Promise<readonly PageRow[]> {
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

/** The page without its limit; exported for the test that reads its query plan. */
export function pageQuery(database: Database, query: InboxQuery) {
  let page = database
    .selectFrom('conversation as c')
    .leftJoin('agent as a', 'a.id', 'c.agent_id')
    .selectAll('c')
    .select('a.name as agent_name')
    .select((expression) =>
      expression
        .selectFrom('message as m')
        .select(sql<string>`substr(m.text, 1, ${sql.lit(PREVIEW_CHARACTERS)})`.as('preview'))
        .whereRef('m.conversation_id', '=', 'c.id')
        .where('m.author', '<>', 'system')
        .orderBy('m.seq', 'desc')
        .limit(1)
        .as('preview'),
    );
  for (const condition of viewConditions(query)) page = page.where(condition);
  for (const term of searchTerms(query.search ?? '')) page = page.where(sql<SqlBool>`c.id in ${conversationsWith(term)}`);
  if (query.view === 'queue') {
    if (query.before !== undefined) page = page.where('c.waiting_since', '>', query.before);
    return page.orderBy('c.waiting_since').orderBy('c.id');
  }
  if (query.before !== undefined) page = page.where('c.updated_at', '<', query.before);
  return page.orderBy('c.updated_at', 'desc');
}

function viewConditions({ view, agentId }: InboxQuery): readonly Expression<SqlBool>[] {
  switch (view) {
    case 'queue':
      return [IS_WAITING];
    case 'mine':
      return [sql<SqlBool>`c.agent_id = ${agentId}`, IS_NOT_RESOLVED];
    case 'open':
      return [sql<SqlBool>`c.state = 'open'`];
    case 'closed':
      return [sql<SqlBool>`c.state = 'resolved'`];
    case 'all':
      return [];
  }
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

function cursorOf(view: InboxQuery['view'], row: PageRow): number {
  return view === 'queue' ? (row.waiting_since ?? 0) : row.updated_at;
}

function toInboxRow(row: PageRow): InboxRow {
  return { conversation: toConversation(row), preview: row.preview ?? '', agentName: row.agent_name ?? undefined };
}

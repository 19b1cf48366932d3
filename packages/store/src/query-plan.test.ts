import type { InboxFilter } from '@stepdown/conversation';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../../test/support/postgres.ts';
import { verifiedQuery } from './access/visitors.ts';
import { countsQuery, listedQuery, pageQuery } from './conversations/inbox.ts';
import type { Database } from './engine/engine.ts';
import { labelsQuery } from './inbox/labels.ts';
import { dueSnoozesQuery, openCountsQuery, waitingQuery } from './inbox/queue.ts';
import { tierRatingsQuery } from './inbox/ratings.ts';
import { type BuildHouse, buildSqliteHouse, type House, postgresHouses } from './testing/harness.ts';
import { NOW } from './testing/records.ts';

const CONVERSATIONS = 4_000;
const BIG_TABLES = ['conversation', 'message', 'search_word', 'turn', 'job', 'visitor', 'conversation_label', 'pick_up', 'rating'];

const server = await startPostgres();
afterAll(() => server?.stop());
const engines: readonly (readonly [string, BuildHouse])[] = [
  ['sqlite', buildSqliteHouse],
  ...(server === undefined ? [] : [['postgres', postgresHouses(server.url)] as const]),
];

/** A year of a busy shop in proportion: nearly all resolved, a few waiting or with a person. */
async function fill(database: Database): Promise<void> {
  const conversations = Array.from({ length: CONVERSATIONS }, (_, index) => ({
    id: `con_${index}`,
    visitor_id: `vis_${index}`,
    site: 'default',
    locale: index % 30 === 0 ? 'de' : 'en',
    state: index % 100 === 0 ? ('open' as const) : ('resolved' as const),
    epoch: 0,
    last_seq: 1,
    last_change: 1,
    sticky_tier: index % 40 === 0 ? ('faq' as const) : null,
    handoff: 'none' as const,
    agent_id: index % 2 === 0 ? `agt_${index % 7}` : null,
    email: index % 9 === 0 ? 'a@mail.example' : null,
    waiting_since: index % 150 === 0 ? NOW + index : null,
    page_url: null,
    page_title: null,
    created_at: NOW + index,
    updated_at: NOW + index,
    snoozed_until: index % 200 === 7 ? NOW + index : null,
  }));
  const visitors = conversations.map(({ visitor_id: id }, index) => ({
    id,
    token_hash: `hash${index}`,
    name: null,
    email: index % 50 === 0 ? `v${index}@mail.example` : null,
    is_verified: index % 50 === 0 ? (1 as const) : (0 as const),
    created_at: NOW,
    seen_at: NOW,
  }));
  await database
    .insertInto('label')
    .values({ id: 'lab_1', name: 'Refund', name_key: 'refund', colour: '#112233', created_at: NOW })
    .execute();
  const words = conversations.flatMap(({ id }, index) => [
    { subject_id: id, word: `word${index}` },
    { subject_id: id, word: 'common' },
  ]);
  for (let from = 0; from < CONVERSATIONS; from += 500) {
    await database
      .insertInto('conversation')
      .values(conversations.slice(from, from + 500))
      .execute();
    await database
      .insertInto('search_word')
      .values(words.slice(2 * from, 2 * from + 1_000))
      .execute();
    await database
      .insertInto('visitor')
      .values(visitors.slice(from, from + 500))
      .execute();
    const labelled = conversations.slice(from, from + 500).filter((_, index) => index % 25 === 0);
    await database
      .insertInto('conversation_label')
      .values(labelled.map(({ id }) => ({ conversation_id: id, label_id: 'lab_1' })))
      .execute();
  }
  await sql`analyze`.execute(database);
}

interface PlanRow {
  readonly detail?: string;
  readonly 'QUERY PLAN'?: string;
}

async function plan(
  { engine }: House,
  query: { compile(): { readonly sql: string; readonly parameters: readonly unknown[] } },
): Promise<string> {
  const { sql: text, parameters } = query.compile();
  const explain = engine.kind === 'sqlite' ? `explain query plan ${text}` : `explain ${text}`;
  const pieces = explain.split(engine.kind === 'sqlite' ? /\?/ : /\$\d+/);
  const bound = sql.join(
    pieces.map((piece, index) => (index < parameters.length ? sql`${sql.raw(piece)}${parameters[index]}` : sql.raw(piece))),
    sql.raw(''),
  );
  const rows = await engine.database.transaction().execute(async (reading) => {
    // At this size reading everything is the better plan. What has to be shown is that at another size there is one.
    if (engine.kind === 'postgres') await sql`set local enable_seqscan = off`.execute(reading);
    return (await sql<PlanRow>`${bound}`.execute(reading)).rows;
  });
  return rows.map((row) => row.detail ?? row['QUERY PLAN'] ?? '').join('\n');
}

/** Tables read from end to end without an index. */
function fullScans(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => /\bSCAN (?!.*USING (COVERING )?INDEX)|Seq Scan on/.test(line));
  return lines.filter(
    (line) =>
      BIG_TABLES.some((table) => line.includes(`on ${table}`)) || /SCAN (c|c2|m|w|v|t|j|l|search_word|pick_up|rating|job)\b/.test(line),
  );
}

describe.each(engines)('query plans on %s', (_, build) => {
  let house: House;
  beforeAll(async () => {
    house = await build();
    await fill(house.engine.database);
  }, 30_000);
  afterAll(() => house.close());

  it.each(['queue', 'mine', 'open', 'closed', 'all'] as const)('[ST16] reads view %s from its index', async (view) => {
    for (const before of [undefined, NOW + 2_000]) {
      const query = pageQuery(house.engine.database, { view, agentId: 'agt_2', limit: 30, before }).limit(30);
      const text = await plan(house, query);
      expect(fullScans(text), text).toEqual([]);
      expect(text).toMatch(/conversation_(queue|mine|by_state|by_update)/);
    }
  });

  it.each(['queue', 'mine', 'open', 'closed', 'all'] as const)('[ST17] searches view %s through the word index', async (view) => {
    for (const search of ['word12', 'common word3999', '返品']) {
      const query = pageQuery(house.engine.database, { view, agentId: 'agt_2', limit: 30, search }).limit(30);
      const text = await plan(house, query);
      expect(fullScans(text), text).toEqual([]);
    }
  });

  it('[ST16] counts without reading resolved conversations', async () => {
    const text = await plan(house, countsQuery(house.engine.database, 'agt_2'));
    expect(fullScans(text), text).toEqual([]);
    expect(text).toContain('conversation_queue');
    expect(text).toContain('conversation_mine');
    expect(text).toContain('conversation_by_state');
  });

  const FILTERS: readonly InboxFilter[] = [
    { state: 'snoozed' },
    { labelId: 'lab_1' },
    { tier: { id: 'faq', isGlobal: false } },
    { tier: { id: 'claude', isGlobal: true } },
    { tier: { id: 'handoff', isGlobal: false } },
    { locale: 'de' },
    { assignedTo: 'agt_2' },
    { assignedTo: 'nobody' },
    { hasEmail: true },
    { hasEmail: false },
    { isVerified: true },
    { isVerified: false },
    { waitingSinceBefore: NOW + 900 },
    { locale: 'de', hasEmail: true, labelId: 'lab_1' },
  ];

  it.each(FILTERS.map((filter) => [JSON.stringify(filter), filter] as const))(
    '[ST40] filters by %s through an index',
    async (_, filter) => {
      for (const view of ['queue', 'mine', 'open', 'closed', 'all'] as const) {
        for (const search of [undefined, 'word12']) {
          const query = pageQuery(house.engine.database, { view, agentId: 'agt_2', limit: 30, filter, search }).limit(30);
          const text = await plan(house, query);
          expect(fullScans(text), text).toEqual([]);
        }
      }
    },
  );

  it.each([
    ['who waits', (database: Database) => waitingQuery(database).limit(50)],
    ['whose snooze is over', (database: Database) => dueSnoozesQuery(database, NOW).limit(50)],
    ['how many each agent has', openCountsQuery],
    ['what a page shows', (database: Database) => listedQuery(database, ['con_1', 'con_2'])],
    ['the labels of a page', (database: Database) => labelsQuery(database, ['con_1', 'con_2'])],
    ['thumbs by tier', (database: Database) => tierRatingsQuery(database, NOW)],
    ['verified visitors with an address', (database: Database) => verifiedQuery(database, 'v50@mail.example')],
  ] as const)('[ST40] reads %s from an index', async (_, query) => {
    const text = await plan(house, query(house.engine.database));
    expect(fullScans(text), text).toEqual([]);
  });

  it('[ST16] notices a full scan', async () => {
    const query = house.engine.database.selectFrom('conversation as c').selectAll().where('c.page_url', '=', '/x');
    expect(fullScans(await plan(house, query))).toHaveLength(1);
  });
});

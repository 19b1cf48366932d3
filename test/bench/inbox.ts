import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { InboxFilter, InboxQuery } from '@stepdown/conversation';
import { silentLog, systemClock } from '@stepdown/kernel';
import { openStore, type Store } from '@stepdown/store';
import { SEEDED_AT, seedInbox } from './inbox/seed.ts';

/** What an agent waits for at most; above it a row is marked. */
const BUDGET_MS = 50;
const RUNS = 25;
const PAGE = 50;

interface Row {
  readonly name: string;
  readonly rows: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** `npm run bench -- inbox [--conversations 50000]`: how long the inbox of a big house takes, on the embedded store. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { conversations: { type: 'string', default: '50000' } } });
  const conversations = Number(values.conversations);
  const startedAt = performance.now();
  const dataDir = await seedInbox(conversations);
  const seedSeconds = (performance.now() - startedAt) / 1000;
  const store = await openStore({ dataDir, clock: systemClock, log: silentLog });
  try {
    const rows = await measureAll(store, conversations);
    const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
    print(rows, `${conversations.toLocaleString('en')} conversations, seeded in ${seedSeconds.toFixed(0)} s, peak memory ${peakMb} MB`);
    mkdirSync('bench-results', { recursive: true });
    writeFileSync('bench-results/inbox.json', `${JSON.stringify({ conversations, page: PAGE, runs: RUNS, peakMb, rows }, null, 2)}\n`);
  } finally {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureAll(store: Store, conversations: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, query] of queries(conversations)) {
    rows.push(await measure(name, async () => (await store.conversations.inbox({ agentId: 'agt_1', limit: PAGE, ...query })).rows.length));
  }
  const middle = `con_${String(Math.floor(conversations / 2)).padStart(7, '0')}`;
  rows.push(
    await measure('one row, as an event brings it', async () => ((await store.conversations.inboxRow(middle)) === undefined ? 0 : 1)),
  );
  rows.push(await measure('everybody who waits', async () => (await store.queue.waiting(500)).length));
  rows.push(await measure('open conversations by agent', async () => (await store.queue.openCounts()).size));
  return rows;
}

function queries(conversations: number): readonly (readonly [string, Pick<InboxQuery, 'view' | 'search' | 'filter' | 'before'>])[] {
  const filter = (name: string, of: InboxFilter): readonly [string, Pick<InboxQuery, 'view' | 'filter'>] => [
    `filter: ${name}`,
    { view: 'all', filter: of },
  ];
  return [
    ...(['queue', 'mine', 'open', 'closed', 'all'] as const).map((view) => [`first page: ${view}`, { view }] as const),
    ['page in the middle: all', { view: 'all', before: SEEDED_AT + (conversations / 2) * 60_000 }],
    ['search: a frequent word', { view: 'all', search: 'order' }],
    ['search: a rare word', { view: 'all', search: '4242' }],
    ['search: two words', { view: 'all', search: 'descale filter' }],
    ['search: the beginning of a word', { view: 'all', search: 'de' }],
    ['search: nothing found', { view: 'all', search: 'quetzalcoatlus' }],
    ['search in closed', { view: 'closed', search: 'birch' }],
    filter('state snoozed', { state: 'snoozed' }),
    filter('label', { labelId: 'lab_1' }),
    filter('tier faq', { tier: { id: 'faq', isGlobal: false } }),
    filter('tier claude (global)', { tier: { id: 'claude', isGlobal: true } }),
    filter('locale ja', { locale: 'ja' }),
    filter('locale nobody has', { locale: 'xx' }),
    filter('agent', { assignedTo: 'agt_3' }),
    filter('has e-mail', { hasEmail: true }),
    filter('identity verified', { isVerified: true }),
    filter('waited longer', { waitingSinceBefore: SEEDED_AT + 1_000 * 60_000 }),
    ['search and three filters', { view: 'all', search: 'refund', filter: { locale: 'de', hasEmail: true, isVerified: false } }],
  ];
}

async function measure(name: string, ask: () => Promise<number>): Promise<Row> {
  const times: number[] = [];
  let rows = 0;
  for (let index = 0; index <= RUNS; index += 1) {
    const before = performance.now();
    rows = await ask();
    // The first one compiles the statement.
    if (index > 0) times.push(performance.now() - before);
  }
  times.sort((left, right) => left - right);
  return { name, rows, p50Ms: at(times, 0.5), p95Ms: at(times, 0.95) };
}

function at(sorted: readonly number[], share: number): number {
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0) * 100) / 100;
}

function print(rows: readonly Row[], title: string): void {
  console.log(`\nInbox: ${title}; a page has ${PAGE} rows, the budget is ${BUDGET_MS} ms`);
  console.log(`${''.padEnd(34)}   rows   p50 ms   p95 ms`);
  for (const { name, rows: count, p50Ms, p95Ms } of rows) {
    const mark = p95Ms > BUDGET_MS ? '  over budget' : '';
    console.log(`${name.padEnd(34)}${String(count).padStart(7)}${p50Ms.toFixed(2).padStart(9)}${p95Ms.toFixed(2).padStart(9)}${mark}`);
  }
}

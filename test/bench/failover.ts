import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../chaos/support/report.ts';
import { root } from '../support/server.ts';
import { BENCH_FAULTS, type BenchFault } from './failover/faults.ts';
import { type Goal, goalsOf } from './failover/goals.ts';
import { type BenchOptions, learnHealthyTexts, type Measured, measureFault } from './failover/measure.ts';
import { peerKinds } from './failover/peers.ts';
import { PLAIN_LOOP } from './failover/plain-loop.ts';
import { stepdownKind } from './failover/stepdown.ts';
import type { SubjectKind } from './failover/subject.ts';

const PRODUCT = stepdownKind({ name: 'Stepdown', isDefault: false });
const SHIPPED = stepdownKind({ name: 'Stepdown, as shipped', isDefault: true });
const CAP_MS = 15_000;
/** A trickle of a token a second ends by itself, after a minute. */
const TRICKLE_CAP_MS = 90_000;
/** Subjects at one time: a fault that shows at once is measured in milliseconds, and they share the machine. */
const IMMEDIATE_LANES = 3;

/**
 * The whole path from the question to the last word, compared with the plain SDK loop and with what others use for
 * failover: same faults, same thresholds, one run. Exit code 1 when a goal is missed.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      fault: { type: 'string', multiple: true },
      'threshold-ms': { type: 'string', default: '2000' },
      requests: { type: 'string', default: '6' },
      'no-peers': { type: 'boolean', default: false },
    },
  });
  const thresholdMs = Number(values['threshold-ms']);
  const base = { thresholdMs, capMs: CAP_MS, warmUps: 4, requests: Number(values.requests), texts: [] };
  const options: BenchOptions = { ...base, texts: await learnHealthyTexts(PLAIN_LOOP, base) };
  const peers = values['no-peers'] ? [] : ((await peerKinds()) ?? []);
  const kinds = [PRODUCT, PLAIN_LOOP, ...peers];
  const faults = BENCH_FAULTS.filter(({ id }) => values.fault === undefined || values.fault.includes(id));
  const results: Measured[] = [];
  for (const fault of faults) {
    console.log(`  ${fault.id} …`);
    results.push(...(await measureOne(fault, kinds, options)));
  }
  const goals = goalsOf(results, PRODUCT.name, SHIPPED.name, thresholdMs);
  print(results, goals);
  const folder = path.join(root, 'bench-results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'failover.json'),
    `${JSON.stringify({ at: new Date().toISOString(), thresholdMs, results, goals }, null, 2)}\n`,
  );
  console.log('\nwritten to bench-results/failover.json');
  if (goals.some(({ isMet }) => !isMet)) process.exitCode = 1;
}

async function measureOne(fault: BenchFault, kinds: readonly SubjectKind[], options: BenchOptions): Promise<readonly Measured[]> {
  if (fault.group === 'trickle') return measureFault(fault, kinds, { ...options, capMs: TRICKLE_CAP_MS });
  if (fault.group !== 'immediate') return measureFault(fault, kinds, options);
  const results: Measured[] = [];
  const all = [SHIPPED, ...kinds];
  for (let start = 0; start < all.length; start += IMMEDIATE_LANES) {
    results.push(...(await measureFault(fault, all.slice(start, start + IMMEDIATE_LANES), options)));
  }
  return results;
}

function print(results: readonly Measured[], goals: readonly Goal[]): void {
  const ms = (value: number | undefined): string => (value === undefined || Number.isNaN(value) ? 'never' : String(Math.round(value)));
  const rows = results.map((result) => [
    result.fault,
    result.subject,
    `${result.complete}/${result.requests}`,
    result.glued,
    ms(result.healthyMs),
    ms(result.firstRequestMs),
    ms(result.medianMs),
    ms(result.medianFirstTextMs),
    ms(result.longestGapMs),
    result.paying,
    result.error ?? '',
  ]);
  const head = [
    'fault',
    'subject',
    'complete',
    'glued',
    'healthy ms',
    'first request ms',
    'median ms',
    'median first text ms',
    'longest gap ms',
    'paying',
    'error',
  ];
  console.log(`\n${table(head, rows)}\n`);
  console.log(
    table(
      ['goal', 'met', 'measured'],
      goals.map(({ name, isMet, measured }) => [name, isMet ? 'yes' : 'NO', measured]),
    ),
  );
}

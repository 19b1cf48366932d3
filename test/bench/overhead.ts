import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { table } from '../chaos/support/report.ts';
import { root } from '../support/server.ts';
import { median } from './failover/measure.ts';
import { ENTRY_ANSWER, PROMPT, QUESTION } from './failover/prompt.ts';
import { startProviders } from './failover/providers.ts';
import { LONG_ANSWER, LONG_PROMPT } from './overhead/long-entry.ts';
import { startProductLoad } from './overhead/stepdown-load.ts';
import type { BareReport, BareRequest } from './overhead/worker-protocol.ts';

const ADDED_FIRST_TEXT_LIMIT_MS = 2;
const CPU_RATIO_LIMIT = 1.3;
/** Both programs are measured as they run after their first minutes; more would meet the message limit of one address. */
const WARM_UPS = 30;
const REST_MS = 150;
const PACE = { firstTokenMs: 40, tokenGapMs: 4 };

/**
 * What the whole product costs over the bare SDK on a healthy provider: time to first text, one question at a time,
 * and CPU per token with streams side by side. Exit code 1 when a goal is missed.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      answers: { type: 'string', default: '30' },
      'at-once': { type: 'string', default: '10' },
      'first-texts': { type: 'string', default: '30' },
    },
  });
  const answers = Number(values.answers);
  const atOnce = Number(values['at-once']);
  const providers = await startProviders(PACE);
  const worker = fork(path.join(root, 'test/bench/overhead/bare-worker.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const bare: Bare = (system, count, lanes) =>
    askWorker(worker, { baseUrl: providers.urls.claude, system, question: QUESTION, answers: count, atOnce: lanes });
  try {
    const firstTexts = await compareFirstTexts(Number(values['first-texts']), bare, providers.urls.claude);
    report({ ...firstTexts, ...(await compareCpu({ answers, atOnce }, bare, providers.urls.claude)) });
  } finally {
    worker.kill();
    providers.stop();
  }
}

type Bare = (system: string, count: number, lanes: number) => Promise<BareReport>;

/** Long answers, so that what a token costs outweighs what a turn costs. */
async function compareCpu(
  { answers, atOnce }: Pick<Load, 'answers' | 'atOnce'>,
  bare: Bare,
  claudeUrl: string,
): Promise<Omit<Load, keyof FirstTexts>> {
  const product = await startProductLoad(claudeUrl, LONG_ANSWER);
  try {
    // The first answers compile both programs.
    await bare(LONG_PROMPT.system, 4, 4);
    await product.work(4, 4);
    const load = await bare(LONG_PROMPT.system, answers, atOnce);
    const before = await product.cpuMs();
    await product.work(answers, atOnce);
    return { tokens: load.tokens, bareCpuMs: load.cpuMs, productCpuMs: (await product.cpuMs()) - before, answers, atOnce };
  } finally {
    await product.stop();
  }
}

interface FirstTexts {
  readonly bareFirstTextMs: number;
  readonly productFirstTextMs: number;
  readonly addedFirstTextMs: number;
}

/** In turns, so that what else happens on the machine hits both alike; the median of the differences. */
async function compareFirstTexts(count: number, bare: Bare, claudeUrl: string): Promise<FirstTexts> {
  const product = await startProductLoad(claudeUrl, ENTRY_ANSWER);
  const pairs: { readonly bareMs: number; readonly productMs: number }[] = [];
  try {
    await bare(PROMPT.system, WARM_UPS, 8);
    await product.work(WARM_UPS, 8);
    for (let index = 0; index < count; index += 1) {
      // What follows an answer (saving it, telling the inbox) is over before the next question, as with people.
      await pause(REST_MS);
      const bareMs = (await bare(PROMPT.system, 1, 1)).firstTextMs[0] ?? Number.NaN;
      await pause(REST_MS);
      pairs.push({ bareMs, productMs: (await product.work(1, 1))[0] ?? Number.NaN });
    }
  } finally {
    await product.stop();
  }
  return {
    bareFirstTextMs: median(pairs.map(({ bareMs }) => bareMs)) ?? Number.NaN,
    productFirstTextMs: median(pairs.map(({ productMs }) => productMs)) ?? Number.NaN,
    addedFirstTextMs: median(pairs.map(({ bareMs, productMs }) => productMs - bareMs)) ?? Number.NaN,
  };
}

function askWorker(worker: ChildProcess, request: BareRequest): Promise<BareReport> {
  return new Promise((resolve, reject) => {
    worker.once('message', (report) => resolve(asReport(report)));
    worker.send(request, (error) => error && reject(error));
  });
}

/** Guaranteed by `bare-worker.ts`, which answers with nothing else. */
function asReport(message: unknown): BareReport {
  return message as BareReport;
}

interface Load extends FirstTexts {
  readonly tokens: number;
  readonly bareCpuMs: number;
  readonly productCpuMs: number;
  readonly answers: number;
  readonly atOnce: number;
}

function report(load: Load): void {
  const added = load.addedFirstTextMs;
  const perToken = (cpuMs: number): number => (cpuMs * 1_000) / load.tokens;
  const ratio = load.productCpuMs / load.bareCpuMs;
  const rows = [
    [
      'first text, median ms',
      load.bareFirstTextMs.toFixed(1),
      load.productFirstTextMs.toFixed(1),
      `+ ${added.toFixed(1)} ms`,
      `≤ + ${ADDED_FIRST_TEXT_LIMIT_MS} ms`,
      added <= ADDED_FIRST_TEXT_LIMIT_MS ? 'yes' : 'NO',
    ],
    [
      'CPU per token, µs',
      perToken(load.bareCpuMs).toFixed(0),
      perToken(load.productCpuMs).toFixed(0),
      `× ${ratio.toFixed(2)}`,
      `≤ × ${CPU_RATIO_LIMIT}`,
      ratio <= CPU_RATIO_LIMIT ? 'yes' : 'NO',
    ],
  ];
  console.log(`\n${load.answers} answers, ${load.atOnce} side by side, ${Math.round(load.tokens / load.answers)} tokens each\n`);
  console.log(table(['', 'bare SDK', 'Stepdown', 'added', 'goal', 'met'], rows));
  const folder = path.join(root, 'bench-results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'overhead.json'),
    `${JSON.stringify({ at: new Date().toISOString(), ...load, cpuRatio: ratio }, null, 2)}\n`,
  );
  console.log('\nwritten to bench-results/overhead.json');
  if (added > ADDED_FIRST_TEXT_LIMIT_MS || ratio > CPU_RATIO_LIMIT) process.exitCode = 1;
}

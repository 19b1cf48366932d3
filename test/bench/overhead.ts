import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../chaos/support/report.ts';
import { root } from '../support/server.ts';
import { median } from './failover/measure.ts';
import { QUESTION } from './failover/prompt.ts';
import { startProviders } from './failover/providers.ts';
import { LONG_PROMPT } from './overhead/long-entry.ts';
import { startProductLoad } from './overhead/stepdown-load.ts';
import type { BareReport, BareRequest } from './overhead/worker-protocol.ts';

const ADDED_FIRST_TEXT_LIMIT_MS = 2;
const CPU_RATIO_LIMIT = 1.3;
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
  const product = await startProductLoad(providers.urls.claude);
  const worker = fork(path.join(root, 'test/bench/overhead/bare-worker.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const bare = (count: number, lanes: number): Promise<BareReport> =>
    askWorker(worker, { baseUrl: providers.urls.claude, system: LONG_PROMPT.system, question: QUESTION, answers: count, atOnce: lanes });
  try {
    // Text at once, so that the many questions take no time; the first ones compile both programs.
    await providers.setPace({ ...PACE, tokenGapMs: 0 });
    await bare(6, 2);
    await product.work(6, 2);
    const firstTexts = await compareFirstTexts(Number(values['first-texts']), bare, (count) => product.work(count, 1));
    await providers.setPace(PACE);
    const bareLoad = await bare(answers, atOnce);
    const before = await product.cpuMs();
    await product.work(answers, atOnce);
    const productCpuMs = (await product.cpuMs()) - before;
    report({ ...firstTexts, tokens: bareLoad.tokens, bareCpuMs: bareLoad.cpuMs, productCpuMs, answers, atOnce });
  } finally {
    worker.kill();
    await product.stop();
    providers.stop();
  }
}

interface FirstTexts {
  readonly bareFirstTextMs: number;
  readonly productFirstTextMs: number;
}

/** In turns, so that what else happens on the machine hits both alike. */
async function compareFirstTexts(
  count: number,
  bare: (count: number, lanes: number) => Promise<BareReport>,
  product: (count: number) => Promise<readonly number[]>,
): Promise<FirstTexts> {
  const bareMs: number[] = [];
  const productMs: number[] = [];
  for (let index = 0; index < count; index += 1) {
    bareMs.push(...(await bare(1, 1)).firstTextMs);
    productMs.push(...(await product(1)));
  }
  return { bareFirstTextMs: median(bareMs) ?? Number.NaN, productFirstTextMs: median(productMs) ?? Number.NaN };
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
  const added = load.productFirstTextMs - load.bareFirstTextMs;
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
    `${JSON.stringify({ at: new Date().toISOString(), ...load, addedFirstTextMs: added, cpuRatio: ratio }, null, 2)}\n`,
  );
  console.log('\nwritten to bench-results/overhead.json');
  if (added > ADDED_FIRST_TEXT_LIMIT_MS || ratio > CPU_RATIO_LIMIT) process.exitCode = 1;
}

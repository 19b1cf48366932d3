import type { Latency } from './latency.ts';
import type { SetMetrics } from './metrics.ts';

const percent = (value: number): string => (Number.isNaN(value) ? '-' : (100 * value).toFixed(1)).padStart(7);

const COLUMNS: readonly (readonly [string, (metrics: SetMetrics) => number])[] = [
  ['top-1', (one) => one.top1],
  ['para', (one) => one.paraphrase],
  ['typo', (one) => one.typo],
  ['short', (one) => one.short],
  ['top-3', (one) => one.top3],
  ['AUROC', (one) => one.auroc],
  ['F1', (one) => one.f1],
  ['prec', (one) => one.precision],
  ['recall', (one) => one.recall],
  ['refused', (one) => one.refused],
  ['wrong', (one) => one.wrong],
];

export function printMetrics(title: string, metrics: Readonly<Record<string, SetMetrics>>, rows: readonly string[]): void {
  console.log(`\n${title}\n${' '.repeat(24)}${COLUMNS.map(([name]) => name.padStart(7)).join('')}  p99 ms`);
  for (const row of rows) {
    const one = metrics[row];
    if (one !== undefined)
      console.log(row.padEnd(24) + COLUMNS.map(([, pick]) => percent(pick(one))).join('') + one.p99Ms.toFixed(2).padStart(8));
  }
}

export function printLatency(name: string, list: readonly Latency[]): void {
  for (const { entries, buildMs, p50Ms, p99Ms, longMessageMs } of list) {
    const times = `p50 ${p50Ms.toFixed(2)} ms  p99 ${p99Ms.toFixed(2)} ms  4,000 characters ${longMessageMs.toFixed(2)} ms`;
    console.log(`${name.padEnd(14)} ${String(entries).padStart(6)} entries  build ${buildMs.toFixed(0).padStart(6)} ms  ${times}`);
  }
}

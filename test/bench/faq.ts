import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineParts } from '@stepdown/faq';
import { fitCalibration, rescore } from './faq/calibrate.ts';
import type { BenchEngine, EngineName } from './faq/engines.ts';
import { createStepdown, ENGINES } from './faq/engines.ts';
import { type Latency, measureLatency } from './faq/latency.ts';
import type { SetMetrics, SetRun } from './faq/metrics.ts';
import { macroOf, mean, metricsOf, recallAtWrong, servedAt, tuneThreshold } from './faq/metrics.ts';
import { loadSets, type QuestionSet } from './faq/question-set.ts';
import { printLatency, printMetrics } from './faq/table.ts';

const DEFAULT_DATA = '../shared/faq-bench/data';
const RESULTS = 'bench-results';
const PARTS: readonly (keyof EngineParts)[] = ['bigrams', 'characterGrams', 'concepts', 'correction', 'classifier', 'background'];

type Create = (faqs: QuestionSet['faqs']) => BenchEngine;

interface Report {
  readonly data: string;
  readonly sets: readonly string[];
  quality?: Record<string, Record<string, SetMetrics>>;
  ablation?: Record<string, SetMetrics>;
  calibration?: unknown;
  latency?: Record<string, Latency[]>;
}

/**
 * FAQ benchmark: `--data DIR`, `--engine NAME` (repeatable), `--sizes 100,1000,10000` (or `0` for none), `--ablate`,
 * `--calibrate`. Prints tables and writes `bench-results/faq.json`.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string', default: DEFAULT_DATA },
      engine: { type: 'string', multiple: true, default: Object.keys(ENGINES) },
      sizes: { type: 'string', default: '100,1000,10000' },
      ablate: { type: 'boolean', default: false },
      calibrate: { type: 'boolean', default: false },
    },
  });
  const sets = loadSets(values.data);
  const names = values.engine.filter(isEngineName);
  const report: Report = { data: values.data, sets: sets.map(({ name }) => name) };
  const quality = Object.fromEntries(names.map((name) => [name, judge(name, ENGINES[name], sets)]));
  report.quality = quality;
  if (values.ablate) report.ablation = ablate(sets);
  if (values.calibrate) report.calibration = calibrate(sets);
  const sizes = values.sizes
    .split(',')
    .map(Number)
    .filter((size) => size > 0);
  if (sizes.length > 0) report.latency = Object.fromEntries(names.map((name) => [name, latencies(name, sets, sizes)]));
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, 'faq.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nwritten to ${join(RESULTS, 'faq.json')}`);
}

function isEngineName(name: string): name is EngineName {
  return Object.hasOwn(ENGINES, name);
}

function runSet(create: Create, set: QuestionSet): SetRun {
  const startedAt = performance.now();
  const engine = create(set.faqs);
  const buildMs = performance.now() - startedAt;
  const rows = set.queries.map((query) => {
    const askedAt = performance.now();
    const found = engine.search(query.text, 10);
    const [top] = found;
    return {
      query,
      topId: top?.id ?? null,
      score: top?.score ?? Number.NEGATIVE_INFINITY,
      rank: query.expected === null ? -1 : found.findIndex(({ id }) => id === query.expected),
      elapsedMs: performance.now() - askedAt,
      ...(top?.vote === undefined ? {} : { vote: top.vote, rivalVote: top.rivalVote ?? 0 }),
    };
  });
  return { set, rows, buildMs };
}

const isEnglish = (run: SetRun): boolean => run.set.lang === 'en';

/** One threshold for the English sets and one for the others, each tuned on the sets themselves. */
function judge(name: string, create: Create, sets: readonly QuestionSet[]): Record<string, SetMetrics> {
  const runs = sets.map((set) => runSet(create, set));
  const metrics: Record<string, SetMetrics> = {};
  for (const [label, group] of [
    ['English', runs.filter(isEnglish)],
    ['other languages', runs.filter((one) => !isEnglish(one))],
  ] as const) {
    if (group.length === 0) continue;
    const threshold = tuneThreshold(group);
    for (const one of group) metrics[one.set.name] = metricsOf(one, threshold);
    metrics[`mean, ${label}`] = macroOf(group.map((one) => metricsOf(one, threshold)));
    const strict = recallAtWrong(group, 0.05);
    printMetrics(
      `${name}: ${label}, threshold ${threshold.toFixed(3)}`,
      metrics,
      group.map((one) => one.set.name).concat(`mean, ${label}`),
    );
    console.log(
      `  recall where at most 5 % of all queries get a wrong answer: ${(100 * strict.recall).toFixed(1)} % (threshold ${strict.threshold.toFixed(3)})`,
    );
  }
  return metrics;
}

/** What each part adds: the English mean with that part off. */
function ablate(sets: readonly QuestionSet[]): Record<string, SetMetrics> {
  const english = sets.filter(({ lang }) => lang === 'en');
  const results: Record<string, SetMetrics> = {};
  for (const part of [undefined, ...PARTS]) {
    const runs = english.map((set) => runSet((faqs) => createStepdown(faqs, part === undefined ? {} : { parts: { [part]: false } }), set));
    results[part === undefined ? 'everything' : `without ${part}`] = macroOf(runs.map((one) => metricsOf(one, tuneThreshold(runs))));
  }
  printMetrics('what each part adds (English mean, threshold tuned each time)', results, Object.keys(results));
  return results;
}

/** Fits the calibration, and judges it on the set that was left out of fit and threshold. */
function calibrate(sets: readonly QuestionSet[]): unknown {
  const runs = sets.filter(({ lang }) => lang === 'en').map((set) => runSet((faqs) => createStepdown(faqs), set));
  const coefficients = fitCalibration(runs);
  const threshold = tuneThreshold(rescore(runs, coefficients));
  const leftOut = runs.map((held) => {
    const others = runs.filter((one) => one !== held);
    const fitted = fitCalibration(others);
    const cut = tuneThreshold(rescore(others, fitted));
    const strict = recallAtWrong(rescore(others, fitted), 0.05).threshold;
    const rows = rescore([held], fitted)[0]?.rows ?? [];
    return { name: held.set.name, served: servedAt(rows, cut), strict: servedAt(rows, strict) };
  });
  const strictThreshold = recallAtWrong(rescore(runs, coefficients), 0.05).threshold;
  const leaveOneOut = {
    f1: mean(leftOut.map(({ served }) => served.f1)),
    strictRecall: mean(leftOut.map(({ strict }) => strict.recall)),
    strictWrong: mean(leftOut.map(({ strict }) => strict.wrong)),
  };
  console.log('\ncalibration', coefficients, { threshold, strictThreshold }, '\nleave one set out', leaveOneOut);
  for (const one of leftOut)
    console.log(`  ${one.name.padEnd(22)} F1 ${(100 * one.served.f1).toFixed(1)}  wrong ${(100 * one.served.wrong).toFixed(1)}`);
  return { coefficients, threshold, strictThreshold, leaveOneOut };
}

function latencies(name: EngineName, sets: readonly QuestionSet[], sizes: readonly number[]): Latency[] {
  const english = sets.filter(({ lang }) => lang === 'en');
  const results = sizes.filter((size) => size < 10_000 || name === 'stepdown').map((size) => measureLatency(ENGINES[name], english, size));
  printLatency(name, results);
  return results;
}

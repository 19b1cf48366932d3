import type { Query, QuestionSet } from './question-set.ts';

/** What an engine said to one query. */
export interface Row {
  readonly query: Query;
  readonly topId: string | null;
  /** −∞ when nothing was found. */
  readonly score: number;
  /** Place of the expected entry, 0 first; −1 when it is not among the first ten or nothing is expected. */
  readonly rank: number;
  readonly elapsedMs: number;
  /** What calibrated engines saw. */
  readonly vote?: number;
  readonly rivalVote?: number;
}

export interface SetRun {
  readonly set: QuestionSet;
  readonly rows: readonly Row[];
  readonly buildMs: number;
}

export interface Served {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly refused: number;
  /** Share of all queries that got a wrong answer. */
  readonly wrong: number;
}

/** Share, or NaN when there is nothing to divide by: such a set does not count in the mean. */
const share = (part: number, whole: number): number => (whole === 0 ? Number.NaN : part / whole);

/** What reaches the visitor when everything at and above the threshold is served. */
export function servedAt(rows: readonly Row[], threshold: number): Served {
  const inScope = rows.filter((row) => row.query.expected !== null).length;
  const answered = rows.filter((row) => row.score >= threshold && row.topId !== null);
  const right = answered.filter((row) => row.topId === row.query.expected).length;
  const outOfScopeAnswered = answered.filter((row) => row.query.expected === null).length;
  const precision = answered.length === 0 ? 1 : right / answered.length;
  const recall = share(right, inScope);
  return {
    precision,
    recall,
    f1: precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0,
    refused: 1 - share(outOfScopeAnswered, rows.length - inScope),
    wrong: (answered.length - right) / rows.length,
  };
}

/** Probability that an answerable query scores above an unanswerable one; ties count half. */
export function auroc(rows: readonly Row[]): number {
  const finite = (score: number): number => (Number.isFinite(score) ? score : -1e9);
  const sorted = rows
    .map((row) => ({ score: finite(row.score), isInScope: row.query.expected !== null }))
    .sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end]?.score === sorted[start]?.score) end += 1;
    for (let place = start; place < end; place++) if (sorted[place]?.isInScope === true) rankSum += (start + end + 1) / 2;
    start = end;
  }
  const positives = sorted.filter(({ isInScope }) => isInScope).length;
  return share(rankSum - (positives * (positives + 1)) / 2, positives * (sorted.length - positives));
}

/** The one threshold with the best mean F1 over the sets, searched over 200 quantiles of all scores. */
export function tuneThreshold(runs: readonly SetRun[]): number {
  const scores = runs
    .flatMap(({ rows }) => rows.map(({ score }) => score))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  let best = { f1: -1, threshold: 0 };
  for (let step = 0; step <= 200; step++) {
    const threshold = scores[Math.min(scores.length - 1, Math.floor((step / 200) * scores.length))] ?? 0;
    const f1 = mean(runs.map(({ rows }) => servedAt(rows, threshold).f1));
    if (f1 > best.f1) best = { f1, threshold };
  }
  return best.threshold;
}

/** Highest mean recall at one threshold with which at most `wrongShare` of all queries get a wrong answer. */
export function recallAtWrong(runs: readonly SetRun[], wrongShare: number): { recall: number; threshold: number } {
  const scores = [...new Set(runs.flatMap(({ rows }) => rows.map(({ score }) => score)))].filter(Number.isFinite).sort((a, b) => b - a);
  let best = { recall: 0, threshold: Number.POSITIVE_INFINITY };
  for (let step = 0; step <= 400; step++) {
    const threshold = scores[Math.floor((step / 400) * (scores.length - 1))] ?? 0;
    const served = runs.map(({ rows }) => servedAt(rows, threshold));
    const recall = mean(served.map((one) => one.recall));
    if (mean(served.map(({ wrong }) => wrong)) <= wrongShare && recall > best.recall) best = { recall, threshold };
  }
  return best;
}

export interface SetMetrics extends Served {
  readonly queries: number;
  readonly top1: number;
  readonly paraphrase: number;
  readonly typo: number;
  readonly short: number;
  readonly top3: number;
  readonly auroc: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly buildMs: number;
}

export function metricsOf({ rows, buildMs }: SetRun, threshold: number): SetMetrics {
  const inScope = rows.filter((row) => row.query.expected !== null);
  const top1 = (some: readonly Row[]): number => share(some.filter((row) => row.rank === 0).length, some.length);
  const ofKind = (kind: string): readonly Row[] => inScope.filter((row) => row.query.kind === kind);
  const times = rows.map(({ elapsedMs }) => elapsedMs);
  return {
    queries: rows.length,
    top1: top1(inScope),
    paraphrase: top1(ofKind('paraphrase')),
    typo: top1(ofKind('typo')),
    short: top1(ofKind('short')),
    top3: share(inScope.filter((row) => row.rank >= 0 && row.rank < 3).length, inScope.length),
    auroc: auroc(rows),
    ...servedAt(rows, threshold),
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    buildMs,
  };
}

/** Mean over sets; a set without such queries does not count. */
export function macroOf(list: readonly SetMetrics[]): SetMetrics {
  const over = (pick: (metrics: SetMetrics) => number): number => mean(list.map(pick).filter((value) => !Number.isNaN(value)));
  return {
    queries: list.reduce((sum, { queries }) => sum + queries, 0),
    top1: over((one) => one.top1),
    paraphrase: over((one) => one.paraphrase),
    typo: over((one) => one.typo),
    short: over((one) => one.short),
    top3: over((one) => one.top3),
    auroc: over((one) => one.auroc),
    precision: over((one) => one.precision),
    recall: over((one) => one.recall),
    f1: over((one) => one.f1),
    refused: over((one) => one.refused),
    wrong: over((one) => one.wrong),
    p50Ms: over((one) => one.p50Ms),
    p99Ms: over((one) => one.p99Ms),
    buildMs: over((one) => one.buildMs),
  };
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

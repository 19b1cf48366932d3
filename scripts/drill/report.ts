import type { DrillRecord, DrillTurn } from './run-drill.ts';
import type { DrillScenario } from './scenarios.ts';

export interface TierReport {
  readonly tier: string;
  readonly turns: number;
  /** Share of golden questions answered from the right entry (served or offered), 0–1. */
  readonly quality: number;
}

export interface DrillReport {
  readonly scenario: string;
  readonly at: string;
  readonly outageSeconds: number;
  readonly asked: number;
  readonly lost: number;
  readonly timeToDetectMs: number | undefined;
  readonly timeToStepDownMs: number | undefined;
  /** Question → first text of the answer that stood, for questions of the outage that a lower tier answered. */
  readonly failoverP50Ms: number | undefined;
  readonly failoverP99Ms: number | undefined;
  readonly climbBackMs: number | undefined;
  readonly allHealthyMs: number | undefined;
  readonly before: readonly TierReport[];
  readonly outage: readonly TierReport[];
  readonly after: readonly TierReport[];
  readonly checks: readonly { readonly name: string; readonly isPassed: boolean }[];
}

export interface ReportOptions {
  readonly name: string;
  readonly seconds: number;
}

export function reportOf(record: DrillRecord, scenario: DrillScenario, { name, seconds }: ReportOptions): DrillReport {
  const { brokenAt, healedAt } = record;
  const turns = record.turns.map((turn) => phased(turn, brokenAt));
  const outage = turns.filter(({ phase }) => phase === 'outage');
  const top = commonTier(turns.filter(({ phase }) => phase === 'before'));
  const moved = outage.filter(({ heard }) => heard !== undefined && heard.answer.tier !== top);
  const timeToDetectMs = since(record.detectedAt, brokenAt);
  const climbBackMs = since(record.backAt, healedAt);
  const failoverP99Ms = percentile(outage.map(finalTextMs), 0.99);
  const answeredBy = outage.flatMap(({ heard }) => (heard?.answer.tier === undefined ? [] : [heard.answer.tier]));
  const { detectWithinMs, firstTextWithinMs, backWithinMs, tiers } = scenario;
  const lost = turns.filter(({ heard }) => heard === undefined).length;
  return {
    scenario: name,
    at: new Date().toISOString(),
    outageSeconds: seconds,
    asked: turns.length,
    lost,
    timeToDetectMs,
    timeToStepDownMs: since(record.steppedDownAt, brokenAt),
    failoverP50Ms: percentile(moved.map(finalTextMs), 0.5),
    failoverP99Ms: percentile(moved.map(finalTextMs), 0.99),
    climbBackMs,
    allHealthyMs: since(record.allHealthyAt, healedAt),
    before: byTier(turns.filter(({ phase }) => phase === 'before')),
    outage: byTier(outage),
    after: byTier(turns.filter(({ phase }) => phase === 'after')),
    checks: [
      { name: 'no question is lost', isPassed: lost === 0 },
      {
        name: `the outage is answered by ${tiers.join(', ')}`,
        isPassed: outage.length > 0 && answeredBy.every((tier) => tiers.includes(tier)),
      },
      {
        name: `99 % have their first text within ${firstTextWithinMs} ms`,
        isPassed: (failoverP99Ms ?? Number.POSITIVE_INFINITY) <= firstTextWithinMs,
      },
      ...within('detected', timeToDetectMs, detectWithinMs),
      ...within('the top tier answers again', climbBackMs, backWithinMs),
    ],
  };
}

/** A question that was still being answered when the outage began is one of the outage. */
function phased(turn: DrillTurn, brokenAt: number): DrillTurn {
  const isCaught = turn.phase === 'before' && turn.askedAt + (turn.heard?.completedMs ?? Number.POSITIVE_INFINITY) > brokenAt;
  return isCaught ? { ...turn, phase: 'outage' } : turn;
}

function within(name: string, measuredMs: number | undefined, limitMs: number | undefined): DrillReport['checks'] {
  if (limitMs === undefined) return [];
  return [{ name: `${name} within ${limitMs} ms`, isPassed: (measuredMs ?? Number.POSITIVE_INFINITY) <= limitMs }];
}

function since(at: number | undefined, from: number): number | undefined {
  return at === undefined ? undefined : Math.round(at - from);
}

function finalTextMs({ heard }: DrillTurn): number {
  return Math.round(heard?.finalTextMs ?? Number.POSITIVE_INFINITY);
}

function commonTier(turns: readonly DrillTurn[]): string | undefined {
  return byTier(turns).toSorted((left, right) => right.turns - left.turns)[0]?.tier;
}

function byTier(turns: readonly DrillTurn[]): readonly TierReport[] {
  const tiers = new Map<string, DrillTurn[]>();
  for (const turn of turns) {
    const tier = turn.heard?.answer.tier ?? 'lost';
    tiers.set(tier, [...(tiers.get(tier) ?? []), turn]);
  }
  return [...tiers].map(([tier, own]) => ({ tier, turns: own.length, quality: own.filter(isRight).length / own.length }));
}

function isRight({ heard, expected }: DrillTurn): boolean {
  const { sources = [], choices = [] } = heard?.answer ?? {};
  return [...sources, ...choices].some(({ id }) => id === expected);
}

function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** The report as an operator reads it. */
export function reportLines(report: DrillReport): readonly string[] {
  const ms = (value: number | undefined): string => (value === undefined ? '–' : `${value} ms`);
  const tiers = (list: readonly TierReport[]): string =>
    list.map(({ tier, turns, quality }) => `${tier} ${turns} (${Math.round(quality * 100)} % right)`).join(', ') || '–';
  return [
    `asked ${report.asked}, lost ${report.lost}`,
    `time to detect     ${ms(report.timeToDetectMs)}`,
    `time to step down  ${ms(report.timeToStepDownMs)} (new conversations)`,
    `time to fail over  p50 ${ms(report.failoverP50Ms)}, p99 ${ms(report.failoverP99Ms)}`,
    `climb back         ${ms(report.climbBackMs)} (all models healthy: ${ms(report.allHealthyMs)})`,
    `answers before     ${tiers(report.before)}`,
    `answers during     ${tiers(report.outage)}`,
    `answers after      ${tiers(report.after)}`,
    ...report.checks.map(({ name, isPassed }) => `${isPassed ? '✓' : '✗'} ${name}`),
  ];
}

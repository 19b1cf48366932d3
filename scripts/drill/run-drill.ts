import { setTimeout as pause } from 'node:timers/promises';
import { ask, type Heard } from '../../test/chaos/support/ask.ts';
import type { GoldenQuestion } from './golden.ts';
import type { DrillScenario } from './scenarios.ts';
import type { DrillStage, TierStates } from './stage.ts';

export type Phase = 'before' | 'outage' | 'after';

/** One question of the drill; `heard` undefined = lost. */
export interface DrillTurn {
  readonly phase: Phase;
  readonly askedAt: number;
  readonly expected: string;
  readonly heard: Heard | undefined;
}

export interface DrillRecord {
  readonly turns: readonly DrillTurn[];
  readonly brokenAt: number;
  readonly healedAt: number;
  /** First moment at which a model of a broken provider was not healthy, and at which the tier for new conversations fell. */
  readonly detectedAt: number | undefined;
  readonly steppedDownAt: number | undefined;
  /** When the top tier was asked again with success, and when all models were healthy. */
  readonly backAt: number | undefined;
  readonly allHealthyAt: number | undefined;
}

export interface DrillOptions {
  readonly seconds: number;
  readonly everyMs: number;
  readonly questions: readonly GoldenQuestion[];
  readonly log: (line: string) => void;
}

const CALM_MS = 4_000;
const LOOK_EVERY_MS = 100;

/** Steady questions before, during and after the outage, while the public status is watched. Leaves every provider well. */
export async function runDrill(stage: DrillStage, scenario: DrillScenario, options: DrillOptions): Promise<DrillRecord> {
  const traffic = startTraffic(stage, options);
  const watcher = watchStatus(stage);
  try {
    await pause(CALM_MS);
    const { tier: top } = await stage.tiers();
    options.log(`Outage: ${scenario.title}, ${options.seconds} s.`);
    traffic.phase('outage');
    const brokenAt = performance.now();
    await playSteps(stage, scenario, options.seconds);
    await stage.heal();
    const healedAt = performance.now();
    traffic.phase('after');
    options.log('The outage is over.');
    const back = (): number | undefined => traffic.firstAnswered(healedAt, top);
    await until(() => back() !== undefined, scenario.backWithinMs ?? 3_000);
    await traffic.stop();
    watcher.stop();
    const { looks } = watcher;
    const isTroubled = ({ models }: TierStates): boolean => [...models.values()].some((state) => state !== 'healthy');
    return {
      turns: traffic.turns,
      brokenAt,
      healedAt,
      detectedAt: looks.find(({ at, states }) => at > brokenAt && isTroubled(states))?.at,
      steppedDownAt: looks.find(({ at, states }) => at > brokenAt && states.tier !== top)?.at,
      backAt: back(),
      allHealthyAt: looks.find(({ at, states }) => at > healedAt && !isTroubled(states))?.at,
    };
  } finally {
    watcher.stop();
    await traffic.stop();
    await stage.heal();
  }
}

async function playSteps(stage: DrillStage, scenario: DrillScenario, seconds: number): Promise<void> {
  const startedAt = performance.now();
  for (const { atSeconds, provider, fault } of scenario.steps(seconds)) {
    await pause(Math.max(0, startedAt + atSeconds * 1_000 - performance.now()));
    await stage.set(provider, fault);
  }
  await pause(Math.max(0, startedAt + seconds * 1_000 - performance.now()));
}

function startTraffic(stage: DrillStage, { everyMs, questions }: DrillOptions) {
  const turns: DrillTurn[] = [];
  const running = new Set<Promise<void>>();
  let phase: Phase = 'before';
  let count = 0;
  const timer = setInterval(() => {
    const golden = questions[count % questions.length];
    count += 1;
    if (golden === undefined) return;
    const turn = { phase, askedAt: performance.now(), expected: golden.expected };
    const one = ask(stage.url, golden.question).then(
      (heard) => void turns.push({ ...turn, heard }),
      () => void turns.push({ ...turn, heard: undefined }),
    );
    running.add(one);
    void one.finally(() => running.delete(one));
  }, everyMs);
  return {
    turns,
    phase(next: Phase): void {
      phase = next;
    },
    firstAnswered: (after: number, tier: string): number | undefined =>
      turns
        .filter(({ askedAt, heard }) => askedAt >= after && heard?.answer.tier === tier)
        .map(({ askedAt, heard }) => askedAt + (heard?.firstTextMs ?? 0))
        .sort((left, right) => left - right)[0],
    async stop(): Promise<void> {
      clearInterval(timer);
      await Promise.all(running);
    },
  };
}

function watchStatus(stage: DrillStage) {
  const looks: { readonly at: number; readonly states: TierStates }[] = [];
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    const at = performance.now();
    stage
      .tiers()
      .then((states) => looks.push({ at, states }))
      // A look that fails is one look less; lost questions are what counts.
      .catch(() => undefined)
      .finally(() => {
        isLooking = false;
      });
  }, LOOK_EVERY_MS);
  return { looks, stop: (): void => clearInterval(timer) };
}

async function until(isTrue: () => boolean, limitMs: number): Promise<void> {
  const limit = performance.now() + limitMs;
  while (!isTrue() && performance.now() < limit) await pause(50);
}

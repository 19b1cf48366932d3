import type { RouteId, RouteWindow, Signal, TierId } from '@stepdown/kernel';
import { createLadderCore } from './ladder-core.ts';
import type { SerializedLadder } from './ladder-memory.ts';
import type { LadderOptions, PinRequest, TurnQuestion } from './ladder-options.ts';
import { createPlanner } from './planner.ts';
import { createReporter } from './reporter.ts';
import type { LadderEvent, LadderSnapshot, TurnPlan } from './types.ts';

export type { SerializedLadder } from './ladder-memory.ts';
export type { LadderOptions, PinRequest, TurnQuestion } from './ladder-options.ts';

/** Decides which tier answers. Nothing else in the product does. */
export interface Ladder {
  /** Routes a turn may try, best first. Empty means: the floor (FAQ, then a person), at once. */
  plan(question: TurnQuestion): TurnPlan;
  /** Takes one piece of evidence; `window` is what packages/health says after it. */
  report(signal: Signal, window: RouteWindow): void;
  /** A status page names trouble (`undefined`: no longer). Raises suspicion only. */
  suspect(tier: TierId, reason: string | undefined): void;
  /** Asks for one probe of an open or latched route now, for an operator who fixed something. Does nothing in other states. */
  recheck(routeId: RouteId): void;
  /** False when the route may not take an attempt now; it may have opened since a plan was made. */
  isAllowed(routeId: RouteId): boolean;
  /** Asked before each attempt: a release function, or undefined when the route is full or not allowed. */
  admit(routeId: RouteId): (() => void) | undefined;
  /** True when the retry budget allows one more retry on the same route. */
  takeRetry(): boolean;
  snapshot(): LadderSnapshot;
  /** Calls back on every event until the returned function is called. */
  on(listener: (event: LadderEvent) => void): () => void;
  /**
   * Holds the ladder at one tier or below until `until` (epoch ms); replaces an earlier pin. Never makes a broken tier serve.
   * Throws `pin-without-end` when `until` is not in the future or more than `pinCeilingMs` away.
   */
  pin(request: PinRequest): void;
  release(by: string): void;
  /** Marks routes as rehearsing an outage; changes labels and uptime, never a decision. */
  setDrill(routeIds: readonly RouteId[], isOn: boolean): void;
  serialize(): SerializedLadder;
  /** Ends every timer; later reports are ignored. */
  stop(): void;
}

/** Makes the ladder over the configured routes. */
export function createLadder(options: LadderOptions): Ladder {
  const core = createLadderCore(options);
  const planner = createPlanner(core);
  const reporter = createReporter(core, planner);
  return {
    plan: planner.plan,
    isAllowed: planner.isAllowed,
    admit: planner.admit,
    takeRetry: planner.takeRetry,
    report: reporter.report,
    suspect: core.suspect,
    recheck: core.recheck,
    snapshot: core.snapshot,
    on: core.on,
    pin: core.pin,
    release: core.release,
    setDrill: core.setDrill,
    serialize: core.serialize,
    stop: core.stop,
  };
}

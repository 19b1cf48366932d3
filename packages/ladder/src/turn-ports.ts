import type { AnswerEvent, Clock, Random, RouteId, Signal } from '@stepdown/kernel';
import type { Policy } from './policy.ts';
import type { PlannedRoute, TurnEffect, TurnPlan, TurnResult } from './types.ts';

export interface AttemptOptions {
  /** Send less history and grounding: the full request was too long for the context. */
  readonly isTrimmed: boolean;
  /** What an earlier attempt of this turn has shown before it broke; undefined while nothing is visible. */
  readonly interruptedText: string | undefined;
}

/** Everything a turn needs from outside. A port that throws stops the turn and rejects `done`; only `attempt` may fail. */
export interface TurnPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly policy: Policy;
  readonly turnId: string;
  readonly plan: TurnPlan;
  /** Rev of the first visible text; a resumed turn starts above the rev that is already on the screen. */
  readonly firstRev: number;
  /** Runs one attempt on a route. The signal is aborted as soon as its answer is no longer wanted. */
  readonly attempt: (route: PlannedRoute, options: AttemptOptions, signal: AbortSignal) => AsyncIterable<AnswerEvent>;
  /** Health evidence, at the moment it is known. */
  readonly report: (signal: Signal) => void;
  /** Takes one retry out of the ladder's budget; false = none left. */
  readonly takeRetry: () => boolean;
  /** Takes one hedge out of the ladder's budget; absent = every planned hedge may start. */
  readonly takeHedge?: () => boolean;
  /** Takes a place on the route and returns what gives it back; undefined = full, the next route is asked. */
  readonly admit: (routeId: RouteId) => (() => void) | undefined;
  /** A route may have opened since the plan was made; such a route is skipped. */
  readonly isStillAllowed: (routeId: RouteId) => boolean;
  /** Called in order, synchronously; nothing comes after `turn.ended`. */
  readonly onEffect: (effect: TurnEffect) => void;
}

export interface RunningTurn {
  /** Settles once, after `turn.ended`. Rejects only when a port (other than `attempt`) has thrown. */
  readonly done: Promise<TurnResult>;
  /** Aborts every attempt at once: not one delta after this call. Does nothing on a turn that has ended. */
  cancel(reason: string): void;
}

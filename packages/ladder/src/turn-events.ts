import type { AttemptOutcome } from '@stepdown/kernel';
import type { AttemptEvent } from './turn-attempt.ts';
import type { PlannedRoute, TurnResult } from './types.ts';

export interface GateInput {
  readonly route: PlannedRoute | undefined;
  readonly isHedge: boolean;
}

export interface RetryInput {
  readonly route: PlannedRoute | undefined;
}

/** Answers of the actors that ask the ladder, at once and exactly one each. */
export type GateEvent =
  | { readonly type: 'gate.admitted' }
  /** Closed since the plan was made, or full. */
  | { readonly type: 'gate.refused' }
  /** No place or no budget for a hedge; the route itself stays in the plan. */
  | { readonly type: 'gate.noHedge' };
export type RetryEvent = { readonly type: 'retry.granted'; readonly delayMs: number } | { readonly type: 'retry.denied' };

export type TurnEvent =
  | { readonly type: 'turn.start' }
  | { readonly type: 'turn.cancel'; readonly reason: string }
  | GateEvent
  | RetryEvent
  | AttemptEvent;

/** What the machine announces; turn-trail.ts adds times and turns it into effects and health signals. */
export type TurnNotice =
  | { readonly type: 'attempt.started'; readonly number: number; readonly route: PlannedRoute; readonly isHedge: boolean }
  | {
      readonly type: 'attempt.ended';
      readonly number: number;
      readonly route: PlannedRoute;
      readonly outcome: AttemptOutcome;
      /** Another attempt was faster. */
      readonly isLoser: boolean;
    }
  | { readonly type: 'answer.interrupted'; readonly rev: number }
  | { readonly type: 'answer.delta'; readonly number: number; readonly rev: number; readonly route: PlannedRoute; readonly text: string }
  | { readonly type: 'turn.ended'; readonly result: TurnResult };

import type { AttemptOutcome, ModelTierId, RouteId, TierFailure, TierId } from '@stepdown/kernel';

/** One way to reach one model: what health is kept of. */
export interface RouteDescriptor {
  readonly id: RouteId;
  readonly tier: ModelTierId;
  readonly model: string;
  /** Routes with the same credential share latches and rate limits. */
  readonly credentialId: string;
}

/** States of ladder.md; `latched` needs a person or a slow re-check, `pinned` is an operator's choice that expires. */
export type RouteState = 'healthy' | 'degraded' | 'open' | 'probing' | 'ramping' | 'latched';

export interface RouteSnapshot {
  readonly id: RouteId;
  readonly tier: ModelTierId;
  readonly model: string;
  readonly state: RouteState;
  readonly since: number;
  /** Why the route is in this state, in words for an operator. */
  readonly cause: string;
  readonly lastFailure: TierFailure | undefined;
  readonly isSuspicious: boolean;
  readonly isDrill: boolean;
  /** Share of eligible turns while ramping, 0.25 / 0.5 / 1; 1 otherwise. */
  readonly rampShare: number;
  readonly nextProbeAt: number | undefined;
  /** Rate-limited until (epoch ms), with the share of turns still let through. */
  readonly saturatedUntil: number | undefined;
  /** Share of the turns let through after a 429, 0–1; 1 without a limit. */
  readonly saturationShare: number;
  readonly firstTextP50Ms: number | undefined;
  readonly firstTextP95Ms: number | undefined;
  /** 0–1 over the last 5 min; undefined without samples. */
  readonly errorRatio: number | undefined;
  readonly lastSuccessAt: number | undefined;
  readonly opensInWindow: number;
}

export type TierState = RouteState | 'unconfigured' | 'pinned' | 'drill';

export interface TierSnapshot {
  readonly id: TierId;
  readonly state: TierState;
  readonly routes: readonly RouteSnapshot[];
}

export interface Pin {
  readonly tier: TierId;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
  readonly until: number;
}

export interface LadderSnapshot {
  /** What a new conversation gets. */
  readonly tier: TierId;
  readonly since: number;
  /** In words for an operator: which signal, where. */
  readonly cause: string;
  readonly tiers: readonly TierSnapshot[];
  readonly pin: Pin | undefined;
  /** Set while every provider fails to connect at once: our own egress, not the providers. */
  readonly egressSuspectedSince: number | undefined;
}

export interface TierChange {
  readonly from: TierId;
  readonly to: TierId;
  readonly cause: string;
  /** The route and reason whose signal fired, e.g. `claude:claude-opus-5-5 overloaded`. */
  readonly signal: string;
  readonly at: number;
  /** Running conversations at that moment, where the installation counts them. */
  readonly conversationsAffected?: number;
}

export type LadderEvent =
  | { readonly type: 'tier.changed'; readonly change: TierChange }
  | { readonly type: 'route.changed'; readonly route: RouteSnapshot; readonly from: RouteState }
  | { readonly type: 'probe.due'; readonly routeId: RouteId; readonly kind: 'confirm' | 'recovery' | 'background' | 'recheck' }
  | {
      readonly type: 'alert';
      readonly code: 'credential' | 'model' | 'flapping' | 'internal' | 'egress' | 'configuration';
      readonly routeId?: RouteId;
      readonly detail: string;
    }
  | { readonly type: 'pin.changed'; readonly pin: Pin | undefined };

/** One route that a turn may try. */
export interface PlannedRoute {
  readonly routeId: RouteId;
  readonly tier: ModelTierId;
  readonly model: string;
  readonly credentialId: string;
  /** Start the next route when first text is later than this, milliseconds; undefined = no hedge. */
  readonly hedgeAfterMs: number | undefined;
}

/** What a turn may try, in order. No routes left means: the floor (FAQ, then a person), at once. */
export interface TurnPlan {
  readonly routes: readonly PlannedRoute[];
  /** Why the plan starts where it does, for the attempt trail. */
  readonly cause: string;
  /** Where an empty plan lands; `handoff` only while an operator holds the ladder there. */
  readonly floor?: 'faq' | 'handoff';
}

export type TurnResult =
  | {
      readonly kind: 'answered';
      readonly routeId: RouteId;
      readonly tier: ModelTierId;
      readonly model: string;
      readonly rev: number;
      readonly isTruncated: boolean;
      readonly sourceIds: readonly string[];
    }
  /** The model declined: say so neutrally and offer a person. */
  | { readonly kind: 'refused'; readonly routeId: RouteId; readonly hasVisibleText: boolean }
  /** No model answered: the FAQ, then a person. Visible text stays, marked incomplete. */
  | { readonly kind: 'floor'; readonly hasVisibleText: boolean; readonly cause: 'no-route' | 'exhausted' | 'deadline' }
  | { readonly kind: 'cancelled'; readonly reason: string; readonly hasVisibleText: boolean };

/** What a turn wants done, in order. The conversation carries it out; `rev` starts at the turn's first rev. */
export type TurnEffect =
  | {
      readonly type: 'attempt.started';
      readonly attemptId: string;
      readonly routeId: RouteId;
      readonly tier: ModelTierId;
      readonly model: string;
      readonly isHedge: boolean;
      readonly at: number;
    }
  | {
      readonly type: 'attempt.ended';
      readonly attemptId: string;
      readonly routeId: RouteId;
      readonly outcome: AttemptOutcome;
      readonly firstTextMs: number | undefined;
      readonly durationMs: number;
    }
  /** Visible text stands, its attempt failed, the next model is being asked: dim it. */
  | { readonly type: 'answer.interrupted'; readonly rev: number }
  /** Text to append to `rev`; the first one of a higher rev replaces everything shown before. */
  | { readonly type: 'answer.delta'; readonly rev: number; readonly tier: ModelTierId; readonly model: string; readonly text: string }
  | { readonly type: 'turn.ended'; readonly result: TurnResult };

import type { FailureReason } from '@stepdown/kernel';

/** What a failed attempt touches. */
export type OutcomeScope = 'request' | 'credential' | 'model' | 'credential-and-model' | 'route';

/** What the turn does next. */
export type TurnAction =
  | 'stop' // cancelled: nothing more is tried
  | 'next' // the next route
  | 'next-tier' // the same credential can't answer: skip its other models
  | 'retry-once' // the same route again inside the retry budget, then next
  | 'wait-or-next' // retry-after short enough: wait once, same route; else next
  | 'trim-or-next'; // one smaller resend, else next

/** What the route's health takes from it. */
export type HealthEffect = 'none' | 'failure' | 'latch-credential' | 'latch-model' | 'saturate';

export interface OutcomeRule {
  readonly scope: OutcomeScope;
  readonly turn: TurnAction;
  readonly health: HealthEffect;
}

const routeFailure = { scope: 'route', turn: 'next', health: 'failure' } as const satisfies OutcomeRule;
const retriedRouteFailure = { scope: 'route', turn: 'retry-once', health: 'failure' } as const satisfies OutcomeRule;

/** The outcome table of the ladder (SPEC.md, L1): one row for every reason, and nothing else decides. */
export const OUTCOMES: Readonly<Record<FailureReason, OutcomeRule>> = {
  aborted: { scope: 'request', turn: 'stop', health: 'none' },
  internal: { scope: 'request', turn: 'next', health: 'none' },
  rejected: { scope: 'request', turn: 'next', health: 'none' },
  'context-too-long': { scope: 'request', turn: 'trim-or-next', health: 'none' },
  auth: { scope: 'credential', turn: 'next-tier', health: 'latch-credential' },
  quota: { scope: 'credential', turn: 'next-tier', health: 'latch-credential' },
  'model-missing': { scope: 'model', turn: 'next', health: 'latch-model' },
  'rate-limited': { scope: 'credential-and-model', turn: 'wait-or-next', health: 'saturate' },
  unreachable: retriedRouteFailure,
  'server-error': retriedRouteFailure,
  overloaded: routeFailure,
  misdirected: routeFailure,
  'connect-timeout': routeFailure,
  'headers-timeout': routeFailure,
  'first-text-timeout': routeFailure,
  stalled: routeFailure,
  trickle: routeFailure,
  'answer-timeout': routeFailure,
  cut: routeFailure,
  malformed: routeFailure,
  empty: routeFailure,
  'stream-error': routeFailure,
};

/** Failures of a whole house: its models share the address that can't be reached, and as a rule the slowness too. */
const HOUSE_WIDE: ReadonlySet<FailureReason> = new Set([
  'unreachable',
  'connect-timeout',
  'headers-timeout',
  'first-text-timeout',
  'stalled',
  'trickle',
]);

/** Whether the other models of the same credential are likely to fail the same way. */
export function isHouseWide(reason: FailureReason): boolean {
  return HOUSE_WIDE.has(reason);
}

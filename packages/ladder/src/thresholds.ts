import type { RouteWindow } from '@stepdown/kernel';
import type { Policy } from './policy.ts';

/** What a judgement may leave out: evidence from before the last verdict on the same route. */
export interface Leniency {
  readonly isSuspicious: boolean;
  /** Failures of the running row that were found to be our own network's fault. */
  readonly forgivenFailures: number;
  /** Milliseconds since a verdict that cleared the route (ramp ended, egress came back); Infinity when there was none. */
  readonly sinceVerdictMs: number;
}

/** Failures in a row that count against the route. */
export function failureRow(window: RouteWindow, leniency: Pick<Leniency, 'forgivenFailures'>): number {
  return Math.max(0, window.consecutiveFailures - leniency.forgivenFailures);
}

/** Which rule opens the route now, if any (SPEC.md, L7 and L8). */
export function openingRule(window: RouteWindow, leniency: Leniency, policy: Policy): 'row' | 'ratio' | undefined {
  const needed = leniency.isSuspicious ? policy.openConsecutiveFailuresSuspicious : policy.openConsecutiveFailures;
  const sources = Math.max(0, window.consecutiveSources - leniency.forgivenFailures);
  if (failureRow(window, leniency) >= needed && sources >= policy.openConsecutiveSources) return 'row';
  // The short window may still hold what the last verdict has already judged.
  if (leniency.sinceVerdictMs < policy.openWindowMs || window.shortSamples < policy.openMinimumSamples) return undefined;
  return window.shortFailures / window.shortSamples >= policy.openFailureRatio ? 'ratio' : undefined;
}

/** True when breaches make a healthy route degraded (SPEC.md, L5). */
export function breachesTooOften(window: RouteWindow, leniency: Leniency, policy: Policy): boolean {
  if (window.longSamples < policy.degradedMinimumSamples) return false;
  if (window.longBreaches / window.longSamples < policy.degradedBreachRatio) return false;
  // Until the outage before the last verdict has left the long window, only a fresh breach may count:
  // otherwise a recovered route would swing between healthy and degraded for five minutes.
  return leniency.sinceVerdictMs >= policy.degradedWindowMs || isBreachingNow(window, policy);
}

function isBreachingNow(window: RouteWindow, policy: Policy): boolean {
  return window.shortSamples > 0 && window.shortBreaches / window.shortSamples >= policy.recoveredBreachRatio;
}

/** True when a degraded route is healthy again, after `degradedForMs` in that state (SPEC.md, L6). */
export function hasRecovered(window: RouteWindow, degradedForMs: number, policy: Policy): boolean {
  if (degradedForMs < policy.recoveredForMs || window.shortSamples < policy.recoveredMinimumSamples) return false;
  return window.shortBreaches / window.shortSamples < policy.recoveredBreachRatio;
}

/** A failure in the last minute, or an unbroken row: enough to believe a status page (SPEC.md, L5). */
export function hasRecentFailure(window: RouteWindow | undefined, leniency: Leniency, policy: Policy): boolean {
  if (window === undefined) return false;
  if (failureRow(window, leniency) > 0) return true;
  return leniency.sinceVerdictMs >= policy.openWindowMs && window.shortFailures > 0;
}

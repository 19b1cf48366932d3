import type { FailureReason, RouteWindow, TierFailure } from '@stepdown/kernel';
import { createManualClock } from '@stepdown/kernel/testing';
import { type Policy, withPolicy } from '../policy.ts';
import type { ProbeKind, RouteMemory } from '../route-context.ts';
import { startRoute } from '../route-runner.ts';
import type { RouteDescriptor, RouteState } from '../types.ts';

const ROUTE: RouteDescriptor = { id: 'claude:opus', tier: 'claude', model: 'opus', credentialId: 'anthropic' };

export function windowOf(numbers: Partial<RouteWindow> = {}): RouteWindow {
  return {
    consecutiveFailures: 0,
    consecutiveSources: 0,
    shortSamples: 1,
    shortFailures: 0,
    longSamples: 1,
    longBreaches: 0,
    shortBreaches: 0,
    firstTextP50Ms: undefined,
    firstTextP95Ms: undefined,
    lastSuccessAt: undefined,
    ...numbers,
  };
}

/** `count` failures in a row, each of a turn or probe of its own. */
export function rowOf(count: number, numbers: Partial<RouteWindow> = {}): RouteWindow {
  return windowOf({ consecutiveFailures: count, consecutiveSources: count, ...numbers });
}

/** One route machine on a manual clock, without jitter, driven by hand. */
export function createRouteBench(options: { policy?: Partial<Policy>; restored?: RouteMemory; random?: () => number } = {}) {
  const clock = createManualClock();
  const probes: { readonly kind: ProbeKind; readonly atMs: number }[] = [];
  const moves: RouteState[] = [];
  const alerts: string[] = [];
  const runner = startRoute(
    {
      route: ROUTE,
      policy: withPolicy(options.policy),
      clock,
      random: options.random ?? (() => 0.5),
      ...(options.restored === undefined ? {} : { restored: options.restored }),
    },
    {
      changed: () => moves.push(runner.state()),
      probeDue: (kind) => probes.push({ kind, atMs: clock.monotonicMs() }),
      flapping: (detail) => alerts.push(detail),
    },
  );
  const failureOf = (reason: FailureReason, more: Partial<TierFailure>): TierFailure => ({ reason, detail: reason, ...more });

  function succeed(window = windowOf(), from: 'turn' | 'probe' = 'turn'): void {
    runner.send({ type: 'attempt.succeeded', from, window, isStale: false });
  }
  function fail(window = rowOf(1), from: 'turn' | 'probe' = 'turn', more: Partial<TierFailure> = {}): void {
    runner.send({ type: 'attempt.failed', from, window, failure: failureOf('overloaded', more), isStale: false });
  }

  return {
    clock,
    runner,
    probes,
    moves,
    alerts,
    succeed,
    fail,
    passProbe: () => succeed(windowOf(), 'probe'),
    failProbe: (more: Partial<TierFailure> = {}) => fail(rowOf(4), 'probe', more),
    open: (more: Partial<TierFailure> = {}) => fail(rowOf(3), 'turn', more),
    latch: (latch: 'credential' | 'model') =>
      runner.send({ type: 'latch.set', latch, failure: failureOf(latch === 'model' ? 'model-missing' : 'auth', { statusCode: 401 }) }),
    state: () => runner.state(),
    /** Opens the route, passes its probes and returns at the start of the ramp. */
    ramp(): void {
      fail(rowOf(3));
      clock.advance(5_000);
      succeed(windowOf(), 'probe');
      clock.advance(2_000);
      succeed(windowOf(), 'probe');
    },
  };
}

import type { FailureReason, RouteWindow, Signal, TierFailure } from '@stepdown/kernel';
import { failureWords, routeName } from './cause.ts';
import { createEgressDetector, reachOf } from './egress.ts';
import type { LadderCore } from './ladder-core.ts';
import { isHouseWide, OUTCOMES } from './outcome.ts';
import type { Planner } from './planner.ts';
import { createRequestFaults } from './request-faults.ts';
import type { LatchKind } from './route-context.ts';
import type { RouteRunner } from './route-runner.ts';

export interface Reporter {
  report(signal: Signal, window: RouteWindow): void;
}

/** Brings each piece of evidence to the machines it concerns, as the outcome table says (SPEC.md, L1–L3). */
export function createReporter(core: LadderCore, planner: Planner): Reporter {
  const { clock, policy, routes } = core;
  const faults = createRequestFaults(policy, clock.monotonicMs);
  const egress = createEgressDetector(
    routes.map((runner) => runner.route.tier),
    policy.egressWindowMs,
  );
  let suspectedAtMs = Number.NEGATIVE_INFINITY;

  /** The turn was planned before the route came to its present state or into doubt: its answer speaks of the past. */
  function isStale(runner: RouteRunner, signal: Signal): boolean {
    const planned = signal.from === 'turn' ? planner.turn(signal.sourceId) : undefined;
    const { enteredAtMs, doubtSinceMs } = runner.context();
    return planned !== undefined && planned.atMs < Math.max(enteredAtMs, doubtSinceMs);
  }

  function noteReach(runner: RouteRunner, signal: Signal, reason: FailureReason | undefined): void {
    const reach = reachOf(reason);
    const planned = signal.from === 'turn' ? planner.turn(signal.sourceId) : undefined;
    // An answer over a connection from before the verdict proves nothing about new ones.
    const isOld = planned !== undefined && planned.atMs < suspectedAtMs;
    const isSuspected = egress.note(runner.route.tier, isOld && reach === 'answered' ? 'reached' : reach, clock.monotonicMs());
    if (isSuspected && !core.isEgressSuspected()) suspectedAtMs = clock.monotonicMs();
    core.setEgress(isSuspected);
  }

  function succeeded(runner: RouteRunner, signal: Signal, window: RouteWindow): void {
    const wasLatchedBy = runner.latch();
    runner.send({ type: 'attempt.succeeded', from: signal.from, window, isStale: isStale(runner, signal) });
    if (wasLatchedBy !== 'credential' || runner.latch() !== undefined) return;
    for (const other of sameCredential(runner)) other.send({ type: 'latch.lifted' });
  }

  function latch(runner: RouteRunner, kind: LatchKind, failure: TierFailure): void {
    const affected =
      kind === 'credential' ? sameCredential(runner) : sameCredential(runner).filter((other) => other.route.model === runner.route.model);
    const isKnown = affected.some((other) => other.latch() !== undefined);
    for (const other of affected) other.send({ type: 'latch.set', latch: kind, failure });
    if (isKnown) return;
    const detail = `${routeName(runner.route)}: ${failureWords(failure)}. ${failure.detail}`;
    core.emit({ type: 'alert', code: kind, routeId: runner.route.id, detail });
  }

  function sameCredential(runner: RouteRunner): readonly RouteRunner[] {
    return routes.filter((other) => other.route.credentialId === runner.route.credentialId);
  }

  function requestFault(runner: RouteRunner, signal: Signal, failure: TierFailure): void {
    if (failure.reason !== 'rejected' && failure.reason !== 'internal') return;
    const conversationId = signal.conversationId ?? planner.turn(signal.sourceId)?.conversationId ?? signal.sourceId;
    const alert = faults.note(runner.route, failure, signal.from === 'probe' ? 'probe' : conversationId);
    if (alert !== undefined) core.emit({ type: 'alert', ...alert, routeId: runner.route.id });
  }

  function failed(runner: RouteRunner, signal: Signal, failure: TierFailure, window: RouteWindow): void {
    switch (OUTCOMES[failure.reason].health) {
      case 'latch-credential':
        latch(runner, 'credential', failure);
        break;
      case 'latch-model':
        latch(runner, 'model', failure);
        break;
      case 'failure':
        countFailure(runner, signal, failure, window);
        break;
      case 'saturate':
      case 'none':
        requestFault(runner, signal, failure);
        core.saturations.note(runner.route, signal);
        if (signal.from === 'probe') runner.send({ type: 'probe.inconclusive', failure });
    }
  }

  function countFailure(runner: RouteRunner, signal: Signal, failure: TierFailure, window: RouteWindow): void {
    if (core.isEgressSuspected() && reachOf(failure.reason) === 'no-connection') {
      runner.send({ type: 'attempt.excused', failure, window });
      return;
    }
    const isNews = runner.state() === 'healthy' || runner.state() === 'degraded';
    runner.send({ type: 'attempt.failed', from: signal.from, failure, window, isStale: isStale(runner, signal) });
    if (!isNews || !isHouseWide(failure.reason)) return;
    for (const other of sameCredential(runner)) if (other !== runner) other.send({ type: 'neighbour.failed' });
  }

  return {
    report(signal, window) {
      const runner = core.route(signal.routeId);
      if (runner === undefined || core.isStopped()) return;
      const { outcome } = signal;
      if (outcome.kind === 'cancelled') {
        // Half-known outcomes never count; a probe that was cut short must still be asked again.
        if (signal.from === 'probe') runner.send({ type: 'probe.inconclusive', failure: undefined });
        return;
      }
      noteReach(runner, signal, outcome.kind === 'failed' ? outcome.failure.reason : undefined);
      if (outcome.kind === 'failed') {
        failed(runner, signal, outcome.failure, window);
        return;
      }
      core.saturations.note(runner.route, signal);
      succeeded(runner, signal, window);
    },
  };
}

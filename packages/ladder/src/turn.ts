import type { AttemptOutcome } from '@stepdown/kernel';
import type { RunningTurn, TurnPorts } from './turn-ports.ts';
import type { TurnResult } from './types.ts';

export type { AttemptOptions, RunningTurn, TurnPorts } from './turn-ports.ts';

/** Walks one customer question down the planned routes until one of them answers (SPEC.md, "Turn"). */
export function startTurn(ports: TurnPorts): RunningTurn {
  const controller = new AbortController();
  let reason: string | undefined;
  let text = '';

  async function walk(): Promise<TurnResult> {
    let rev = ports.firstRev;
    let number = 0;
    for (const route of ports.plan.routes.slice(0, ports.policy.attemptsPerTurn)) {
      const release = ports.isStillAllowed(route.routeId) ? ports.admit(route.routeId) : undefined;
      if (release === undefined) continue;
      number += 1;
      const attemptId = `${ports.turnId}.${number}`;
      const trail = { attemptId, routeId: route.routeId };
      const startedAt = ports.clock.monotonicMs();
      const interruptedText = text === '' ? undefined : text;
      if (interruptedText !== undefined) ports.onEffect({ type: 'answer.interrupted', rev });
      ports.onEffect({
        type: 'attempt.started',
        ...trail,
        tier: route.tier,
        model: route.model,
        isHedge: false,
        at: ports.clock.now(),
      });
      let outcome: AttemptOutcome = { kind: 'failed', failure: { reason: 'cut', detail: 'no terminal event' } };
      let firstTextMs: number | undefined;
      let sourceIds: readonly string[] = [];
      let model = route.model;
      for await (const event of ports.attempt(route, { isTrimmed: false, interruptedText }, controller.signal)) {
        if (reason !== undefined) break;
        if (event.type === 'delta') {
          if (firstTextMs === undefined) {
            firstTextMs = ports.clock.monotonicMs() - startedAt;
            if (text !== '') rev += 1;
            text = '';
          }
          text += event.text;
          ports.onEffect({ type: 'answer.delta', rev, tier: route.tier, model: route.model, text: event.text });
        }
        if (event.type === 'end') {
          outcome = event.outcome;
          sourceIds = event.sourceIds ?? [];
          model = event.model ?? model;
          break;
        }
      }
      release();
      if (reason !== undefined) outcome = { kind: 'failed', failure: { reason: 'aborted', detail: reason } };
      const durationMs = ports.clock.monotonicMs() - startedAt;
      ports.onEffect({ type: 'attempt.ended', ...trail, outcome, firstTextMs, durationMs });
      if (reason !== undefined) return { kind: 'cancelled', reason, hasVisibleText: text !== '' };
      if (outcome.kind === 'refused') return { kind: 'refused', routeId: route.routeId, hasVisibleText: text !== '' };
      if (outcome.kind !== 'failed') {
        const isTruncated = outcome.kind === 'output-limit';
        return { kind: 'answered', routeId: route.routeId, tier: route.tier, model, rev, isTruncated, sourceIds };
      }
    }
    return { kind: 'floor', hasVisibleText: text !== '', cause: number === 0 ? 'no-route' : 'exhausted' };
  }

  const done = walk().then((result) => {
    ports.onEffect({ type: 'turn.ended', result });
    return result;
  });
  return {
    done,
    cancel(cause) {
      reason ??= cause;
      controller.abort();
    },
  };
}

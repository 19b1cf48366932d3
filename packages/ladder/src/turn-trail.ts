import type { RouteId, Signal } from '@stepdown/kernel';
import { OUTCOMES } from './outcome.ts';
import type { TurnNotice } from './turn-events.ts';
import type { TurnPorts } from './turn-ports.ts';
import type { TurnEffect } from './types.ts';

type Ended = Extract<TurnNotice, { type: 'attempt.ended' }>;
type TrailPorts = Pick<TurnPorts, 'clock' | 'policy' | 'turnId' | 'report' | 'onEffect'>;

interface Times {
  readonly startedMs: number;
  firstTextMs: number | undefined;
}

/** Adds ids and times to what the machine announces: effects for the conversation, evidence for the ladder. */
export function createTrail(ports: TrailPorts): (notice: TurnNotice) => void {
  const { clock, policy, turnId, onEffect, report } = ports;
  const times = new Map<number, Times>();
  const blamed = new Set<RouteId>();
  const elapsedOf = (number: number): number => clock.monotonicMs() - (times.get(number)?.startedMs ?? clock.monotonicMs());

  /** A route counts once a turn, however often it failed in it. Latches and limits are always news. */
  function isNews({ route, outcome }: Ended): boolean {
    if (outcome.kind !== 'failed' || OUTCOMES[outcome.failure.reason].health !== 'failure') return true;
    const isFirst = !blamed.has(route.routeId);
    blamed.add(route.routeId);
    return isFirst;
  }

  /** What the evidence is allowed to say about speed: the time of a loser is only known to be longer than it waited. */
  function speedOf({ number, isLoser }: Ended): Pick<Signal, 'firstTextMs'> {
    const elapsedMs = elapsedOf(number);
    const firstTextMs = times.get(number)?.firstTextMs ?? (isLoser && elapsedMs > policy.slowFirstTextMs ? elapsedMs : undefined);
    return firstTextMs === undefined ? {} : { firstTextMs };
  }

  function end(notice: Ended): TurnEffect {
    const { number, route, outcome } = notice;
    const { routeId } = route;
    if (isNews(notice)) {
      report({ routeId, from: 'turn', sourceId: turnId, at: clock.now(), outcome: evidenceOf(outcome), ...speedOf(notice) });
    }
    const firstTextMs = times.get(number)?.firstTextMs;
    return { type: 'attempt.ended', attemptId: `${turnId}.${number}`, routeId, outcome, firstTextMs, durationMs: elapsedOf(number) };
  }

  return (notice) => {
    switch (notice.type) {
      case 'attempt.started': {
        const { number, isHedge, route } = notice;
        const { routeId, tier, model } = route;
        times.set(number, { startedMs: clock.monotonicMs(), firstTextMs: undefined });
        return onEffect({ type: notice.type, attemptId: `${turnId}.${number}`, routeId, tier, model, isHedge, at: clock.now() });
      }
      case 'answer.delta': {
        const { rev, text, route } = notice;
        const known = times.get(notice.number);
        if (known !== undefined) known.firstTextMs ??= elapsedOf(notice.number);
        return onEffect({ type: notice.type, rev, tier: route.tier, model: route.model, text });
      }
      case 'attempt.ended':
        return onEffect(end(notice));
      case 'answer.interrupted':
      case 'turn.ended':
        return onEffect(notice);
    }
  };
}

/** A refusal and an output limit are answers of a working route; an abort says nothing about it. */
function evidenceOf(outcome: Ended['outcome']): Signal['outcome'] {
  if (outcome.kind !== 'failed') return { kind: 'ok' };
  return outcome.failure.reason === 'aborted' ? { kind: 'cancelled' } : outcome;
}

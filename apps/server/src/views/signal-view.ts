import type { Signal } from '@stepdown/kernel';
import type { SignalView } from '@stepdown/protocol';

/** One piece of health evidence as agents see it pass by. */
export function signalView({ routeId, from, outcome, firstTextMs, at }: Signal): SignalView {
  return {
    routeId,
    from,
    at,
    outcome: outcome.kind === 'failed' ? outcome.failure.reason : outcome.kind,
    detail: outcome.kind === 'failed' ? outcome.failure.detail : null,
    firstTextMs: firstTextMs === undefined ? null : Math.round(firstTextMs),
  };
}

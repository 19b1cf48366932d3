import type { RouteId } from './answer.ts';
import type { TierFailure } from './failure.ts';

/** One piece of health evidence about a route. */
export interface Signal {
  readonly routeId: RouteId;
  readonly from: 'turn' | 'probe';
  /** Groups the attempts of one turn or probe, so that a route counts once in it. */
  readonly sourceId: string;
  readonly at: number;
  readonly outcome: { readonly kind: 'ok' } | { readonly kind: 'failed'; readonly failure: TierFailure } | { readonly kind: 'cancelled' };
  /** Attempt sent → first visible text, milliseconds. Absent when no text came. */
  readonly firstTextMs?: number;
}

import type { RouteId } from './answer.ts';
import type { TierFailure } from './failure.ts';

/** One piece of health evidence about a route. */
export interface Signal {
  readonly routeId: RouteId;
  readonly from: 'turn' | 'probe';
  /** Groups the attempts of one turn or probe, so that a route counts once in it. */
  readonly sourceId: string;
  /** Conversation of the turn, where the reporter knows it. */
  readonly conversationId?: string;
  readonly at: number;
  readonly outcome: { readonly kind: 'ok' } | { readonly kind: 'failed'; readonly failure: TierFailure } | { readonly kind: 'cancelled' };
  /** Attempt sent → first visible text, milliseconds. Absent when no text came. */
  readonly firstTextMs?: number;
}

/** What the recent signals of a route say; computed by packages/health, judged by packages/ladder. */
export interface RouteWindow {
  /** Health failures in a row, newest first, over distinct turns or probes; a success ends the row. */
  readonly consecutiveFailures: number;
  /** Distinct turns or probes in that row. */
  readonly consecutiveSources: number;
  /** Last 60 s: samples and health failures. */
  readonly shortSamples: number;
  readonly shortFailures: number;
  /** Last 5 min: samples, and breaches (a failure, or a first text slower than the threshold). */
  readonly longSamples: number;
  readonly longBreaches: number;
  /** Last 60 s: breaches; decides that a degraded route is healthy again. */
  readonly shortBreaches: number;
  /** First text, milliseconds, over the last hour; undefined without samples. */
  readonly firstTextP50Ms: number | undefined;
  readonly firstTextP95Ms: number | undefined;
  readonly lastSuccessAt: number | undefined;
}

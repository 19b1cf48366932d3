import type { PickUp } from './inbox-ports.ts';

/** Fewer pick-ups than this say nothing. */
const FEWEST_PICK_UPS = 3;
/** How far back a pick-up still tells how long people wait now, and how many are looked at. */
export const PICK_UPS_SINCE_MS = 3_600_000;
export const PICK_UPS_READ = 20;

export interface QueuePlace {
  readonly waitedMs: number;
  /** How long the first of the queue has waited so far. */
  readonly headWaitedMs: number;
  readonly recentPickUps: readonly PickUp[];
  readonly agentsOnline: number;
}

/**
 * How much longer somebody waits, in milliseconds; undefined when nobody can know: no agent is here, too few people
 * were picked up in the last hour, or it has taken longer than usual already.
 *
 * Delay history: who is picked up next waits about as long as the last ones did (LES), and at least as long as the
 * head of the queue has waited by now (HOL). Both follow a jam by themselves, without a model of how agents work
 * (Ibrahim & Whitt, "Real-time delay estimation based on delay history", 2009).
 */
export function remainingWaitMs(place: QueuePlace): number | undefined {
  if (place.agentsOnline === 0 || place.recentPickUps.length < FEWEST_PICK_UPS) return undefined;
  const usual = median(place.recentPickUps.map(({ waitedMs }) => waitedMs));
  const remaining = Math.max(usual, place.headWaitedMs) - place.waitedMs;
  return remaining > 0 ? remaining : undefined;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

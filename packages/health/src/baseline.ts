import { addTo, type Histogram, percentileOf } from './histogram.ts';

const HOUR_MS = 3_600_000;
const DAYS = 7;
/** Below this many turns of that hour in a week, its p95 is one slow answer, not a habit. */
const MINIMUM_SAMPLES = 20;

export type SerializedBaseline = readonly (readonly [hour: number, counts: readonly (readonly [bucket: number, count: number])[]])[];

export interface Baseline {
  add(firstTextMs: number, nowEpochMs: number): void;
  /** p95 of the same hour of the day over the seven days before today, milliseconds; undefined with fewer than 20 turns. */
  p95Ms(nowEpochMs: number): number | undefined;
  serialize(): SerializedBaseline;
  restore(serialized: SerializedBaseline): void;
}

/** How slow a route usually is at this time of day. The running hour is left out: a brownout must not excuse itself. */
export function createBaseline(): Baseline {
  const hours = new Map<number, Histogram>();

  function prune(currentHour: number): void {
    for (const hour of hours.keys()) {
      if (hour < currentHour - DAYS * 24) hours.delete(hour);
    }
  }

  return {
    add(firstTextMs, nowEpochMs) {
      const hour = Math.floor(nowEpochMs / HOUR_MS);
      let histogram = hours.get(hour);
      if (histogram === undefined) {
        histogram = new Map();
        hours.set(hour, histogram);
        prune(hour);
      }
      addTo(histogram, firstTextMs);
    },
    p95Ms(nowEpochMs) {
      const hour = Math.floor(nowEpochMs / HOUR_MS);
      const sameHours = Array.from({ length: DAYS }, (_, day) => hours.get(hour - 24 * (day + 1)));
      return percentileOf(
        sameHours.filter((histogram) => histogram !== undefined),
        0.95,
        MINIMUM_SAMPLES,
      );
    },
    serialize: () => [...hours].map(([hour, histogram]) => [hour, [...histogram]] as const),
    restore(serialized) {
      for (const [hour, counts] of serialized) hours.set(hour, new Map(counts));
    },
  };
}

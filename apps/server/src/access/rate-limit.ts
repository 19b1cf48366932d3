import type { Clock } from '@stepdown/kernel';

export interface BucketSize {
  /** Commands at once. */
  readonly capacity: number;
  /** Time until one more is allowed, milliseconds. */
  readonly refillMs: number;
}

/** 0 when allowed; else milliseconds to wait. */
export type TakeToken = (key: string) => number;

const SWEEP_AT = 10_000;

/** Token buckets by key. A bucket that is full again is forgotten, so that keys can't pile up. */
export function createBuckets(clock: Clock, { capacity, refillMs }: BucketSize): TakeToken {
  const buckets = new Map<string, { tokens: number; at: number }>();

  function refilled(bucket: { tokens: number; at: number }, now: number): number {
    return Math.min(capacity, bucket.tokens + (now - bucket.at) / refillMs);
  }

  function sweep(now: number): void {
    for (const [key, bucket] of buckets) {
      if (refilled(bucket, now) >= capacity) buckets.delete(key);
    }
  }

  return (key) => {
    const now = clock.monotonicMs();
    if (buckets.size >= SWEEP_AT) sweep(now);
    const known = buckets.get(key);
    const tokens = known === undefined ? capacity : refilled(known, now);
    if (tokens < 1) {
      buckets.set(key, { tokens, at: now });
      return Math.ceil((1 - tokens) * refillMs);
    }
    buckets.set(key, { tokens: tokens - 1, at: now });
    return 0;
  };
}

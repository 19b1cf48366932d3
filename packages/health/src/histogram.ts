const FIRST_EDGE_MS = 50;
const GROWTH = 1.1;
const LAST_BUCKET = 75;

/** Counts by bucket; each bucket is 10 % wider than the one before, 50 ms to 63 s. */
export type Histogram = Map<number, number>;

/** Bucket of a duration in milliseconds. */
function bucketOf(milliseconds: number): number {
  if (milliseconds <= FIRST_EDGE_MS) return 0;
  return Math.min(LAST_BUCKET, Math.ceil(Math.log(milliseconds / FIRST_EDGE_MS) / Math.log(GROWTH)));
}

export function addTo(histogram: Histogram, milliseconds: number): void {
  const bucket = bucketOf(milliseconds);
  histogram.set(bucket, (histogram.get(bucket) ?? 0) + 1);
}

/**
 * The nearest-rank percentile of several histograms together, as the upper edge of its bucket: at most 10 % too
 * high, never too low. Undefined below `minimumSamples`.
 */
export function percentileOf(histograms: readonly Histogram[], ratio: number, minimumSamples: number): number | undefined {
  const counts = new Map<number, number>();
  let total = 0;
  for (const histogram of histograms) {
    for (const [bucket, count] of histogram) {
      counts.set(bucket, (counts.get(bucket) ?? 0) + count);
      total += count;
    }
  }
  if (total === 0 || total < minimumSamples) return undefined;
  const rank = Math.ceil(ratio * total);
  let seen = 0;
  for (const [bucket, count] of [...counts].sort(([left], [right]) => left - right)) {
    seen += count;
    if (seen >= rank) return FIRST_EDGE_MS * GROWTH ** bucket;
  }
  return undefined;
}

/**
 * Nearest-rank percentile of exact values: the smallest value with at least `ratio` of all values at or below it.
 * Works from one value on; with fewer than 20 the p95 is the slowest one, which errs on the patient side.
 */
export function nearestRank(values: readonly number[], ratio: number): number | undefined {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(ratio * sorted.length) - 1)];
}

import type { Measured } from './measure.ts';

export interface Goal {
  readonly name: string;
  readonly isMet: boolean;
  readonly measured: string;
}

const round = (value: number | undefined): string => (value === undefined ? 'never' : `${Math.round(value)} ms`);

/** What the product promises under each group of faults, and whether this run kept it. */
export function goalsOf(results: readonly Measured[], product: string, shipped: string, thresholdMs: number): readonly Goal[] {
  const own = results.filter(({ subject }) => subject === product);
  return [
    ...own.filter(({ group }) => group === 'mid-stream').flatMap((result) => midStream(result, thresholdMs)),
    ...own.filter(({ group }) => group === 'silent').flatMap((result) => silent(result, thresholdMs)),
    ...results.filter(({ subject, group }) => subject === shipped && group === 'immediate').flatMap(immediate),
    ...own
      .filter(({ group }) => group === 'trickle')
      .map((result) =>
        trickle(
          result,
          results.filter(({ subject }) => subject !== product && subject !== shipped),
        ),
      ),
  ];
}

function midStream({ fault, complete, requests, glued, longestGapMs }: Measured, thresholdMs: number): readonly Goal[] {
  return [
    {
      name: `${fault}: every answer whole, none glued`,
      isMet: complete === requests && glued === 0,
      measured: `${complete}/${requests}, ${glued} glued`,
    },
    { name: `${fault}: gap ≤ 1.2 × threshold`, isMet: longestGapMs <= 1.2 * thresholdMs, measured: round(longestGapMs) },
  ];
}

function silent({ fault, firstRequestMs, healthyMs, paying, complete, requests }: Measured, thresholdMs: number): readonly Goal[] {
  const limitMs = thresholdMs + 1.2 * healthyMs;
  return [
    {
      name: `${fault}: first request ≤ T + 1.2 × healthy`,
      isMet: (firstRequestMs ?? Number.POSITIVE_INFINITY) <= limitMs,
      measured: `${round(firstRequestMs)} of ${round(limitMs)}`,
    },
    {
      name: `${fault}: at most 3 requests pay, all are answered`,
      isMet: paying <= 3 && complete === requests,
      measured: `${paying} of ${requests}`,
    },
  ];
}

/** By the median: the first request may pay for finding out. */
function immediate({ fault, medianMs, firstRequestMs, healthyMs, complete, requests }: Measured): readonly Goal[] {
  const ratio = (medianMs ?? Number.POSITIVE_INFINITY) / healthyMs;
  const first = (firstRequestMs ?? Number.POSITIVE_INFINITY) / healthyMs;
  return [
    {
      name: `${fault}: ≤ 1.1 × healthy as shipped`,
      isMet: ratio <= 1.1 && complete === requests,
      measured: `× ${ratio.toFixed(2)} (first request × ${first.toFixed(2)})`,
    },
  ];
}

function trickle({ fault, firstRequestMs }: Measured, peers: readonly Measured[]): Goal {
  const others = peers.filter(({ group }) => group === 'trickle').map((peer) => peer.firstRequestMs ?? Number.POSITIVE_INFINITY);
  const fastest = Math.min(...others);
  const isMet = (firstRequestMs ?? Number.POSITIVE_INFINITY) <= 0.3 * fastest;
  return { name: `${fault}: done in ≤ 0.3 × the fastest peer’s time`, isMet, measured: `${round(firstRequestMs)} of ${round(fastest)}` };
}

import type { LadderMinute } from '@stepdown/protocol';

/** Minutes without an answer that a line still bridges: a quiet route is probed about once a minute. */
const BRIDGED = 3;

/** A line through the values that are known, in units of one minute along and 0–1 up (`top` is 1); gaps stay gaps. */
export function linePath(values: readonly (number | null)[], top: number, height: number): string {
  const parts: string[] = [];
  let lastIndex = Number.NEGATIVE_INFINITY;
  values.forEach((value, index) => {
    if (value === null) return;
    const y = (height * (1 - Math.min(1, value / top))).toFixed(1);
    const isJoined = index - lastIndex <= BRIDGED;
    // A lone minute is a dot: a line of no length with round ends.
    parts.push(isJoined ? `L${index + 0.5} ${y}` : `M${index + 0.5} ${y}h0.01`);
    lastIndex = index;
  });
  return parts.join('');
}

/** The highest p95 of the hour, rounded up so that the line does not touch the edge; null without any. */
export function topOf(minutes: readonly LadderMinute[]): number | null {
  const highest = Math.max(0, ...minutes.map(({ ttftP50Ms, ttftP95Ms }) => ttftP95Ms ?? ttftP50Ms ?? 0));
  return highest === 0 ? null : highest * 1.1;
}

export interface HourErrors {
  readonly samples: number;
  readonly failures: number;
}

export function errorsOf(minutes: readonly LadderMinute[]): HourErrors {
  return {
    samples: minutes.reduce((sum, minute) => sum + minute.samples, 0),
    failures: minutes.reduce((sum, minute) => sum + minute.failures, 0),
  };
}

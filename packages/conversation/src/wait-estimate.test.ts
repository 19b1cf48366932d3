import { describe, expect, it } from 'vitest';
import { type QueuePlace, remainingWaitMs } from './wait-estimate.ts';

const MINUTE_MS = 60_000;
const pickUps = (...minutes: number[]) => minutes.map((waited, index) => ({ waitedMs: waited * MINUTE_MS, at: index }));
const place: QueuePlace = { waitedMs: MINUTE_MS, headWaitedMs: MINUTE_MS, recentPickUps: pickUps(2, 4, 9), agentsOnline: 1 };

describe('how much longer somebody waits', () => {
  it('[P21] is the usual wait less what has been waited', () => {
    expect(remainingWaitMs(place)).toBe(3 * MINUTE_MS);
    expect(remainingWaitMs({ ...place, recentPickUps: pickUps(2, 4, 6, 9) })).toBe(4 * MINUTE_MS);
  });

  it('[P21] follows a jam: at least as long as the first of the queue has waited', () => {
    expect(remainingWaitMs({ ...place, headWaitedMs: 20 * MINUTE_MS })).toBe(19 * MINUTE_MS);
  });

  it.each([
    ['nobody is online', { agentsOnline: 0 }],
    ['too few were picked up lately', { recentPickUps: pickUps(2, 4) }],
    ['it has taken longer than usual', { waitedMs: 5 * MINUTE_MS, headWaitedMs: 5 * MINUTE_MS }],
    ['it has taken exactly as long as usual', { waitedMs: 4 * MINUTE_MS, headWaitedMs: 4 * MINUTE_MS }],
  ])('[P21] is not invented when %s', (_, change) => {
    expect(remainingWaitMs({ ...place, ...change })).toBeUndefined();
  });
});

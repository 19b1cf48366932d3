import { describe, expect, it } from 'vitest';
import { withPolicy } from './policy.ts';
import { rowOf, windowOf } from './testing/route-bench.ts';
import { breachesTooOften, failureRow, hasRecentFailure, hasRecovered, type Leniency, openingRule } from './thresholds.ts';

const policy = withPolicy();
const plain: Leniency = { isSuspicious: false, forgivenFailures: 0, sinceVerdictMs: Number.POSITIVE_INFINITY };

describe('thresholds', () => {
  it.each([
    [2, 2, false, undefined],
    [3, 2, false, 'row'],
    [3, 1, false, undefined],
    [3, 3, false, 'row'],
    [1, 1, true, undefined],
    [2, 2, true, 'row'],
    [2, 1, true, undefined],
  ] as const)('[L7] %i failures in a row over %i turns, suspicious %s → %s', (failures, sources, isSuspicious, expected) => {
    const window = windowOf({ consecutiveFailures: failures, consecutiveSources: sources });
    expect(openingRule(window, { ...plain, isSuspicious }, policy)).toBe(expected);
  });

  it.each([
    [12, 3, 'ratio'],
    [12, 2, undefined],
    [11, 11, undefined],
    [13, 3, undefined],
    [100, 25, 'ratio'],
    [100, 24, undefined],
  ] as const)('[L8] %i samples with %i failures in 60 s → %s', (shortSamples, shortFailures, expected) => {
    expect(openingRule(windowOf({ shortSamples, shortFailures }), plain, policy)).toBe(expected);
  });

  it('[L8] the short window is not judged twice: for 60 s after a verdict the ratio is silent', () => {
    const window = windowOf({ shortSamples: 12, shortFailures: 12 });
    expect(openingRule(window, { ...plain, sinceVerdictMs: 59_999 }, policy)).toBeUndefined();
    expect(openingRule(window, { ...plain, sinceVerdictMs: 60_000 }, policy)).toBe('ratio');
  });

  it('[L28] forgiven failures are taken off the row', () => {
    expect(failureRow(rowOf(5), { forgivenFailures: 4 })).toBe(1);
    expect(openingRule(rowOf(6), { ...plain, forgivenFailures: 4 }, policy)).toBeUndefined();
    expect(openingRule(rowOf(7), { ...plain, forgivenFailures: 4 }, policy)).toBe('row');
  });

  it.each([
    [10, 1, true],
    [9, 9, false],
    [11, 1, false],
    [100, 10, true],
    [100, 9, false],
  ])('[L5] %i samples with %i breaches in 5 min → degraded: %s', (longSamples, longBreaches, expected) => {
    expect(breachesTooOften(windowOf({ longSamples, longBreaches }), plain, policy)).toBe(expected);
  });

  it('[L5] for 5 min after a verdict only a breach of the last minute counts', () => {
    const polluted = { longSamples: 20, longBreaches: 10 };
    const clean = windowOf({ ...polluted, shortSamples: 100, shortBreaches: 2 });
    const fresh = windowOf({ ...polluted, shortSamples: 100, shortBreaches: 3 });
    expect(breachesTooOften(clean, { ...plain, sinceVerdictMs: 299_999 }, policy)).toBe(false);
    expect(breachesTooOften(fresh, { ...plain, sinceVerdictMs: 299_999 }, policy)).toBe(true);
    expect(breachesTooOften(clean, { ...plain, sinceVerdictMs: 300_000 }, policy)).toBe(true);
  });

  it.each([
    [60_000, 5, 0, true],
    [59_999, 5, 0, false],
    [60_000, 4, 0, false],
    [60_000, 100, 3, false],
    [60_000, 100, 2, true],
  ])('[L6] degraded for %i ms, %i samples with %i breaches → healthy: %s', (forMs, shortSamples, shortBreaches, expected) => {
    expect(hasRecovered(windowOf({ shortSamples, shortBreaches }), forMs, policy)).toBe(expected);
  });

  it('[L9] a recent failure is one in the last minute or an unbroken row', () => {
    expect(hasRecentFailure(undefined, plain, policy)).toBe(false);
    expect(hasRecentFailure(windowOf(), plain, policy)).toBe(false);
    expect(hasRecentFailure(windowOf({ shortFailures: 1 }), plain, policy)).toBe(true);
    expect(hasRecentFailure(rowOf(1), plain, policy)).toBe(true);
    expect(hasRecentFailure(windowOf({ shortFailures: 1 }), { ...plain, sinceVerdictMs: 59_999 }, policy)).toBe(false);
  });
});

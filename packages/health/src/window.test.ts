import type { Signal, TierFailure } from '@stepdown/kernel';
import { createManualClock, type ManualClock } from '@stepdown/kernel/testing';
import { describe, expect, it } from 'vitest';
import { createHealthWindows, type HealthWindows } from './window.ts';

const policy = { slowFirstTextMs: 4_000, slowFirstTextFactor: 2.5, openWindowMs: 60_000, degradedWindowMs: 300_000 };
const overloaded: TierFailure = { reason: 'overloaded', detail: '529' };
const DAY_MS = 86_400_000;

function setUp(clock: ManualClock = createManualClock()) {
  const windows = createHealthWindows({ clock, policy, isHealthFailure: (failure) => failure.reason === 'overloaded' });
  let count = 0;
  const signal = (outcome: Signal['outcome'], options: { sourceId?: string; firstTextMs?: number } = {}): Signal => {
    count += 1;
    return { routeId: 'r', from: 'turn', sourceId: `turn ${count}`, at: clock.now(), outcome, ...options };
  };
  const ok = (firstTextMs = 800, sourceId?: string) =>
    windows.record(signal({ kind: 'ok' }, { firstTextMs, ...(sourceId === undefined ? {} : { sourceId }) }));
  const fail = (sourceId?: string, failure = overloaded) =>
    windows.record(signal({ kind: 'failed', failure }, sourceId === undefined ? {} : { sourceId }));
  return { clock, windows, ok, fail, signal };
}

describe('windows', () => {
  it('[H1] counts a route once per turn, with the worst that happened in it', () => {
    const { ok, fail } = setUp();
    fail('turn a');
    expect(fail('turn a')).toMatchObject({ consecutiveFailures: 1, consecutiveSources: 1, shortSamples: 1, shortFailures: 1 });
    expect(ok(500, 'turn a')).toMatchObject({ consecutiveFailures: 0, shortSamples: 1, shortFailures: 1, shortBreaches: 1 });
  });

  it('[H2] a success ends the row, other outcomes leave it alone and are no sample', () => {
    const { ok, fail, signal, windows } = setUp();
    fail();
    fail();
    expect(windows.record(signal({ kind: 'cancelled' }))).toMatchObject({ consecutiveFailures: 2, shortSamples: 2 });
    expect(fail('limit', { reason: 'rate-limited', detail: '429' })).toMatchObject({ consecutiveFailures: 2, shortSamples: 2 });
    expect(fail()).toMatchObject({ consecutiveFailures: 3, consecutiveSources: 3, shortSamples: 3 });
    expect(ok()).toMatchObject({ consecutiveFailures: 0, consecutiveSources: 0, shortFailures: 3 });
  });

  it('[H3] the windows are 60 s and 5 min, on the monotonic clock', () => {
    const { fail, clock, windows } = setUp();
    fail();
    clock.advance(59_999);
    expect(windows.view('r')).toMatchObject({ shortSamples: 1, shortFailures: 1, shortBreaches: 1 });
    clock.advance(1);
    expect(windows.view('r')).toMatchObject({ shortSamples: 0, shortFailures: 0, longSamples: 1, longBreaches: 1 });
    clock.advance(239_999);
    expect(windows.view('r').longSamples).toBe(1);
    clock.advance(1);
    expect(windows.view('r').longSamples).toBe(0);
  });

  it('[H4] a first text slower than 4 s is a breach, exactly 4 s is not', () => {
    const { ok } = setUp();
    expect(ok(4_000)).toMatchObject({ longBreaches: 0 });
    expect(ok(4_001)).toMatchObject({ longBreaches: 1, longSamples: 2 });
  });

  it('[H4] the limit rises to 2.5 × the p95 of that hour over the last 7 days, once 20 turns are known', () => {
    const known = (turns: number) => {
      const world = setUp();
      for (let turn = 0; turn < turns; turn += 1) world.ok(3_000);
      world.clock.advance(DAY_MS);
      return world;
    };
    // 3 s lies in a bucket that ends at most 10 % higher: the limit is 7.5 to 8.25 s.
    expect(known(20).ok(7_400)).toMatchObject({ longBreaches: 0 });
    expect(known(20).ok(8_300)).toMatchObject({ longBreaches: 1 });
    expect(known(19).ok(7_400)).toMatchObject({ longBreaches: 1 });
    const otherHour = known(20);
    otherHour.clock.advance(2 * 3_600_000);
    expect(otherHour.ok(7_400)).toMatchObject({ longBreaches: 1 });
    const eighthDay = known(20);
    eighthDay.clock.advance(7 * DAY_MS);
    expect(eighthDay.ok(7_400)).toMatchObject({ longBreaches: 1 });
  });

  it('[H4] a brownout does not excuse itself: the running hour is not in its own limit', () => {
    const { ok } = setUp();
    for (let turn = 0; turn < 40; turn += 1) ok(5_000);
    expect(ok(5_000)).toMatchObject({ longBreaches: 41 });
  });

  it('[H9] an attempt that lost to a rival is a breach once it had waited longer than the limit, never a failure', () => {
    const { windows, signal, fail } = setUp();
    fail();
    expect(windows.record(signal({ kind: 'cancelled' }, { firstTextMs: 4_000 }))).toMatchObject({ longSamples: 1, longBreaches: 1 });
    const after = windows.record(signal({ kind: 'cancelled' }, { firstTextMs: 4_001 }));
    expect(after).toMatchObject({ longSamples: 2, longBreaches: 2, shortFailures: 1, consecutiveFailures: 1 });
    expect(after.firstTextP95Ms).toBeUndefined();
    expect(windows.minuteBuckets('r', 1)[0]).toMatchObject({ samples: 2, failures: 1, breaches: 2 });
  });

  it('[H5] percentiles are nearest rank over the last hour, at 2 turns a minute too', () => {
    const { ok, clock, windows } = setUp();
    expect(windows.view('r')).toMatchObject({ firstTextP50Ms: undefined, firstTextP95Ms: undefined });
    expect(ok(900)).toMatchObject({ firstTextP50Ms: 900, firstTextP95Ms: 900 });
    for (let turn = 1; turn < 120; turn += 1) {
      clock.advance(30_000);
      ok(1_000 + turn);
    }
    // 120 turns in the hour: ranks 60 and 114.
    expect(windows.view('r')).toMatchObject({ firstTextP50Ms: 1_059, firstTextP95Ms: 1_113 });
    clock.advance(3_600_000);
    expect(windows.view('r').firstTextP95Ms).toBeUndefined();
  });

  it('[H6] keeps a bucket per minute for the sparkline, empty minutes included', () => {
    const { ok, fail, clock, windows } = setUp();
    clock.advance(60_000 - (clock.now() % 60_000));
    ok(500);
    ok(700);
    fail('x');
    fail('x');
    clock.advance(120_000);
    ok(5_000);
    const buckets = windows.minuteBuckets('r', 4);
    expect(buckets.map(({ samples, failures, breaches }) => [samples, failures, breaches])).toEqual([
      [0, 0, 0],
      [3, 1, 1],
      [0, 0, 0],
      [1, 0, 1],
    ]);
    expect(buckets.map((bucket) => bucket.firstTextP50Ms)).toEqual([undefined, 500, undefined, 5_000]);
    expect(buckets.map((bucket) => bucket.firstTextP95Ms)).toEqual([undefined, 700, undefined, 5_000]);
    expect(buckets[3]?.at).toBe(Math.floor(clock.now() / 60_000) * 60_000);
  });

  it('[H7] survives a restart, aged by the wall time between', () => {
    const before = setUp();
    before.fail();
    before.fail();
    before.ok();
    before.fail();
    const saved: unknown = JSON.parse(JSON.stringify(before.windows.serialize()));
    const sameMoment = setUp(createManualClock(before.clock.now()));
    sameMoment.windows.restore(saved);
    expect(sameMoment.windows.view('r')).toEqual(before.windows.view('r'));
    expect(sameMoment.windows.minuteBuckets('r', 3)).toEqual(before.windows.minuteBuckets('r', 3));
    const minuteLater = setUp(createManualClock(before.clock.now() + 60_000));
    minuteLater.windows.restore(saved);
    expect(minuteLater.windows.view('r')).toMatchObject({ shortSamples: 0, longSamples: 4, consecutiveFailures: 1 });
  });

  it('[H7] ignores what it can not read', () => {
    const { windows, clock } = setUp();
    for (const garbage of [undefined, 7, {}, { version: 2, savedAt: clock.now(), routes: [] }]) windows.restore(garbage);
    expect(windows.view('r').longSamples).toBe(0);
  });

  it('[H8] never counts more breaches than samples nor fewer breaches than failures', () => {
    const world: HealthWindows = setUp().windows;
    for (let index = 0; index < 3_000; index += 1) {
      const outcome = index % 3 === 0 ? ({ kind: 'failed', failure: overloaded } as const) : ({ kind: 'ok' } as const);
      const window = world.record({ routeId: 'r', from: 'turn', sourceId: `${index >> 1}`, at: 0, outcome, firstTextMs: index * 7 });
      expect(window.longBreaches).toBeLessThanOrEqual(window.longSamples);
      expect(window.shortBreaches).toBeGreaterThanOrEqual(window.shortFailures);
    }
    expect(world.view('r').longSamples).toBeLessThanOrEqual(2_000);
  });
});

import { describe, expect, it } from 'vitest';
import { withPolicy } from './policy.ts';
import { probeIntervalMs, withJitter } from './probe-schedule.ts';
import { createRouteBench, rowOf, windowOf } from './testing/route-bench.ts';

describe('healthy and degraded', () => {
  it('[L5] breaches degrade, [L6] a clean minute with five samples heals', () => {
    const { succeed, state, clock, runner } = createRouteBench();
    succeed(windowOf({ longSamples: 10, longBreaches: 1 }));
    expect(state()).toBe('degraded');
    expect(runner.snapshot().cause).toBe('Claude (opus) failed or was slow 1 of 10 times in 5 min');
    clock.advance(59_999);
    succeed(windowOf({ shortSamples: 5 }));
    expect(state()).toBe('degraded');
    clock.advance(1);
    succeed(windowOf({ shortSamples: 4 }));
    expect(state()).toBe('degraded');
    succeed(windowOf({ shortSamples: 5, longSamples: 20, longBreaches: 10 }));
    expect(state()).toBe('healthy');
    succeed(windowOf({ shortSamples: 5, longSamples: 20, longBreaches: 10 }));
    expect(state()).toBe('healthy');
  });

  it('[L6] while it is degraded and short of samples, a probe is asked for every 12 s', () => {
    const { succeed, clock, probes } = createRouteBench();
    succeed(windowOf({ longSamples: 10, longBreaches: 1, lastSuccessAt: clock.now() }));
    clock.advance(36_000);
    expect(probes.map((probe) => [probe.kind, probe.atMs])).toEqual([
      ['background', 12_000],
      ['background', 24_000],
      ['background', 36_000],
    ]);
  });

  it('[L9] a bad status page and one failure degrade, in either order; alone each does nothing', () => {
    const page = { type: 'status.suspected', reason: 'API' } as const;
    const pageFirst = createRouteBench();
    pageFirst.runner.send(page);
    expect(pageFirst.state()).toBe('healthy');
    pageFirst.fail();
    expect(pageFirst.state()).toBe('degraded');
    const failureFirst = createRouteBench();
    failureFirst.fail(rowOf(1, { shortFailures: 1 }));
    expect(failureFirst.state()).toBe('healthy');
    failureFirst.runner.send(page);
    expect(failureFirst.state()).toBe('degraded');
    expect(failureFirst.runner.snapshot().cause).toContain('status page');
  });

  it('[L7] opens at 3 in a row, at 2 when the status page is bad, and not for the page alone', () => {
    const plain = createRouteBench();
    plain.fail(rowOf(2));
    expect(plain.state()).toBe('healthy');
    plain.fail(rowOf(3), 'turn', { statusCode: 529 });
    expect(plain.state()).toBe('open');
    expect(plain.runner.snapshot().cause).toBe('Claude (opus) failed 3 times in a row: overloaded (529)');
    const suspicious = createRouteBench();
    suspicious.runner.send({ type: 'status.suspected', reason: 'API' });
    suspicious.fail(rowOf(2));
    expect(suspicious.state()).toBe('open');
    const cleared = createRouteBench();
    cleared.runner.send({ type: 'status.suspected', reason: 'API' });
    cleared.runner.send({ type: 'status.cleared' });
    cleared.fail(rowOf(2));
    expect(cleared.state()).toBe('healthy');
  });

  it('[L8] opens on a quarter of twelve, whatever the last signal was', () => {
    const { succeed, state, runner } = createRouteBench();
    succeed(windowOf({ shortSamples: 12, shortFailures: 3 }));
    expect(state()).toBe('open');
    expect(runner.snapshot().cause).toContain('failed 3 of 12 times in 60 s');
  });

  it('[L10] the first failure asks for a confirm probe at once, one at a time, the next when it has failed', () => {
    const { fail, probes, clock } = createRouteBench();
    fail(rowOf(1));
    fail(rowOf(1));
    expect(probes).toEqual([{ kind: 'confirm', atMs: 0 }]);
    clock.advance(200);
    fail(rowOf(2), 'probe');
    expect(probes[1]).toEqual({ kind: 'confirm', atMs: 200 });
  });

  it('[L10] two more customers may go while the probe is out, one when suspicious; a good answer ends the doubt', () => {
    const { fail, succeed, runner, clock } = createRouteBench();
    runner.send({ type: 'customer.sent' });
    fail(rowOf(1));
    const sent = () => {
      let count = 0;
      for (; count < 9 && runner.hasRoomInDoubt(); count += 1) runner.send({ type: 'customer.sent' });
      return count;
    };
    expect(sent()).toBe(2);
    runner.send({ type: 'attempt.succeeded', from: 'turn', window: windowOf(), isStale: true });
    expect(runner.hasRoomInDoubt()).toBe(false);
    succeed(windowOf(), 'probe');
    expect(runner.hasRoomInDoubt()).toBe(true);
    runner.send({ type: 'status.suspected', reason: 'API' });
    fail(rowOf(1));
    expect(sent()).toBe(1);
    clock.advance(9_999);
    expect(runner.hasRoomInDoubt()).toBe(false);
    clock.advance(1);
    expect(runner.hasRoomInDoubt()).toBe(true);
  });

  it('[L23] asks for a background probe every 60 s, unless an answer came within the last 60 s', () => {
    const { probes, clock, succeed } = createRouteBench();
    clock.advance(60_000);
    expect(probes).toEqual([{ kind: 'background', atMs: 60_000 }]);
    clock.advance(59_999);
    succeed(windowOf({ lastSuccessAt: clock.now() }));
    clock.advance(1);
    expect(probes).toHaveLength(1);
    clock.advance(60_000);
    expect(probes).toHaveLength(2);
  });
});

describe('open and probing', () => {
  it('[L14] probes 5 s after the open, then every 8 s for 2 min, 15 s to 10 min, 30 s to 30 min, then 60 s', () => {
    const { open, probes, clock, failProbe } = createRouteBench();
    open();
    let seen = 0;
    for (let passed = 0; passed < 2_400_000; passed += 500) {
      clock.advance(500);
      if (probes.length > seen) {
        seen = probes.length;
        failProbe();
      }
    }
    const at = probes.map((probe) => probe.atMs / 1_000);
    expect(at.slice(0, 3)).toEqual([5, 13, 21]);
    const gapAfter = (seconds: number) => {
      const index = at.findIndex((moment) => moment >= seconds);
      return (at[index + 1] ?? 0) - (at[index] ?? 0);
    };
    expect([gapAfter(100), gapAfter(121), gapAfter(560), gapAfter(610), gapAfter(1_750), gapAfter(1_810)]).toEqual([8, 15, 15, 30, 30, 60]);
    const policy = withPolicy();
    expect([119_999, 120_000, 599_999, 600_000, 1_799_999, 1_800_000].map((age) => probeIntervalMs(age, policy))).toEqual([
      8_000, 15_000, 15_000, 30_000, 30_000, 60_000,
    ]);
    expect([withJitter(8_000, 0.2, () => 0), withJitter(8_000, 0.2, () => 0.5), withJitter(8_000, 0.2, () => 1)]).toEqual([
      6_400, 8_000, 9_600,
    ]);
  });

  it('[L14] never probes before retry-after, obeyed up to 5 min and kept in full for display', () => {
    const { open, probes, clock, runner } = createRouteBench();
    open({ retryAfterMs: 600_000 });
    clock.advance(299_999);
    runner.send({ type: 'recheck.asked' });
    expect(probes).toEqual([]);
    clock.advance(1);
    expect(probes).toHaveLength(1);
    expect(runner.snapshot().lastFailure?.retryAfterMs).toBe(600_000);
  });

  it('[L14] a late answer with a longer retry-after postpones the probe', () => {
    const { open, probes, clock, fail } = createRouteBench();
    open();
    fail(rowOf(4), 'turn', { retryAfterMs: 20_000 });
    clock.advance(19_999);
    expect(probes).toEqual([]);
    clock.advance(1);
    expect(probes).toHaveLength(1);
  });

  it('[L14] a probe that never reports is lost after 10 s and asked again', () => {
    const { open, probes, clock, state } = createRouteBench();
    open();
    clock.advance(5_000);
    expect(state()).toBe('probing');
    clock.advance(9_999);
    expect(state()).toBe('probing');
    clock.advance(1);
    expect(state()).toBe('open');
    clock.advance(1_000);
    expect(probes).toHaveLength(2);
  });

  it('[L15] needs 2 good probes at least 2 s apart', () => {
    const { open, passProbe, clock, state, probes } = createRouteBench();
    open();
    clock.advance(5_000);
    passProbe();
    clock.advance(1_999);
    passProbe();
    expect(state()).toBe('probing');
    clock.advance(1);
    expect(probes).toHaveLength(2);
    passProbe();
    expect(state()).toBe('ramping');
  });

  it('[L15] a bad probe between two good ones starts the count anew', () => {
    const { open, passProbe, failProbe, clock, state } = createRouteBench();
    open();
    clock.advance(5_000);
    passProbe();
    clock.advance(2_000);
    failProbe();
    expect(state()).toBe('open');
    clock.advance(8_000);
    passProbe();
    expect(state()).toBe('probing');
  });

  it('[L15] after the second open in 15 min it needs 5 good probes over at least 60 s', () => {
    const bench = createRouteBench();
    bench.ramp();
    bench.fail();
    expect(bench.state()).toBe('open');
    bench.clock.advance(5_000);
    for (let probe = 0; probe < 4; probe += 1) {
      bench.passProbe();
      bench.clock.advance(15_000);
    }
    expect(bench.state()).toBe('probing');
    bench.passProbe();
    expect(bench.state()).toBe('ramping');
  });

  it('[L12] customers decide nothing while the route is open or probing', () => {
    const { open, succeed, fail, clock, state } = createRouteBench();
    open();
    succeed();
    expect(state()).toBe('open');
    clock.advance(5_000);
    succeed();
    fail(rowOf(9));
    expect(state()).toBe('probing');
  });

  it('[L20] the third open in 15 min holds for 10 min and tells once', () => {
    const bench = createRouteBench();
    bench.ramp();
    bench.fail();
    bench.clock.advance(5_000);
    for (let probe = 0; probe < 4; probe += 1) {
      bench.passProbe();
      bench.clock.advance(15_000);
    }
    bench.passProbe();
    expect(bench.alerts).toEqual([]);
    bench.fail();
    expect(bench.alerts).toHaveLength(1);
    const before = bench.probes.length;
    bench.clock.advance(599_999);
    expect(bench.probes).toHaveLength(before);
    bench.clock.advance(1);
    expect(bench.probes).toHaveLength(before + 1);
  });

  it('[L20] opens more than 15 min apart are no flapping', () => {
    const bench = createRouteBench();
    for (let round = 0; round < 4; round += 1) {
      bench.ramp();
      for (let stage = 0; stage < 3; stage += 1) {
        bench.succeed();
        bench.clock.advance(20_000);
      }
      expect(bench.state()).toBe('healthy');
      bench.clock.advance(900_000);
    }
    expect(bench.alerts).toEqual([]);
  });
});

describe('ramping', () => {
  it('[L17] takes three stages of 20 s, each with an answer', () => {
    const { ramp, succeed, clock, runner, state } = createRouteBench();
    ramp();
    for (const share of [0.25, 0.5, 1]) {
      expect(runner.share()).toBe(share);
      succeed();
      clock.advance(19_999);
      expect(runner.share()).toBe(share);
      clock.advance(1);
    }
    expect(state()).toBe('healthy');
  });

  it('[L18] without an answer a stage asks for a probe at 10 s and waits for evidence', () => {
    const { ramp, clock, probes, passProbe, runner } = createRouteBench();
    ramp();
    const before = probes.length;
    clock.advance(9_999);
    expect(probes).toHaveLength(before);
    clock.advance(1);
    expect(probes).toHaveLength(before + 1);
    clock.advance(10_000);
    expect([probes.length, runner.share()]).toEqual([before + 2, 0.25]);
    passProbe();
    expect(runner.share()).toBe(0.5);
  });

  it('[L19] one health failure opens it again; answers of turns from before the ramp decide nothing', () => {
    const { ramp, runner, state, fail } = createRouteBench();
    ramp();
    const stale = { from: 'turn', window: rowOf(1), isStale: true } as const;
    runner.send({ type: 'attempt.failed', failure: { reason: 'cut', detail: '' }, ...stale });
    expect(state()).toBe('ramping');
    fail(rowOf(1));
    expect(state()).toBe('open');
    expect(runner.snapshot().cause).toContain('failed again while it was climbing back');
  });

  it('[L19] a rate limit or a fault of ours on the way back is no failure', () => {
    const { ramp, runner, state } = createRouteBench();
    ramp();
    runner.send({ type: 'probe.inconclusive', failure: { reason: 'rate-limited', detail: '429' } });
    expect(state()).toBe('ramping');
  });
});

describe('latched', () => {
  it.each([
    ['credential', 300_000],
    ['model', 900_000],
  ] as const)('[L21] a refused %s is re-checked every %i ms and leaves by way of the probes', (kind, everyMs) => {
    const { latch, clock, probes, state, passProbe } = createRouteBench();
    latch(kind);
    expect(state()).toBe('latched');
    clock.advance(everyMs - 1);
    expect(probes).toEqual([]);
    clock.advance(1);
    expect(probes.map((probe) => probe.kind)).toEqual(['recheck']);
    latch(kind);
    clock.advance(everyMs);
    expect(probes).toHaveLength(2);
    passProbe();
    expect(state()).toBe('probing');
    clock.advance(2_000);
    passProbe();
    expect(state()).toBe('ramping');
  });

  it.each(['healthy', 'degraded', 'open', 'probing', 'ramping'] as const)('[L21] latches from %s', (from) => {
    const bench = createRouteBench();
    if (from === 'degraded') bench.succeed(windowOf({ longSamples: 10, longBreaches: 1 }));
    if (from === 'open' || from === 'probing') bench.open();
    if (from === 'probing') bench.clock.advance(5_000);
    if (from === 'ramping') bench.ramp();
    expect(bench.state()).toBe(from);
    bench.latch('credential');
    expect(bench.state()).toBe('latched');
    expect(bench.runner.snapshot().cause).toBe('Claude (opus): the key was refused (401)');
  });

  it('[L21] an operator may ask at once; customers do not unlatch', () => {
    const { latch, runner, probes, succeed, state } = createRouteBench();
    latch('model');
    succeed();
    expect(state()).toBe('latched');
    runner.send({ type: 'recheck.asked' });
    expect(probes.map((probe) => probe.kind)).toEqual(['recheck']);
  });
});

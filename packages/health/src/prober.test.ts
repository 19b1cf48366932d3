import type { AnswerEvent, Signal } from '@stepdown/kernel';
import { silentLog } from '@stepdown/kernel';
import { createManualClock, seededRandom } from '@stepdown/kernel/testing';
import { describe, expect, it } from 'vitest';
import { createProber, type ProberOptions, type ProbeSource } from './prober.ts';

const text: AnswerEvent = { type: 'delta', text: 'Yes.' };
const headers: AnswerEvent = { type: 'headers' };
const complete: AnswerEvent = { type: 'end', outcome: { kind: 'complete' } };

/** Plays its events, then hangs until it is aborted (or for ever) unless the last one is an end. */
function source(events: readonly AnswerEvent[], options: { hangs?: boolean } = {}): ProbeSource & { count: number } {
  return {
    count: 0,
    async *probe() {
      this.count += 1;
      yield* events;
      if (options.hangs === true) await new Promise(() => undefined);
    },
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

function setUp(probed: ProbeSource, options: Partial<ProberOptions> = {}) {
  const clock = createManualClock();
  const signals: Signal[] = [];
  const prober = createProber({
    clock,
    random: seededRandom(1),
    sources: new Map([['r', probed]]),
    report: (signal) => signals.push(signal),
    policy: { probeTimeoutMs: 8_000, probesPerDay: 2_000 },
    log: silentLog,
    ...options,
  });
  return { clock, signals, prober };
}

describe('prober', () => {
  it.each([
    ['text and a complete end', [headers, text, complete], 'ok'],
    ['text and an output limit', [text, { type: 'end', outcome: { kind: 'output-limit' } }], 'ok'],
    ['an end without text', [headers, complete], 'empty'],
    ['text without an end', [headers, text], 'cut'],
    ['a failure', [{ type: 'end', outcome: { kind: 'failed', failure: { reason: 'overloaded', detail: '529' } } }], 'overloaded'],
  ] as const)('[H10] %s → %s', async (_, events, expected) => {
    const { prober, signals } = setUp(source(events));
    prober.onDue({ routeId: 'r', kind: 'confirm' });
    await settle();
    const outcome = signals[0]?.outcome;
    expect(outcome?.kind === 'failed' ? outcome.failure.reason : outcome?.kind).toBe(expected);
    expect(signals[0]).toMatchObject({ from: 'probe', routeId: 'r' });
  });

  it('[H10] fails a route that keeps a probe waiting as long as it would lose a customer', async () => {
    const policy = { probeTimeoutMs: 8_000, probesPerDay: 2_000, firstTextMs: 2_000 };
    const { prober, signals, clock } = setUp(source([headers], { hangs: true }), { policy });
    prober.onDue({ routeId: 'r', kind: 'confirm' });
    await settle();
    clock.advance(1_999);
    await settle();
    expect(signals).toEqual([]);
    clock.advance(1);
    await settle();
    expect(signals).toMatchObject([{ outcome: { kind: 'failed', failure: { reason: 'first-text-timeout' } } }]);
    clock.advance(10_000);
    await settle();
    expect(signals).toHaveLength(1);
  });

  it.each([
    ['before headers', [], 'headers-timeout'],
    ['before text', [headers], 'first-text-timeout'],
    ['after text', [headers, text], 'answer-timeout'],
  ] as const)('[H11] ends a probe that is silent %s at 8 s, even when the source ignores the abort', async (_, events, reason) => {
    const { prober, signals, clock } = setUp(source(events, { hangs: true }));
    prober.onDue({ routeId: 'r', kind: 'recovery' });
    await settle();
    clock.advance(7_999);
    await settle();
    expect(signals).toEqual([]);
    clock.advance(1);
    await settle();
    expect(signals[0]?.outcome).toMatchObject({ kind: 'failed', failure: { reason } });
    expect(clock.pendingTimers).toBe(0);
  });

  it('[H12] probes a route one at a time', async () => {
    const probed = source([headers], { hangs: true });
    const { prober, clock } = setUp(probed);
    prober.onDue({ routeId: 'r', kind: 'background' });
    prober.onDue({ routeId: 'r', kind: 'confirm' });
    await settle();
    expect(probed.count).toBe(1);
    expect(prober.isProbing('r')).toBe(true);
    clock.advance(8_000);
    await settle();
    prober.onDue({ routeId: 'r', kind: 'confirm' });
    await settle();
    expect(probed.count).toBe(2);
    prober.stop();
  });

  it('[H13] the daily cap: background stops at 75 %, the others at 100 %, then one in 5 min, all again the next day', async () => {
    const probed = source([text, complete]);
    const { prober, clock, signals } = setUp(probed, { policy: { probeTimeoutMs: 8_000, probesPerDay: 4 } });
    clock.advance(86_400_000 - (clock.now() % 86_400_000));
    const probe = async (kind: 'background' | 'recovery') => {
      prober.onDue({ routeId: 'r', kind });
      await settle();
      return signals.at(-1)?.outcome.kind;
    };
    expect([await probe('background'), await probe('background'), await probe('background')]).toEqual(['ok', 'ok', 'ok']);
    expect(await probe('background')).toBe('cancelled');
    expect(await probe('recovery')).toBe('ok');
    expect(await probe('recovery')).toBe('cancelled');
    clock.advance(299_999);
    expect(await probe('recovery')).toBe('cancelled');
    clock.advance(1);
    expect(await probe('background')).toBe('cancelled');
    expect(await probe('recovery')).toBe('ok');
    expect(await probe('recovery')).toBe('cancelled');
    clock.advance(86_400_000);
    expect(await probe('background')).toBe('ok');
    expect(probed.count).toBe(6);
  });

  it('[H14] stays silent after stop, leaves no timer, and does nothing where another process probes', async () => {
    const { prober, clock, signals } = setUp(source([headers], { hangs: true }));
    prober.onDue({ routeId: 'r', kind: 'recovery' });
    await settle();
    prober.stop();
    await settle();
    expect([signals.length, clock.pendingTimers]).toEqual([0, 0]);
    const probed = source([text, complete]);
    const other = setUp(probed, { isProber: () => false });
    other.prober.onDue({ routeId: 'r', kind: 'recovery' });
    await settle();
    expect([probed.count, other.signals.length]).toEqual([0, 0]);
  });

  it('[H10] a source that throws is our own fault, not the route’s', async () => {
    const { prober, signals } = setUp({
      // biome-ignore lint/correctness/useYield: throws before it can yield
      async *probe() {
        throw new Error('no such model');
      },
    });
    prober.onDue({ routeId: 'r', kind: 'recheck' });
    await settle();
    expect(signals[0]?.outcome).toMatchObject({ kind: 'failed', failure: { reason: 'internal' } });
  });

  it('[H10] reports the time to the first text', async () => {
    const clock = createManualClock();
    const { prober, signals } = setUp(
      {
        async *probe() {
          yield headers;
          await new Promise<void>((resolve) => clock.setTimeout(resolve, 700));
          yield text;
          yield complete;
        },
      },
      { clock },
    );
    prober.onDue({ routeId: 'r', kind: 'recovery' });
    await settle();
    clock.advance(700);
    await settle();
    expect(signals[0]).toMatchObject({ outcome: { kind: 'ok' }, firstTextMs: 700 });
  });
});

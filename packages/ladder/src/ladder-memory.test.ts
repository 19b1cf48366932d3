import { createManualClock, seededRandom } from '@stepdown/kernel/testing';
import { describe, expect, it } from 'vitest';
import { createLadder } from './ladder.ts';
import { withPolicy } from './policy.ts';
import { rowOf, windowOf } from './testing/route-bench.ts';
import type { RouteDescriptor } from './types.ts';

const OPUS: RouteDescriptor = { id: 'claude:opus', tier: 'claude', model: 'opus', credentialId: 'anthropic' };
const GPT: RouteDescriptor = { id: 'gpt:five', tier: 'gpt', model: 'five', credentialId: 'openai' };

function start(nowMs: number, restored?: unknown) {
  const clock = createManualClock(nowMs);
  const ladder = createLadder({ routes: [OPUS, GPT], policy: withPolicy(), clock, random: seededRandom(1), restored });
  const due: number[] = [];
  ladder.on((event) => event.type === 'probe.due' && event.routeId === OPUS.id && due.push(clock.monotonicMs()));
  const report = (from: 'turn' | 'probe', reason?: 'overloaded' | 'auth' | 'rate-limited', retryAfterMs?: number) =>
    ladder.report(
      {
        routeId: OPUS.id,
        from,
        sourceId: `${clock.monotonicMs()} ${reason}`,
        at: clock.now(),
        outcome:
          reason === undefined
            ? { kind: 'ok' }
            : { kind: 'failed', failure: { reason, detail: '', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } },
      },
      reason === undefined ? windowOf() : rowOf(3),
    );
  const state = () => ladder.snapshot().tiers[0]?.routes[0]?.state;
  return { clock, ladder, due, report, state, saved: (): unknown => JSON.parse(JSON.stringify(ladder.serialize())) };
}
const NOW = 1_750_000_000_000;

describe('restart', () => {
  it('[L24] an open route waits for what is left of its retry-after, the time away included', () => {
    const before = start(NOW);
    before.report('turn', 'overloaded', 60_000);
    before.clock.advance(20_000);
    const saved = before.saved();
    const after = start(NOW + 30_000, saved);
    expect([after.state(), after.ladder.snapshot().tier]).toEqual(['open', 'gpt']);
    after.clock.advance(29_999);
    expect(after.due).toEqual([]);
    after.clock.advance(1);
    expect(after.due).toEqual([30_000]);
  });

  it('[L24] a wall clock that was set back makes a wait no shorter and no longer than it was', () => {
    const before = start(NOW);
    before.report('turn', 'overloaded', 60_000);
    before.clock.advance(20_000);
    const after = start(NOW - 86_400_000, before.saved());
    after.clock.advance(39_999);
    expect(after.due).toEqual([]);
    after.clock.advance(1);
    expect(after.due).toHaveLength(1);
  });

  it('[L24] a ramp goes on at its stage with the time that was left', () => {
    const before = start(NOW);
    before.report('turn', 'overloaded');
    for (const waitMs of [5_000, 2_000]) {
      before.clock.advance(waitMs);
      before.report('probe');
    }
    before.report('turn');
    before.clock.advance(20_000);
    before.report('turn');
    before.clock.advance(15_000);
    const after = start(before.clock.now(), before.saved());
    const share = () => after.ladder.snapshot().tiers[0]?.routes[0]?.rampShare;
    expect([after.state(), share()]).toEqual(['ramping', 0.5]);
    after.clock.advance(4_999);
    expect(share()).toBe(0.5);
    after.clock.advance(1);
    expect([after.state(), share()]).toEqual(['ramping', 1]);
  });

  it('[L24] a latch, its re-check, a rate limit, a pin and the opens of flapping are kept', () => {
    const latched = start(NOW);
    latched.report('turn', 'auth');
    latched.clock.advance(100_000);
    const again = start(latched.clock.now(), latched.saved());
    again.clock.advance(199_999);
    expect([again.state(), again.due]).toEqual(['latched', []]);
    again.clock.advance(1);
    expect(again.due).toHaveLength(1);

    const limited = start(NOW);
    limited.report('turn', 'rate-limited', 30_000);
    limited.ladder.pin({ tier: 'gpt', reason: 'r', by: 'b', until: NOW + 60_000 });
    const after = start(NOW + 10_000, limited.saved());
    expect(after.ladder.isAllowed(OPUS.id)).toBe(false);
    after.clock.advance(20_000);
    expect(after.ladder.isAllowed(OPUS.id)).toBe(true);
    expect(after.ladder.snapshot().tier).toBe('gpt');
    after.clock.advance(30_000);
    expect(after.ladder.snapshot()).toMatchObject({ tier: 'claude', pin: undefined });
    expect(start(NOW + 60_000, limited.saved()).ladder.snapshot().pin).toBeUndefined();

    const opened = start(NOW);
    opened.report('turn', 'overloaded');
    const reopened = start(NOW + 1_000, opened.saved());
    expect(reopened.ladder.snapshot().tiers[0]?.routes[0]?.opensInWindow).toBe(1);
  });

  it.each([undefined, null, 'x', {}, { version: 2, savedAt: NOW, routes: [], saturations: [] }, { version: 1, routes: [] }])(
    '[L36] what can not be read (%j) is ignored: the ladder starts fresh',
    (restored) => {
      const { ladder, state } = start(NOW, restored);
      expect([state(), ladder.snapshot().tier]).toEqual(['healthy', 'claude']);
    },
  );

  it('[L36] routes that are no longer configured are forgotten, new ones start healthy', () => {
    const before = start(NOW);
    before.report('turn', 'overloaded');
    const clock = createManualClock(NOW);
    const ladder = createLadder({
      routes: [{ ...OPUS, id: 'claude:next' }],
      policy: withPolicy(),
      clock,
      random: seededRandom(1),
      restored: before.saved(),
    });
    expect(ladder.snapshot().tiers[0]?.routes.map((route) => [route.id, route.state])).toEqual([['claude:next', 'healthy']]);
  });
});

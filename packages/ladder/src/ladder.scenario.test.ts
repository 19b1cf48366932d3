import { createHealthWindows } from '@stepdown/health';
import { seededRandom } from '@stepdown/kernel/testing';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from './outcome.ts';
import { CLAUDE, createWorld, DOWN, GPT, SILENT, UNREACHABLE, WELL, type WorldOptions } from './testing/ladder-world.ts';

const record: WorldOptions['record'] = (clock, policy) => {
  const windows = createHealthWindows({ clock, policy, isHealthFailure: (failure) => OUTCOMES[failure.reason].health === 'failure' });
  return (signal) => windows.record(signal);
};
const setUp = (options: Partial<WorldOptions> = {}) => createWorld({ record, ...options });

describe('a route that dies', () => {
  it.each([
    ['1 turn a second, refusing at once', DOWN, 1_000],
    ['20 turns a second, refusing after 100 ms', DOWN, 50],
    ['1 turn every 30 s, refusing at once', DOWN, 30_000],
    ['1 turn every 30 s, silent', SILENT, 30_000],
  ])('[L10] gets at most 3 customer attempts after its first failure is known: %s', (_, behaviour, everyMs) => {
    const world = setUp();
    world.pass(60_000, everyMs);
    world.set(CLAUDE.id, behaviour);
    const diedAtMs = world.clock.monotonicMs();
    world.pass(120_000, everyMs);
    const onDead = world.attempts.filter((attempt) => attempt.routeId === CLAUDE.id && attempt.startedAtMs >= diedAtMs);
    const firstKnownAtMs = diedAtMs + (behaviour.kind === 'fails' ? behaviour.afterMs : 0);
    const inFlight = onDead.filter((attempt) => attempt.startedAtMs < firstKnownAtMs);
    expect(onDead.length - inFlight.length).toBeLessThanOrEqual(2);
    if (everyMs >= 1_000) expect(onDead.length).toBeLessThanOrEqual(3);
    expect(world.answers.every((answer) => answer.tier !== 'faq')).toBe(true);
    expect(world.ladder.snapshot().tier).toBe('gpt');
  });

  it('[L10] with 20 customers at once on a silent route, only those already waiting are hit', () => {
    const world = setUp();
    world.set(CLAUDE.id, SILENT);
    for (let customer = 0; customer < 20; customer += 1) world.ask(`early ${customer}`);
    world.pass(8_001);
    const before = world.attempts.filter((attempt) => attempt.routeId === CLAUDE.id).length;
    for (let customer = 0; customer < 20; customer += 1) world.ask(`late ${customer}`);
    world.pass(30_000);
    expect(before).toBe(20);
    expect(world.attempts.filter((attempt) => attempt.routeId === CLAUDE.id).length).toBe(20);
  });

  it('[L68] a silent provider with two models: the second one is found out by probes, not by customers', () => {
    const haiku = { ...CLAUDE, id: 'claude:haiku', model: 'haiku' };
    const world = setUp({ routes: [CLAUDE, haiku, GPT] });
    world.pass(60_000, 700);
    for (const route of [CLAUDE, haiku]) world.set(route.id, SILENT);
    const silentAtMs = world.clock.monotonicMs();
    world.pass(60_000, 700);
    const late = world.attempts.filter(({ routeId, startedAtMs }) => routeId !== GPT.id && startedAtMs > silentAtMs + 8_000);
    const asked = new Set(late.map(({ conversationId }) => conversationId));
    expect(late.filter(({ routeId }) => routeId === CLAUDE.id).length).toBeLessThanOrEqual(2);
    // Those who were waiting for the first model go on to the second in this simplified turn; nobody else does.
    const waiting = new Set(
      world.attempts
        .filter(({ routeId, startedAtMs }) => routeId === CLAUDE.id && startedAtMs >= silentAtMs)
        .map(({ conversationId }) => conversationId),
    );
    expect([...asked].filter((conversation) => !waiting.has(conversation)).length).toBeLessThanOrEqual(2);
    expect(world.stateOf('claude:haiku')?.state).not.toBe('healthy');
    expect(world.ladder.snapshot().tier).toBe('gpt');
  });

  it('[L11] costs nothing once it is open', () => {
    const world = setUp();
    world.set(CLAUDE.id, DOWN);
    world.pass(5_000, 500);
    const from = world.answers.length;
    world.pass(20_000, 500);
    world.pass(2_000);
    expect(new Set(world.answers.slice(from + 3).map((answer) => answer.waitedMs))).toEqual(new Set([1_000]));
  });

  it('[L12] with every remote route open the plan is empty', () => {
    const world = setUp();
    for (const route of [CLAUDE, GPT]) world.set(route.id, DOWN);
    world.pass(5_000, 500);
    expect(world.ladder.snapshot().tier).toBe('faq');
    const plan = world.ladder.plan({ turnId: 't', conversationId: 'c', stickyTier: undefined, isNewQuestion: true });
    expect(plan.routes).toEqual([]);
    expect(plan.cause).toContain('Claude (opus) is');
  });
});

describe('recovery', () => {
  it.each([20_000, 60_000, 119_000, 300_000, 590_000])('[L16] after %i ms down, the first customer is back within 30 s', (downMs) => {
    for (const seed of [1, 2, 3]) {
      const world = setUp({ seed });
      world.set(CLAUDE.id, DOWN);
      world.pass(downMs, 500);
      world.set(CLAUDE.id, WELL);
      const wellAtMs = world.clock.monotonicMs();
      world.pass(100_000, 500);
      const back = world.attempts.find((attempt) => attempt.routeId === CLAUDE.id && attempt.startedAtMs >= wellAtMs);
      expect((back?.startedAtMs ?? Number.POSITIVE_INFINITY) - wellAtMs).toBeLessThanOrEqual(30_000);
      expect(world.stateOf(CLAUDE.id)?.state).toBe('healthy');
      expect(world.tierChanges().map((change) => change.to)).toEqual(['gpt', 'claude']);
    }
  });

  it('[L17] the ramp takes 25, 50 and 100 % of the turns, 20 s each', () => {
    const world = setUp();
    world.set(CLAUDE.id, DOWN);
    world.pass(30_000, 500);
    world.set(CLAUDE.id, WELL);
    while (world.stateOf(CLAUDE.id)?.state !== 'ramping') world.pass(50, 50);
    const shareOver = (milliseconds: number) => {
      const from = world.attempts.length;
      world.pass(milliseconds, 50);
      const made = world.attempts.slice(from);
      return made.filter((attempt) => attempt.routeId === CLAUDE.id).length / made.length;
    };
    expect(shareOver(19_000)).toBeCloseTo(0.25, 1);
    world.pass(1_000, 50);
    expect(shareOver(19_000)).toBeCloseTo(0.5, 1);
    world.pass(1_000, 50);
    expect(shareOver(19_000)).toBe(1);
    world.pass(1_200, 50);
    expect(world.stateOf(CLAUDE.id)?.state).toBe('healthy');
  });

  it('[L18] without any traffic, probes advance the ramp', () => {
    const world = setUp();
    world.set(CLAUDE.id, DOWN);
    world.pass(3_000, 500);
    world.set(CLAUDE.id, WELL);
    world.pass(90_000);
    expect(world.stateOf(CLAUDE.id)?.state).toBe('healthy');
  });

  it('[L20] a provider that flaps every 20 s causes at most one visible tier change in 2 minutes', () => {
    for (const everyMs of [250, 5_000, 30_000]) {
      const world = setUp();
      world.set(CLAUDE.id, () => (Math.floor(world.clock.monotonicMs() / 20_000) % 2 === 0 ? DOWN : WELL));
      world.pass(1_800_000, everyMs);
      const changedAt = world.tierChanges().map((change) => change.at);
      for (const [index, at] of changedAt.entries()) {
        const next = changedAt[index + 1];
        if (next !== undefined) expect(next - at).toBeGreaterThanOrEqual(120_000);
      }
      expect(world.alerts().filter((alert) => alert.code === 'flapping').length).toBeLessThanOrEqual(1);
    }
  });

  it('[L20] every period of flapping from 10 s to 4 min leaves at most 12 tier changes and 1 alert in an hour', () => {
    for (let periodMs = 10_000; periodMs <= 240_000; periodMs += 23_000) {
      const world = setUp();
      world.set(CLAUDE.id, () => (world.clock.monotonicMs() % periodMs < periodMs / 2 ? DOWN : WELL));
      world.pass(3_600_000, 5_000);
      expect(world.tierChanges().length, `period ${periodMs} ms`).toBeLessThanOrEqual(12);
      expect(world.alerts().length, `period ${periodMs} ms`).toBeLessThanOrEqual(1);
    }
  });
});

describe('a brownout', () => {
  it('[L8] of 30 % opens the route, customers are answered by the next tier', () => {
    for (const seed of [1, 2, 3, 4]) {
      const random = seededRandom(seed);
      const world = setUp({ seed });
      world.pass(60_000, 1_000);
      world.set(CLAUDE.id, () => (random() < 0.3 ? DOWN : WELL));
      world.pass(150_000, 1_000);
      expect(world.events.some((event) => event.type === 'route.changed' && event.route.state === 'open')).toBe(true);
      expect(world.answers.every((answer) => answer.tier === 'claude' || answer.tier === 'gpt')).toBe(true);
    }
  });

  it('[L5] of slow first texts degrades the route and hedges, then heals, at 2 turns a minute', () => {
    const world = setUp();
    world.set(CLAUDE.id, { kind: 'ok', firstTextMs: 6_000 });
    world.pass(360_000, 30_000);
    expect(world.stateOf(CLAUDE.id)?.state).toBe('degraded');
    expect(world.ladder.snapshot().tier).toBe('claude');
    const plan = world.ladder.plan({ turnId: 'h', conversationId: 'c', stickyTier: undefined, isNewQuestion: true });
    expect(plan.routes[0]?.hedgeAfterMs).toBe(4_000);
    world.set(CLAUDE.id, WELL);
    world.pass(150_000, 30_000);
    expect(world.stateOf(CLAUDE.id)?.state).toBe('healthy');
    world.pass(300_000, 30_000);
    expect(world.stateOf(CLAUDE.id)?.state).toBe('healthy');
  });
});

describe('a status page that lies', () => {
  it('[L9] says all is well during an outage: the route opens all the same', () => {
    const world = setUp();
    world.ladder.suspect('claude', undefined);
    world.set(CLAUDE.id, DOWN);
    world.pass(3_000, 500);
    expect(world.ladder.snapshot().tier).toBe('gpt');
  });

  it('[L9] says outage while all is well: no tier, no state, no route changes', () => {
    const world = setUp();
    world.ladder.suspect('claude', 'The status page names a major outage of "API"');
    world.pass(600_000, 5_000);
    expect(world.tierChanges()).toEqual([]);
    expect(world.stateOf(CLAUDE.id)).toMatchObject({ state: 'healthy', isSuspicious: true });
    expect(world.answers.every((answer) => answer.tier === 'claude')).toBe(true);
  });
});

describe('our own network', () => {
  it('[L27] is suspected when every provider fails to connect: nobody is blamed, one alert, FAQ at once, back at the first answer', () => {
    const world = setUp();
    world.pass(60_000, 1_000);
    for (const route of [CLAUDE, GPT]) world.set(route.id, UNREACHABLE);
    world.pass(300_000, 1_000);
    expect(world.ladder.snapshot()).toMatchObject({ tier: 'faq', egressSuspectedSince: expect.any(Number) });
    expect(world.alerts().map((alert) => alert.code)).toEqual(['egress']);
    expect([world.stateOf(CLAUDE.id)?.state, world.stateOf(GPT.id)?.state]).toEqual(['healthy', 'healthy']);
    expect(world.stateOf(CLAUDE.id)?.opensInWindow).toBe(0);
    for (const route of [CLAUDE, GPT]) world.set(route.id, WELL);
    world.pass(20_000, 1_000);
    expect(world.ladder.snapshot()).toMatchObject({ tier: 'claude', egressSuspectedSince: undefined });
    // What was measured during the verdict must not open a route after it.
    world.pass(300_000, 1_000);
    expect([world.stateOf(CLAUDE.id)?.state, world.stateOf(GPT.id)?.state]).toEqual(['healthy', 'healthy']);
    expect(world.alerts()).toHaveLength(1);
  });

  it('[L27] can not be concluded with a single provider', () => {
    const world = setUp({ routes: [CLAUDE, { ...CLAUDE, id: 'claude:sonnet', model: 'sonnet' }] });
    world.set(CLAUDE.id, UNREACHABLE);
    world.set('claude:sonnet', UNREACHABLE);
    world.pass(30_000, 1_000);
    expect(world.alerts()).toEqual([]);
    expect(world.stateOf(CLAUDE.id)?.state).not.toBe('healthy');
  });
});

import { FAILURE_REASONS, type FailureReason, type RouteWindow, type Signal, type TierFailure } from '@stepdown/kernel';
import { createManualClock, seededRandom } from '@stepdown/kernel/testing';
import { describe, expect, it } from 'vitest';
import { createLadder, type TurnQuestion } from './ladder.ts';
import { OUTCOMES } from './outcome.ts';
import { type Policy, withPolicy } from './policy.ts';
import { rowOf, windowOf } from './testing/route-bench.ts';
import type { LadderEvent, RouteDescriptor } from './types.ts';

const OPUS: RouteDescriptor = { id: 'claude:opus', tier: 'claude', model: 'opus', credentialId: 'anthropic' };
const SONNET: RouteDescriptor = { id: 'claude:sonnet', tier: 'claude', model: 'sonnet', credentialId: 'anthropic' };
const GPT: RouteDescriptor = { id: 'gpt:five', tier: 'gpt', model: 'five', credentialId: 'openai' };
const OPEN: RouteDescriptor = { id: 'open:qwen', tier: 'open-model', model: 'qwen', credentialId: 'local' };

function setUp(options: { routes?: readonly RouteDescriptor[]; policy?: Partial<Policy>; restored?: unknown } = {}) {
  const clock = createManualClock();
  const events: LadderEvent[] = [];
  const { routes = [GPT, OPUS, SONNET, OPEN], policy, restored } = options;
  const ladder = createLadder({
    routes,
    policy: withPolicy(policy),
    clock,
    random: seededRandom(1),
    restored,
    conversationsAffected: () => 7,
  });
  ladder.on((event) => events.push(event));
  let count = 0;

  function report(routeId: string, outcome: Signal['outcome'], window: RouteWindow, more: Partial<Signal> = {}): void {
    count += 1;
    ladder.report({ routeId, from: 'turn', sourceId: `source ${count}`, at: clock.now(), outcome, ...more }, window);
  }
  const failure = (reason: FailureReason, more: Partial<TierFailure> = {}): TierFailure => ({ reason, detail: 'detail', ...more });
  return {
    clock,
    ladder,
    events,
    ok: (routeId: string, more: Partial<Signal> = {}, window = windowOf()) => report(routeId, { kind: 'ok' }, window, more),
    fail: (routeId: string, reason: FailureReason, more: Partial<TierFailure> = {}, signal: Partial<Signal> = {}, window = rowOf(1)) =>
      report(routeId, { kind: 'failed', failure: failure(reason, more) }, window, signal),
    open: (routeId: string) => report(routeId, { kind: 'failed', failure: failure('overloaded', { statusCode: 529 }) }, rowOf(3)),
    plan(question: Partial<TurnQuestion> = {}) {
      count += 1;
      return ladder.plan({
        turnId: `turn ${count}`,
        conversationId: `conversation ${count}`,
        stickyTier: undefined,
        isNewQuestion: true,
        ...question,
      });
    },
    route: (routeId: string) =>
      ladder
        .snapshot()
        .tiers.flatMap((tier) => tier.routes)
        .find((route) => route.id === routeId),
    alerts: () => events.flatMap((event) => (event.type === 'alert' ? [event.code] : [])),
    changes: () => events.flatMap((event) => (event.type === 'tier.changed' ? [event.change] : [])),
    due: () => events.flatMap((event) => (event.type === 'probe.due' ? [`${event.kind} ${event.routeId}`] : [])),
  };
}
const ids = (plan: { readonly routes: readonly { readonly routeId: string }[] }) => plan.routes.map((route) => route.routeId);

describe('outcomes', () => {
  it.each(FAILURE_REASONS)('[L1] %s does to the route what the table says', (reason) => {
    const world = setUp();
    world.fail(OPUS.id, reason, { retryAfterMs: 30_000 }, {}, rowOf(3));
    const { health } = OUTCOMES[reason];
    const isOpen = health === 'failure';
    const isLatched = health === 'latch-credential' || health === 'latch-model';
    expect(world.route(OPUS.id)?.state).toBe(isOpen ? 'open' : isLatched ? 'latched' : 'healthy');
    expect(world.route(SONNET.id)?.state).toBe(health === 'latch-credential' ? 'latched' : 'healthy');
    expect(world.route(OPUS.id)?.saturatedUntil !== undefined).toBe(health === 'saturate');
    expect(world.route(GPT.id)?.state).toBe('healthy');
  });

  it('[L2] cancelled attempts, unknown routes and reports after stop change nothing', () => {
    const { ladder, events, clock } = setUp();
    const base = { from: 'turn', sourceId: 's', at: clock.now() } as const;
    ladder.report({ ...base, routeId: OPUS.id, outcome: { kind: 'cancelled' } }, rowOf(9));
    ladder.report({ ...base, routeId: 'nobody', outcome: { kind: 'failed', failure: { reason: 'cut', detail: '' } } }, rowOf(9));
    ladder.stop();
    ladder.report({ ...base, routeId: OPUS.id, outcome: { kind: 'failed', failure: { reason: 'cut', detail: '' } } }, rowOf(9));
    expect(events).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('evidence that is none', () => {
  it.each(['rate-limited', 'rejected', 'internal', 'context-too-long'] as const)(
    '[L3] a probe that ends as %s neither passes nor fails',
    (reason) => {
      const world = setUp({ routes: [OPUS, GPT] });
      world.open(OPUS.id);
      world.clock.advance(5_000);
      expect(world.route(OPUS.id)?.state).toBe('probing');
      world.fail(OPUS.id, reason, {}, { from: 'probe' });
      expect(world.route(OPUS.id)?.state).toBe('open');
      for (const waitMs of [9_600, 2_000]) {
        world.clock.advance(waitMs);
        world.ok(OPUS.id, { from: 'probe' });
      }
      expect(world.route(OPUS.id)?.state).toBe('ramping');
      world.fail(OPUS.id, reason);
      expect(world.route(OPUS.id)?.state).toBe('ramping');
    },
  );

  it('[L4] a new route is healthy, [L13] and failing probes are no further opens', () => {
    const world = setUp({ routes: [OPUS, GPT] });
    expect(world.route(OPUS.id)).toMatchObject({ state: 'healthy', opensInWindow: 0, cause: 'No failure seen since the start' });
    world.open(OPUS.id);
    const { since } = world.route(OPUS.id) ?? {};
    for (let probe = 0; probe < 5; probe += 1) {
      world.clock.advance(9_000);
      world.fail(OPUS.id, 'overloaded', {}, { from: 'probe' }, rowOf(4));
    }
    expect(world.route(OPUS.id)).toMatchObject({ state: 'open', opensInWindow: 1, since });
    expect(world.alerts()).toEqual([]);
  });

  it('[L37] stop leaves no timer, whatever runs', () => {
    const { ladder, clock, open, fail } = setUp();
    open(OPUS.id);
    fail(SONNET.id, 'rate-limited');
    fail(GPT.id, 'auth');
    ladder.pin({ tier: 'faq', reason: 'r', by: 'b', until: clock.now() + 1_000 });
    expect(clock.pendingTimers).toBeGreaterThan(4);
    ladder.stop();
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('plan', () => {
  it('[L29] tries tiers in ladder order and models in configured order', () => {
    const { plan, ladder } = setUp();
    expect(ids(plan())).toEqual([OPUS.id, SONNET.id, GPT.id, OPEN.id]);
    expect(ladder.snapshot().tier).toBe('claude');
  });

  it('[L29] a conversation climbs at a new question only', () => {
    const { plan } = setUp();
    expect(ids(plan({ stickyTier: 'gpt', isNewQuestion: false }))).toEqual([GPT.id, OPEN.id]);
    expect(ids(plan({ stickyTier: 'gpt', isNewQuestion: true }))).toEqual([OPUS.id, SONNET.id, GPT.id, OPEN.id]);
    expect(ids(plan({ stickyTier: 'faq', isNewQuestion: false }))).toEqual([]);
  });

  it('[L12] leaves out open and latched routes and says why', () => {
    const { plan, open, fail } = setUp();
    open(OPUS.id);
    fail(GPT.id, 'quota', { statusCode: 402 });
    const planned = plan();
    expect(ids(planned)).toEqual([SONNET.id, OPEN.id]);
    expect(planned.cause).toBe('Claude (opus) is open. Claude (opus) failed 3 times in a row: overloaded (529)');
  });

  it('[L25] an unconfigured tier is grey; without any model the floor answers', () => {
    const { ladder, plan } = setUp({ routes: [] });
    expect(ladder.snapshot().tiers.map((tier) => [tier.id, tier.state])).toEqual([
      ['claude', 'unconfigured'],
      ['gpt', 'unconfigured'],
      ['open-model', 'unconfigured'],
      ['faq', 'healthy'],
      ['handoff', 'healthy'],
    ]);
    expect(ladder.snapshot().tier).toBe('faq');
    expect(plan()).toEqual({ routes: [], cause: 'No model is configured' });
  });

  it('[L30] hedges a degraded or suspicious route at its p95 between 2 and 4 s, and only when something comes after it', () => {
    const hedge = (p95: number | undefined) => {
      const { ok, plan } = setUp({ routes: [OPUS, GPT] });
      ok(OPUS.id, {}, windowOf({ longSamples: 10, longBreaches: 1, firstTextP95Ms: p95 }));
      return plan().routes.map((route) => route.hedgeAfterMs);
    };
    expect([hedge(1_999), hedge(2_001), hedge(3_999), hedge(4_001), hedge(undefined)]).toEqual([
      [2_000, undefined],
      [2_001, undefined],
      [3_999, undefined],
      [4_000, undefined],
      [4_000, undefined],
    ]);
    const suspicious = setUp({ routes: [OPUS, GPT] });
    suspicious.ladder.suspect('claude', 'API');
    expect(suspicious.plan().routes[0]?.hedgeAfterMs).toBe(4_000);
    const alone = setUp({ routes: [OPUS] });
    alone.ladder.suspect('claude', 'API');
    expect(alone.plan().routes[0]?.hedgeAfterMs).toBeUndefined();
  });

  it('[L32] hedges at most 5 % of the turns while healthy, and only where the p95 is known', () => {
    const { ok, plan, clock } = setUp({ routes: [OPUS, GPT] });
    expect(Array.from({ length: 100 }, () => plan()).some((turn) => turn.routes[0]?.hedgeAfterMs !== undefined)).toBe(false);
    clock.advance(600_000);
    ok(OPUS.id, {}, windowOf({ firstTextP95Ms: 2_500 }));
    const hedged = Array.from({ length: 100 }, () => plan().routes[0]?.hedgeAfterMs).filter((afterMs) => afterMs !== undefined);
    expect(hedged).toEqual([2_500, 2_500, 2_500, 2_500, 2_500]);
  });
});

describe('budgets and places', () => {
  it('[L31] retries are 10 % of the turns of the last minute', () => {
    const { plan, ladder, clock } = setUp();
    for (let turn = 0; turn < 30; turn += 1) plan();
    expect([1, 2, 3, 4].map(() => ladder.takeRetry())).toEqual([true, true, true, false]);
    clock.advance(9_999);
    expect(ladder.takeRetry()).toBe(false);
    clock.advance(50_001);
    expect([1, 2].map(() => ladder.takeRetry())).toEqual([true, false]);
  });

  it('[L31] and always one when the last 10 s saw none', () => {
    const { ladder, clock } = setUp();
    expect([ladder.takeRetry(), ladder.takeRetry()]).toEqual([true, false]);
    clock.advance(9_999);
    expect(ladder.takeRetry()).toBe(false);
    clock.advance(1);
    expect(ladder.takeRetry()).toBe(true);
  });

  it('[L35] a route has a number of places, given back once', () => {
    const { ladder } = setUp({ policy: { attemptsAtOncePerRoute: 2 } });
    const first = ladder.admit(OPUS.id);
    expect(ladder.admit(OPUS.id)).toBeDefined();
    expect(ladder.admit(OPUS.id)).toBeUndefined();
    first?.();
    first?.();
    expect(ladder.admit(OPUS.id)).toBeDefined();
    expect(ladder.admit(OPUS.id)).toBeUndefined();
  });

  it('[L11] a route that opened after the plan is refused at the door', () => {
    const { ladder, plan, open } = setUp();
    expect(ids(plan())[0]).toBe(OPUS.id);
    open(OPUS.id);
    expect([ladder.isAllowed(OPUS.id), ladder.admit(OPUS.id), ladder.isAllowed('nobody')]).toEqual([false, undefined, false]);
  });
});

describe('global tier', () => {
  it('[L25] drops when the last route of a tier opens and rises when the ramp ends; [L38] in words', () => {
    const { open, ok, ladder, changes, clock } = setUp({ routes: [OPUS, SONNET, GPT] });
    open(OPUS.id);
    expect(ladder.snapshot().tier).toBe('claude');
    open(SONNET.id);
    expect(changes()).toEqual([
      {
        from: 'claude',
        to: 'gpt',
        cause: 'Claude (sonnet) failed 3 times in a row: overloaded (529)',
        signal: 'claude:sonnet overloaded',
        at: clock.now(),
        conversationsAffected: 7,
      },
    ]);
    for (let probe = 0; probe < 2; probe += 1) {
      clock.advance(5_000);
      ok(SONNET.id, { from: 'probe' });
    }
    for (let stage = 0; stage < 3; stage += 1) {
      expect(ladder.snapshot().tier).toBe('gpt');
      ok(SONNET.id);
      clock.advance(20_000);
    }
    expect(ladder.snapshot()).toMatchObject({ tier: 'claude', since: clock.now() });
    expect(changes()[1]?.cause).toContain('Claude (sonnet) is back');
  });

  it('[L33] a pin holds the ladder at a tier or below until it ends, never above, and breaks no breaker', () => {
    const { ladder, plan, changes, clock, open } = setUp();
    ladder.pin({ tier: 'gpt', reason: 'cost review', by: 'Ana', until: clock.now() + 60_000 });
    expect(ids(plan())).toEqual([GPT.id, OPEN.id]);
    expect(changes()[0]).toMatchObject({ to: 'gpt', cause: 'Held at GPT by Ana: cost review', signal: 'pin' });
    expect(ladder.snapshot().tiers.map((tier) => tier.state)).toEqual(['healthy', 'pinned', 'healthy', 'healthy', 'healthy']);
    open(GPT.id);
    expect(ids(plan())).toEqual([OPEN.id]);
    expect(ladder.snapshot().tier).toBe('open-model');
    clock.advance(59_999);
    expect(ladder.snapshot().pin?.by).toBe('Ana');
    clock.advance(1);
    expect(ladder.snapshot()).toMatchObject({ tier: 'claude', pin: undefined });
    expect(changes().at(-1)?.cause).toBe('The hold at GPT by Ana has ended');
  });

  it('[L33] a pin at the floor empties the plan; it can be released and replaced; it must end within a day', () => {
    const { ladder, plan, clock, changes, events } = setUp();
    const pin = (tier: 'faq' | 'handoff', inMs: number) => ladder.pin({ tier, reason: 'drill', by: 'Ana', until: clock.now() + inMs });
    pin('handoff', 60_000);
    expect(plan()).toMatchObject({ routes: [], floor: 'handoff' });
    pin('faq', 86_400_000);
    expect(plan()).toEqual({ routes: [], cause: 'Held at FAQ by Ana: drill' });
    ladder.release('Ben');
    expect(changes().map((change) => change.to)).toEqual(['handoff', 'faq', 'claude']);
    expect(changes().at(-1)?.cause).toBe('The hold at FAQ by Ana has ended: released by Ben');
    expect(events.filter((event) => event.type === 'pin.changed')).toHaveLength(3);
    for (const inMs of [0, -1, 86_400_001, Number.NaN]) expect(() => pin('faq', inMs)).toThrow('A pin must end');
  });

  it('[L34] a drill changes the label and nothing else', () => {
    const { ladder, plan, events } = setUp();
    ladder.setDrill([GPT.id], true);
    expect(ladder.snapshot().tiers[1]).toMatchObject({ state: 'drill', routes: [{ isDrill: true, state: 'healthy' }] });
    expect([ids(plan()).length, events.length]).toEqual([4, 0]);
    ladder.setDrill([GPT.id], false);
    expect(ladder.snapshot().tiers[1]?.state).toBe('healthy');
  });
});

describe('credentials, models and limits', () => {
  it('[L21] a refused key latches every route of the credential, tells once and is re-checked once in 5 min for all', () => {
    const { fail, route, alerts, due, clock, ok } = setUp();
    fail(OPUS.id, 'auth', { statusCode: 401 });
    fail(SONNET.id, 'auth', { statusCode: 401 });
    expect([route(OPUS.id)?.state, route(SONNET.id)?.state, route(GPT.id)?.state]).toEqual(['latched', 'latched', 'healthy']);
    expect(alerts()).toEqual(['credential']);
    clock.advance(299_999);
    expect(due().filter((probe) => probe.startsWith('recheck'))).toEqual([]);
    clock.advance(1);
    expect(due().filter((probe) => probe.startsWith('recheck'))).toEqual([`recheck ${OPUS.id}`]);
    ok(OPUS.id, { from: 'probe' });
    expect([route(OPUS.id)?.state, route(SONNET.id)?.state]).toEqual(['probing', 'probing']);
  });

  it('[L21] an operator’s re-check asks at once', () => {
    const { fail, ladder, due } = setUp();
    fail(OPUS.id, 'quota');
    ladder.recheck(OPUS.id);
    ladder.recheck('nobody');
    expect(due()).toEqual([`recheck ${OPUS.id}`]);
  });

  it('[L21] a missing model latches that model only', () => {
    const { fail, route, alerts } = setUp();
    fail(OPUS.id, 'model-missing', { statusCode: 404 });
    expect([route(OPUS.id)?.state, route(SONNET.id)?.state]).toEqual(['latched', 'healthy']);
    expect(alerts()).toEqual(['model']);
  });

  it('[L22] retry-after up to 2 s is sat out once in a turn; the second is a limit', () => {
    const { fail, plan } = setUp({ routes: [OPUS, GPT] });
    fail(OPUS.id, 'rate-limited', { retryAfterMs: 2_000 }, { sourceId: 'turn a' });
    expect(ids(plan())[0]).toBe(OPUS.id);
    fail(OPUS.id, 'rate-limited', { retryAfterMs: 2_000 }, { sourceId: 'turn b' });
    expect(ids(plan())[0]).toBe(OPUS.id);
    fail(OPUS.id, 'rate-limited', { retryAfterMs: 2_000 }, { sourceId: 'turn b' });
    expect(ids(plan())[0]).toBe(GPT.id);
    const longer = setUp({ routes: [OPUS, GPT] });
    longer.fail(OPUS.id, 'rate-limited', { retryAfterMs: 2_001 });
    expect(ids(longer.plan())[0]).toBe(GPT.id);
  });

  it('[L22] no turn before retry-after, then 80 % of the conversations, then all; the route stays healthy and the tier stands', () => {
    const { fail, plan, clock, route, changes } = setUp({ routes: [OPUS, GPT] });
    fail(OPUS.id, 'rate-limited', { retryAfterMs: 30_000 });
    const share = () => Array.from({ length: 1_000 }, () => ids(plan())[0]).filter((id) => id === OPUS.id).length / 1_000;
    clock.advance(29_999);
    expect(share()).toBe(0);
    clock.advance(1);
    expect(share()).toBeCloseTo(0.8, 1);
    expect(route(OPUS.id)).toMatchObject({ state: 'healthy', saturationShare: 0.8 });
    clock.advance(20_000);
    expect(share()).toBe(1);
    expect(changes()).toEqual([]);
  });

  it('[L22] the block is capped at 5 min, the value is kept for display; such a long one moves the tier until it has eased', () => {
    const { fail, plan, clock, route, changes } = setUp({ routes: [OPUS, GPT] });
    fail(OPUS.id, 'rate-limited', { retryAfterMs: 3_600_000 });
    expect(route(OPUS.id)?.saturatedUntil).toBe(clock.now() + 3_600_000);
    expect(changes().map((change) => change.to)).toEqual(['gpt']);
    clock.advance(300_000);
    expect(Array.from({ length: 50 }, () => ids(plan())[0])).toContain(OPUS.id);
    clock.advance(20_000);
    expect(changes().map((change) => change.to)).toEqual(['gpt', 'claude']);
  });

  it('[L22] bare 429s rest 10 s, twice as long each round; an answer forgives; the limit covers credential and model', () => {
    const twin = { ...OPUS, id: 'claude:opus-eu' };
    const { fail, ladder, clock, ok } = setUp({ routes: [OPUS, twin, SONNET, GPT] });
    const blockedFor = () => {
      fail(OPUS.id, 'rate-limited');
      expect([ladder.isAllowed(twin.id), ladder.isAllowed(SONNET.id)]).toEqual([false, true]);
      let waitedMs = 0;
      for (; !ladder.isAllowed(OPUS.id); waitedMs += 1_000) clock.advance(1_000);
      return waitedMs;
    };
    expect([blockedFor(), blockedFor(), blockedFor()]).toEqual([10_000, 20_000, 40_000]);
    ok(OPUS.id);
    expect(blockedFor()).toBe(10_000);
  });
});

describe('faults of our own', () => {
  it('[L26] the same fault in 3 conversations is a configuration fault, told once', () => {
    const { fail, alerts, clock } = setUp();
    const reject = (conversationId: string, providerCode = 'invalid') =>
      fail(OPUS.id, 'rejected', { statusCode: 400, providerCode }, { conversationId });
    reject('a');
    reject('a');
    reject('b');
    expect(alerts()).toEqual(['internal']);
    reject('c', 'other');
    expect(alerts()).toEqual(['internal', 'internal']);
    reject('c');
    reject('d');
    expect(alerts()).toEqual(['internal', 'internal', 'configuration']);
    clock.advance(3_600_001);
    reject('e');
    expect(alerts().at(-1)).toBe('internal');
  });

  it('[L26] the conversation is found through the turn that was planned', () => {
    const { fail, alerts, plan } = setUp();
    for (const turnId of ['t1', 't2', 't3']) {
      plan({ turnId, conversationId: 'one' });
      fail(OPUS.id, 'rejected', { statusCode: 400 }, { sourceId: turnId });
    }
    expect(alerts()).toEqual(['internal']);
  });
});

describe('own network', () => {
  const connectFails = (world: ReturnType<typeof setUp>, routeId: string, reason: FailureReason = 'unreachable') =>
    world.fail(routeId, reason, {}, {}, rowOf(3));

  it('[L27] is suspected when the last provider fails within 5 s of the first, not later', () => {
    for (const [gapMs, isSuspected] of [
      [5_000, true],
      [5_001, false],
    ] as const) {
      const world = setUp({ routes: [OPUS, GPT] });
      connectFails(world, OPUS.id);
      world.clock.advance(gapMs);
      connectFails(world, GPT.id, 'connect-timeout');
      expect(world.ladder.snapshot().egressSuspectedSince !== undefined).toBe(isSuspected);
    }
  });

  it('[L27] a provider that answers, even with an error, proves the way out', () => {
    const world = setUp({ routes: [OPUS, GPT] });
    connectFails(world, OPUS.id);
    world.fail(OPUS.id, 'server-error');
    connectFails(world, GPT.id);
    expect(world.alerts()).toEqual([]);
  });

  it('[L27] an answer over a connection from before the verdict does not end it', () => {
    const world = setUp({ routes: [OPUS, GPT] });
    world.plan({ turnId: 'old' });
    world.clock.advance(1_000);
    connectFails(world, OPUS.id);
    connectFails(world, GPT.id);
    world.ok(OPUS.id, { sourceId: 'old' });
    expect(world.ladder.snapshot().egressSuspectedSince).toBeDefined();
    world.ok(OPUS.id, { from: 'probe' });
    expect(world.ladder.snapshot().egressSuspectedSince).toBeUndefined();
  });

  it('[L28] takes back what had just opened, sends every turn to the floor, probes, and ends at the first answer', () => {
    const world = setUp({ routes: [OPUS, GPT] });
    connectFails(world, OPUS.id);
    expect(world.route(OPUS.id)?.state).toBe('open');
    connectFails(world, GPT.id);
    expect([world.route(OPUS.id)?.state, world.route(GPT.id)?.state]).toEqual(['healthy', 'healthy']);
    expect(world.route(OPUS.id)?.opensInWindow).toBe(0);
    expect(world.plan()).toEqual({ routes: [], cause: 'No provider can be reached from this server' });
    expect(world.ladder.admit(GPT.id)).toBeUndefined();
    const before = world.due().length;
    world.clock.advance(5_000);
    expect(world.due().slice(before)).toEqual([`recovery ${OPUS.id}`, `recovery ${GPT.id}`]);
    connectFails(world, OPUS.id);
    expect(world.alerts()).toEqual(['egress']);
    world.ok(GPT.id, { from: 'probe' });
    expect(world.ladder.snapshot()).toMatchObject({ tier: 'claude', egressSuspectedSince: undefined });
    world.fail(OPUS.id, 'unreachable', {}, {}, rowOf(4));
    expect(world.route(OPUS.id)?.state).toBe('healthy');
    expect(world.clock.pendingTimers).toBeGreaterThan(0);
    world.ladder.stop();
    expect(world.clock.pendingTimers).toBe(0);
  });
});

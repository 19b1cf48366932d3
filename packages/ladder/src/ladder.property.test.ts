import { createHealthWindows } from '@stepdown/health';
import { FAILURE_REASONS, type FailureReason } from '@stepdown/kernel';
import { createManualClock, seededRandom } from '@stepdown/kernel/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLadder } from './ladder.ts';
import { OUTCOMES } from './outcome.ts';
import { withPolicy } from './policy.ts';
import { type Behaviour, CLAUDE, createWorld, GPT, SILENT, type WorldOptions } from './testing/ladder-world.ts';
import type { RouteDescriptor } from './types.ts';

const ROUTES: readonly RouteDescriptor[] = [
  CLAUDE,
  { ...CLAUDE, id: 'claude:sonnet', model: 'sonnet' },
  GPT,
  { id: 'open:qwen', tier: 'open-model', model: 'qwen', credentialId: 'local' },
];
const record: WorldOptions['record'] = (clock, policy) => {
  const windows = createHealthWindows({ clock, policy, isHealthFailure: (failure) => OUTCOMES[failure.reason].health === 'failure' });
  return (signal) => windows.record(signal);
};

type Step =
  | {
      readonly kind: 'signal';
      readonly route: number;
      readonly from: 'turn' | 'probe';
      readonly reason: FailureReason | undefined;
      readonly retryAfterMs: number;
    }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'suspect'; readonly isBad: boolean }
  | { readonly kind: 'pin'; readonly tier: 'gpt' | 'faq' }
  | { readonly kind: 'ask' };

const reason = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<FailureReason>('overloaded', 'unreachable', 'stalled') },
  { weight: 1, arbitrary: fc.constantFrom(...FAILURE_REASONS) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('signal' as const),
      route: fc.nat(ROUTES.length - 1),
      from: fc.constantFrom('turn' as const, 'probe' as const),
      reason: fc.option(reason, { nil: undefined }),
      retryAfterMs: fc.constantFrom(0, 1_000, 30_000),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(10, 1_000, 2_000, 5_000, 20_000, 60_000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('suspect' as const), isBad: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pin' as const), tier: fc.constantFrom('gpt' as const, 'faq' as const) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'ask' as const }) },
);

function perform(world: ReturnType<typeof createWorld>, move: Step, index: number): void {
  const { ladder, clock } = world;
  if (move.kind === 'wait') clock.advance(move.ms);
  if (move.kind === 'ask') world.ask(`conversation ${index}`);
  if (move.kind === 'suspect') ladder.suspect('claude', move.isBad ? 'API' : undefined);
  if (move.kind === 'pin') ladder.pin({ tier: move.tier, reason: 'r', by: 'b', until: clock.now() + 30_000 });
  if (move.kind !== 'signal') return;
  const routeId = ROUTES[move.route]?.id ?? CLAUDE.id;
  const base = { routeId, from: move.from, sourceId: `step ${index}`, at: clock.now() };
  if (move.reason === undefined) world.report({ ...base, outcome: { kind: 'ok' }, firstTextMs: 700 });
  else {
    const failure = { reason: move.reason, detail: '', ...(move.retryAfterMs === 0 ? {} : { retryAfterMs: move.retryAfterMs }) };
    world.report({ ...base, outcome: { kind: 'failed', failure } });
  }
}

function planOf(ladder: Pick<ReturnType<typeof createLadder>, 'plan'>, name: string): readonly string[] {
  const question = { turnId: `plan ${name}`, conversationId: name, stickyTier: undefined, isNewQuestion: true } as const;
  return ladder.plan(question).routes.map((route) => route.routeId);
}

describe('whatever happens', () => {
  it('[L12] no plan names a blocked route, the ramp only grows, the tier is one that serves, and no timer is left', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, hasNoProber) => {
        const world = createWorld({ record, routes: ROUTES, hasNoProber });
        const shares = new Map<string, number>();
        for (const [index, move] of steps.entries()) {
          perform(world, move, index);
          const { tier, tiers, egressSuspectedSince } = world.ladder.snapshot();
          const routes = tiers.flatMap((view) => view.routes);
          const takes = new Set(
            routes.filter((route) => ['healthy', 'degraded', 'ramping'].includes(route.state)).map((route) => route.id),
          );
          const planned = planOf(world.ladder, `c${index}`);
          expect(planned.filter((id) => !takes.has(id))).toEqual([]);
          for (const route of routes) {
            if (!takes.has(route.id)) expect(world.ladder.admit(route.id)).toBeUndefined();
            const before = shares.get(route.id);
            if (route.state === 'ramping' && before !== undefined) expect(route.rampShare).toBeGreaterThanOrEqual(before);
            if (route.state === 'ramping') shares.set(route.id, route.rampShare);
            else shares.delete(route.id);
          }
          if (egressSuspectedSince !== undefined) expect(planned).toEqual([]);
          const serving = tiers
            .find((view) => view.id === tier)
            ?.routes.some((route) => route.state === 'healthy' || route.state === 'degraded');
          if (tier !== 'faq' && tier !== 'handoff') expect(serving).toBe(true);
        }
        world.ladder.stop();
        world.clock.advance(30_000);
        expect(world.clock.pendingTimers).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('[L36] a restart at any moment gives the same plans, states and waits', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const world = createWorld({ record, routes: ROUTES });
        for (const [index, move] of steps.entries()) perform(world, move, index);
        // A verdict on our own network is not kept: a new process asks the network anew.
        fc.pre(world.ladder.snapshot().egressSuspectedSince === undefined);
        const saved: unknown = JSON.parse(JSON.stringify(world.ladder.serialize()));
        const clock = createManualClock(world.clock.now());
        const restored = createLadder({ routes: ROUTES, policy: withPolicy(), clock, random: seededRandom(2), restored: saved });
        // Nor is suspicion: the status pages are read anew at the start.
        const isSuspicious = world.stateOf(CLAUDE.id)?.isSuspicious === true;
        restored.suspect('claude', isSuspicious ? 'API' : undefined);
        for (let name = 0; name < 20; name += 1) expect(planOf(restored, `n${name}`)).toEqual(planOf(world.ladder, `n${name}`));
        const before = world.ladder.snapshot();
        const after = restored.snapshot();
        expect([after.tier, after.since, after.pin]).toEqual([before.tier, before.since, before.pin]);
        const facts = (snapshot: typeof before) =>
          snapshot.tiers
            .flatMap((tier) => tier.routes)
            .map((route) => ({
              ...route,
              state: route.state === 'probing' ? 'open' : route.state,
              // A probe in flight is lost with its process.
              nextProbeAt: route.state === 'probing' || route.nextProbeAt === clock.now() ? 'now' : route.nextProbeAt,
            }));
        const probing = new Set(
          before.tiers
            .flatMap((tier) => tier.routes)
            .filter((route) => route.state === 'probing')
            .map((route) => route.id),
        );
        const settled = (snapshot: typeof before) => facts(snapshot).filter((route) => !probing.has(route.id));
        expect(settled(after)).toEqual(settled(before));
        restored.stop();
        expect(clock.pendingTimers).toBe(0);
        world.ladder.stop();
      }),
      { numRuns: 100 },
    );
  });

  it('[L10] a route that dies for good costs at most 3 customers beyond those already waiting', () => {
    const death: fc.Arbitrary<Behaviour> = fc.oneof(
      fc.record({
        kind: fc.constant('fails' as const),
        reason: fc.constantFrom<FailureReason>('overloaded', 'server-error', 'cut', 'unreachable'),
        afterMs: fc.integer({ min: 1, max: 3_000 }),
      }),
      fc.constant(SILENT),
    );
    fc.assert(
      fc.property(death, fc.integer({ min: 20, max: 20_000 }), fc.nat(1_000), (behaviour, everyMs, seed) => {
        const world = createWorld({ record, seed });
        world.pass(Math.min(30_000, everyMs * 200), everyMs);
        world.set(CLAUDE.id, behaviour);
        const diedAtMs = world.clock.monotonicMs();
        world.pass(Math.min(60_000, everyMs * 1_000), everyMs);
        const afterMs = behaviour.kind === 'fails' ? behaviour.afterMs : 0;
        const onDead = world.attempts.filter((attempt) => attempt.routeId === CLAUDE.id && attempt.startedAtMs >= diedAtMs);
        const firstAtMs = onDead[0]?.startedAtMs ?? diedAtMs;
        const afterFirstKnown = onDead.filter((attempt) => attempt.startedAtMs > firstAtMs + afterMs);
        expect(afterFirstKnown.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 60 },
    );
  });
});

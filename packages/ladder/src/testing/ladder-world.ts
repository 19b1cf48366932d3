import type { FailureReason, RouteId, RouteWindow, Signal, TierId } from '@stepdown/kernel';
import { createManualClock, type ManualClock, seededRandom } from '@stepdown/kernel/testing';
import { createLadder, type Ladder } from '../ladder.ts';
import { type Policy, withPolicy } from '../policy.ts';
import type { LadderEvent, RouteDescriptor } from '../types.ts';

/** How a provider behaves at one moment. */
export type Behaviour =
  | { readonly kind: 'ok'; readonly firstTextMs: number }
  | {
      readonly kind: 'fails';
      readonly reason: FailureReason;
      readonly afterMs: number;
      readonly retryAfterMs?: number;
      readonly statusCode?: number;
    };

export const WELL: Behaviour = { kind: 'ok', firstTextMs: 700 };
export const DOWN: Behaviour = { kind: 'fails', reason: 'overloaded', afterMs: 100, statusCode: 529 };
export const SILENT: Behaviour = { kind: 'fails', reason: 'first-text-timeout', afterMs: 8_000 };
export const UNREACHABLE: Behaviour = { kind: 'fails', reason: 'unreachable', afterMs: 50 };

interface Attempt {
  readonly routeId: RouteId;
  readonly startedAtMs: number;
  readonly conversationId: string;
}

interface Answer {
  readonly conversationId: string;
  readonly tier: TierId;
  readonly attempts: number;
  readonly waitedMs: number;
}

export interface WorldOptions {
  readonly routes?: readonly RouteDescriptor[];
  readonly policy?: Partial<Policy>;
  readonly seed?: number;
  readonly clock?: ManualClock;
  readonly restored?: unknown;
  /** What packages/health does with each signal. */
  readonly record: (clock: ManualClock, policy: Policy) => (signal: Signal) => RouteWindow;
  /** Nobody executes probes. */
  readonly hasNoProber?: boolean;
}

export const CLAUDE: RouteDescriptor = { id: 'claude:opus', tier: 'claude', model: 'opus', credentialId: 'anthropic' };
export const GPT: RouteDescriptor = { id: 'gpt:five', tier: 'gpt', model: 'five', credentialId: 'openai' };

/** Providers, customers, a prober and a ladder in simulated time. */
export function createWorld(options: WorldOptions) {
  const clock = options.clock ?? createManualClock();
  const policy = withPolicy(options.policy);
  const record = options.record(clock, policy);
  const routes = options.routes ?? [CLAUDE, GPT];
  const behaviours = new Map<RouteId, () => Behaviour>();
  const ladder: Ladder = createLadder({
    routes,
    policy,
    clock,
    random: seededRandom(options.seed ?? 1),
    restored: options.restored,
    conversationsAffected: () => 7,
  });
  const events: LadderEvent[] = [];
  const attempts: Attempt[] = [];
  const probes: Attempt[] = [];
  const answers: Answer[] = [];
  const probing = new Set<RouteId>();
  let count = 0;

  ladder.on((event) => events.push(event));
  if (options.hasNoProber !== true) ladder.on((event) => event.type === 'probe.due' && probe(event.routeId));

  function behaviourOf(routeId: RouteId): Behaviour {
    return behaviours.get(routeId)?.() ?? WELL;
  }

  function signalOf(routeId: RouteId, from: Signal['from'], sourceId: string, behaviour: Behaviour): Signal {
    const base = { routeId, from, sourceId, at: clock.now() };
    if (behaviour.kind === 'ok') return { ...base, outcome: { kind: 'ok' }, firstTextMs: behaviour.firstTextMs };
    const { reason, retryAfterMs, statusCode } = behaviour;
    const failure = {
      reason,
      detail: reason,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(statusCode === undefined ? {} : { statusCode }),
    };
    return { ...base, outcome: { kind: 'failed', failure } };
  }

  function report(signal: Signal): void {
    ladder.report(signal, record(signal));
  }

  /** Plays one attempt; calls back when it is over. */
  function play(routeId: RouteId, from: Signal['from'], sourceId: string, done: (isOk: boolean) => void): void {
    const behaviour = behaviourOf(routeId);
    const lastsMs = behaviour.kind === 'ok' ? behaviour.firstTextMs + 300 : behaviour.afterMs;
    clock.setTimeout(() => {
      // As the real prober: the route is free for the next probe when its report arrives.
      if (from === 'probe') probing.delete(routeId);
      report(signalOf(routeId, from, sourceId, behaviour));
      done(behaviour.kind === 'ok');
    }, lastsMs);
  }

  function probe(routeId: RouteId): void {
    if (probing.has(routeId)) return;
    probing.add(routeId);
    count += 1;
    probes.push({ routeId, startedAtMs: clock.monotonicMs(), conversationId: 'probe' });
    play(routeId, 'probe', `probe ${count}`, () => undefined);
  }

  /** One customer question, walked down the plan as a turn does. */
  function ask(conversationId: string): void {
    count += 1;
    const turnId = `turn ${count}`;
    const startedAtMs = clock.monotonicMs();
    const { routes: planned } = ladder.plan({ turnId, conversationId, stickyTier: undefined, isNewQuestion: true });
    let made = 0;
    const finish = (tier: TierId): void => {
      answers.push({ conversationId, tier, attempts: made, waitedMs: clock.monotonicMs() - startedAtMs });
    };
    const next = (index: number): void => {
      const route = planned[index];
      if (route === undefined || made >= policy.attemptsPerTurn) {
        finish('faq');
        return;
      }
      const release = ladder.admit(route.routeId);
      if (release === undefined) {
        next(index + 1);
        return;
      }
      made += 1;
      attempts.push({ routeId: route.routeId, startedAtMs: clock.monotonicMs(), conversationId });
      play(route.routeId, 'turn', turnId, (isOk) => {
        release();
        if (isOk) finish(route.tier);
        else next(index + 1);
      });
    };
    next(0);
  }

  return {
    clock,
    policy,
    ladder,
    events,
    attempts,
    probes,
    answers,
    report,
    ask,
    /** Sets how a provider behaves from now on, or as a function of the monotonic time. */
    set(routeId: RouteId, behaviour: Behaviour | (() => Behaviour)): void {
      behaviours.set(routeId, typeof behaviour === 'function' ? behaviour : () => behaviour);
    },
    /** Lets time pass with a customer question every `everyMs` (0: none), each in a conversation of its own. */
    pass(milliseconds: number, everyMs = 0): void {
      if (everyMs === 0) clock.advance(milliseconds);
      for (let passed = 0; everyMs > 0 && passed < milliseconds; passed += everyMs) {
        count += 1;
        ask(`conversation ${count}`);
        clock.advance(Math.min(everyMs, milliseconds - passed));
      }
    },
    stateOf(routeId: RouteId) {
      return ladder
        .snapshot()
        .tiers.flatMap((tier) => tier.routes)
        .find((route) => route.id === routeId);
    },
    tierChanges: () => events.flatMap((event) => (event.type === 'tier.changed' ? [{ ...event.change }] : [])),
    alerts: () => events.flatMap((event) => (event.type === 'alert' ? [event] : [])),
    due: () => events.flatMap((event) => (event.type === 'probe.due' ? [event] : [])),
  };
}

import { createManualClock, seededRandom } from '@stepdown/kernel/testing';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { ladderMachine } from './ladder-machine.ts';
import { withPolicy } from './policy.ts';
import { routeMachine } from './route-machine.ts';
import { saturationMachine } from './saturation-machine.ts';
import { rowOf, windowOf } from './testing/route-bench.ts';

/** A running machine under test: where it is, and everything that can happen to it. Time is one of the events. */
interface Walkable {
  readonly key: string;
  readonly value: string;
  readonly happen: Readonly<Record<string, () => void>>;
  readonly stop: () => void;
}

/** Walks every path breadth first, starting each one anew; returns the edges between state values. */
function walk(start: () => Walkable, limit = 2_000): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const queue: (readonly string[])[] = [[]];
  const replay = (path: readonly string[]): Walkable => {
    const machine = start();
    for (const step of path) machine.happen[step]?.();
    return machine;
  };
  for (let path = queue.shift(); path !== undefined && seen.size < limit; path = queue.shift()) {
    const here = replay(path);
    const from = here.value;
    if (!edges.has(from)) edges.set(from, new Set());
    for (const step of Object.keys(here.happen)) {
      const there = replay([...path, step]);
      edges.get(from)?.add(there.value);
      if (!seen.has(there.key)) queue.push([...path, step]);
      seen.add(there.key);
      there.stop();
    }
    here.stop();
  }
  return edges;
}

function reachable(edges: ReadonlyMap<string, ReadonlySet<string>>, from: string): Set<string> {
  const found = new Set([from]);
  for (const state of found) for (const next of edges.get(state) ?? []) found.add(next);
  return found;
}

function startRouteWalk(): Walkable {
  const clock = createManualClock();
  const route = { id: 'claude:opus', tier: 'claude', model: 'opus', credentialId: 'a' } as const;
  const actor = createActor(routeMachine, { clock, input: { route, policy: withPolicy(), clock, random: () => 0.5 } });
  actor.start();
  const failure = { reason: 'unreachable', detail: '' } as const;
  const latch = (kind: 'credential' | 'model') => actor.send({ type: 'latch.set', latch: kind, failure: { reason: 'auth', detail: '' } });
  const snapshot = () => actor.getSnapshot();
  return {
    get key() {
      const { goodProbes, stageEvidence, latch: latched } = snapshot().context;
      return JSON.stringify([snapshot().value, Math.min(goodProbes, 2), stageEvidence > 0, latched]);
    },
    get value() {
      return JSON.stringify(snapshot().value);
    },
    happen: {
      success: () => actor.send({ type: 'attempt.succeeded', from: 'turn', window: windowOf(), isStale: false }),
      slow: () =>
        actor.send({
          type: 'attempt.succeeded',
          from: 'turn',
          window: windowOf({ longSamples: 10, longBreaches: 1, shortBreaches: 1 }),
          isStale: false,
        }),
      healed: () => actor.send({ type: 'attempt.succeeded', from: 'turn', window: windowOf({ shortSamples: 5 }), isStale: false }),
      goodProbe: () => actor.send({ type: 'attempt.succeeded', from: 'probe', window: windowOf(), isStale: false }),
      thirdFailure: () => actor.send({ type: 'attempt.failed', from: 'turn', window: rowOf(3), failure, isStale: false }),
      badProbe: () => actor.send({ type: 'attempt.failed', from: 'probe', window: rowOf(4), failure, isStale: false }),
      inconclusive: () => actor.send({ type: 'probe.inconclusive', failure: undefined }),
      ownNetwork: () => actor.send({ type: 'egress.suspected' }),
      badKey: () => latch('credential'),
      noModel: () => latch('model'),
      lifted: () => actor.send({ type: 'latch.lifted' }),
      twoSeconds: () => clock.advance(2_000),
      stage: () => clock.advance(20_000),
      fiveMinutes: () => clock.advance(300_000),
    },
    stop: () => actor.stop(),
  };
}

function startLadderWalk(): Walkable {
  const clock = createManualClock();
  const actor = createActor(ladderMachine, {
    clock,
    input: { policy: withPolicy(), clock, random: seededRandom(1), tier: 'claude', since: 0, cause: '', pin: undefined },
  });
  actor.start();
  const select = (tier: 'claude' | 'gpt' | 'open-model' | 'faq' | 'handoff') =>
    actor.send({ type: 'tier.selected', tier, cause: '', signal: '' });
  return {
    get key() {
      return JSON.stringify(actor.getSnapshot().value);
    },
    get value() {
      return JSON.stringify(actor.getSnapshot().value);
    },
    happen: {
      claude: () => select('claude'),
      gpt: () => select('gpt'),
      open: () => select('open-model'),
      faq: () => select('faq'),
      handoff: () => select('handoff'),
      pin: () => actor.send({ type: 'pin.set', pin: { tier: 'faq', reason: '', by: '', at: clock.now(), until: clock.now() + 60_000 } }),
      release: () => actor.send({ type: 'pin.released' }),
      egress: () => actor.send({ type: 'egress.suspected' }),
      reached: () => actor.send({ type: 'egress.cleared' }),
      minute: () => clock.advance(60_000),
    },
    stop: () => actor.stop(),
  };
}

describe('machine walks', () => {
  it('[L39] every state of a route is reachable, and from each one the route can become healthy, open and latched', () => {
    const edges = walk(startRouteWalk);
    const states = [...edges.keys()].map((state) => state.replaceAll(/["{}]/g, '')).sort();
    expect(states).toEqual([
      'degraded',
      'healthy',
      'latched',
      'open',
      'probing:asking',
      'probing:resting',
      'ramping:full',
      'ramping:half',
      'ramping:quarter',
    ]);
    for (const state of edges.keys())
      expect([...reachable(edges, state)]).toEqual(expect.arrayContaining(['"healthy"', '"open"', '"latched"']));
  });

  it('[L12] the only way from open or latched to a state that takes customers leads through the probes and the ramp', () => {
    const edges = walk(startRouteWalk);
    // Taking back an open that was our own network's fault is the one exception.
    expect([...(edges.get('"latched"') ?? [])].sort()).toEqual(['"latched"', '{"probing":"asking"}', '{"probing":"resting"}']);
    for (const state of ['{"probing":"asking"}', '{"probing":"resting"}']) {
      expect(edges.get(state)?.has('"healthy"')).toBe(false);
      expect(edges.get(state)?.has('"degraded"')).toBe(false);
    }
    expect(edges.get('{"ramping":"quarter"}')?.has('"healthy"')).toBe(false);
  });

  it('[L39] every tier is reachable from every state of the ladder, a person included', () => {
    const edges = walk(startLadderWalk);
    expect(edges.size).toBe(5 * 2 * 2);
    for (const state of edges.keys()) {
      const all = [...reachable(edges, state)].join();
      for (const tier of ['claude', 'gpt', 'openModel', 'faq', 'handoff']) expect(all).toContain(`"serving":"${tier}"`);
    }
  });

  it('[L22] a rate limit always eases', () => {
    const edges = walk(() => {
      const clock = createManualClock();
      const actor = createActor(saturationMachine, { clock, input: { policy: withPolicy(), clock } });
      actor.start();
      const snapshot = () => actor.getSnapshot();
      return {
        get key() {
          return JSON.stringify([snapshot().value, Math.min(snapshot().context.strikes, 6)]);
        },
        get value() {
          return String(snapshot().value);
        },
        happen: {
          limited: () => actor.send({ type: 'rate.limited', retryAfterMs: undefined }),
          answered: () => actor.send({ type: 'attempt.succeeded' }),
          wait: () => clock.advance(20_000),
        },
        stop: () => actor.stop(),
      };
    });
    expect([...edges.keys()].sort()).toEqual(['blocked', 'clear', 'easing']);
    for (const state of edges.keys()) expect(reachable(edges, state)).toContain('clear');
  });
});

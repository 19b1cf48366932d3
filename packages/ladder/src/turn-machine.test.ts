import type { AttemptOutcome } from '@stepdown/kernel';
import { describe, expect, it } from 'vitest';
import { getNextTransitions, initialTransition, transition } from 'xstate';
import { DEFAULT_POLICY } from './policy.ts';
import { attemptMachine, failed } from './turn-attempt.ts';
import type { TurnEvent } from './turn-events.ts';
import { turnMachine } from './turn-machine.ts';
import { route } from './turn-testing.ts';

type Snapshot = ReturnType<typeof initialTransition<typeof turnMachine>>[0];

const OUTCOMES: readonly AttemptOutcome[] = [
  { kind: 'complete' },
  { kind: 'refused' },
  failed('cut', ''),
  failed('auth', ''),
  failed('server-error', ''),
  failed('context-too-long', ''),
  failed('aborted', ''),
  { kind: 'failed', failure: { reason: 'rate-limited', detail: '', retryAfterMs: 1_000 } },
];

/** Every event that the machine listens to in this state, timers included, from live and from stale attempts. */
function eventsOf(snapshot: Snapshot): TurnEvent[] {
  const types = new Set(getNextTransitions(snapshot).map(({ eventType }) => eventType));
  const numbers = [...snapshot.context.live.map(({ number }) => number), 99];
  return [...types].flatMap((type): TurnEvent[] => {
    if (type === 'attempt.text') return numbers.map((number) => ({ type, number, text: 'text' }));
    if (type === 'attempt.slow') return numbers.map((number) => ({ type, number }));
    if (type !== 'attempt.ended') return type === '' ? [] : [namedEvent(type)];
    const hasText = snapshot.matches({ walking: 'streaming' });
    return numbers.flatMap((number) => OUTCOMES.map((outcome) => ({ type, number, outcome, hasText })));
  });
}

/** The other events carry at most a delay or a reason; timers of XState are events too, though not in the machine's own union. */
function namedEvent(type: string): TurnEvent {
  return { type, delayMs: 100, reason: 'claimed' } as TurnEvent;
}

/** What tells two situations apart. Texts and counters that only grow are left out. */
function keyOf({ value, context }: Snapshot): string {
  const { live, attemptCount, spent, repeated, blockedCredentials, repeat, isTrimmed, isInterrupted, shownText } = context;
  const lateness = [context.isLateForFirstText, context.isLateForAnswer];
  const attempts = live.map(({ number, isSlow }) => [number, isSlow]);
  return JSON.stringify([
    value,
    attempts,
    attemptCount,
    [...spent],
    [...repeated],
    [...blockedCredentials],
    repeat?.routeId,
    isTrimmed,
    isInterrupted,
    shownText !== '',
    lateness,
  ]);
}

function walk() {
  const routes = [route('claude', { hedgeAfterMs: 2_000 }), route('gpt')];
  const [first] = initialTransition(turnMachine, { policy: { ...DEFAULT_POLICY, attemptsPerTurn: 3 }, routes, firstRev: 1 });
  const seen = new Map<string, { snapshot: Snapshot; from: Set<string> }>([[keyOf(first), { snapshot: first, from: new Set() }]]);
  const queue = [keyOf(first)];
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    const here = seen.get(key)?.snapshot;
    if (here?.status !== 'active') continue;
    for (const event of eventsOf(here)) {
      const [next] = transition(turnMachine, here, event);
      const nextKey = keyOf(next);
      const known = seen.get(nextKey);
      if (known !== undefined) known.from.add(key);
      else {
        seen.set(nextKey, { snapshot: next, from: new Set([key]) });
        queue.push(nextKey);
      }
    }
  }
  return seen;
}

/** Keys from which a snapshot with this end can be reached. */
function reaching(seen: ReturnType<typeof walk>, end: string): Set<string> {
  const queue = [...seen].filter(([, { snapshot }]) => snapshot.value === end).map(([key]) => key);
  const found = new Set(queue);
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    for (const before of seen.get(key)?.from ?? []) {
      if (!found.has(before)) queue.push(before);
      found.add(before);
    }
  }
  return found;
}

describe('the turn machine, walked over every situation of two routes and three attempts', () => {
  const seen = walk();
  const snapshots = [...seen.values()].map(({ snapshot }) => snapshot);

  it('reaches every state in which it can rest', () => {
    const values = new Set(snapshots.map(({ value }) => JSON.stringify(value)));
    const resting = [
      'idle',
      { walking: 'asking' },
      { walking: { attempting: 'listening' } },
      { walking: { attempting: 'askingForHedge' } },
      { walking: 'streaming' },
      { walking: 'askingForRetry' },
      { walking: 'waiting' },
      'answered',
      'refused',
      'floor',
      'cancelled',
    ];
    expect([...values].sort()).toEqual(resting.map((value) => JSON.stringify(value)).sort());
  });

  it.each(['floor', 'cancelled'])('can reach %s from every situation that is not final', (end) => {
    const found = reaching(seen, end);
    const stuck = [...seen].filter(([key, { snapshot }]) => snapshot.status === 'active' && !found.has(key));
    expect(stuck.map(([key]) => key)).toEqual([]);
  });

  it('never fails, and holds no live attempt at its end', () => {
    expect(snapshots.filter(({ status }) => status !== 'active' && status !== 'done')).toEqual([]);
    expect(snapshots.filter(({ status, context }) => status === 'done' && context.live.length > 0)).toEqual([]);
  });

  it('ends at the answer deadline from wherever it is', () => {
    const event = namedEvent('xstate.after.answer.turn.walking');
    const walking = snapshots.filter((snapshot) => snapshot.matches('walking'));
    expect(walking.length).toBeGreaterThan(100);
    expect(new Set(walking.map((snapshot) => transition(turnMachine, snapshot, event)[0].value))).toEqual(new Set(['floor']));
  });

  it('[L60] drops whatever a stale attempt says', () => {
    const stale: TurnEvent[] = [
      { type: 'attempt.text', number: 99, text: 'ghost' },
      { type: 'attempt.slow', number: 99 },
      { type: 'attempt.ended', number: 99, outcome: { kind: 'complete' }, hasText: true },
    ];
    for (const snapshot of snapshots) {
      for (const event of stale) expect(keyOf(transition(turnMachine, snapshot, event)[0])).toBe(keyOf(snapshot));
    }
  });

  it('[L49] honours a row of the table that says stop', () => {
    const isStreaming = snapshots.find((snapshot) => snapshot.matches({ walking: 'streaming' }));
    const number = isStreaming?.context.live[0]?.number ?? 0;
    if (isStreaming === undefined) throw new Error('never streaming');
    const [next] = transition(turnMachine, isStreaming, {
      type: 'attempt.ended',
      number,
      outcome: failed('aborted', 'by itself'),
      hasText: true,
    });
    expect(next.output).toEqual({ kind: 'cancelled', reason: 'by itself', hasVisibleText: true });
  });
});

describe('the attempt machine', () => {
  const mute = (): void => undefined;
  const machine = attemptMachine.provide({ actions: { passOn: mute, tellEnd: mute } });
  const [start] = initialTransition(machine, {
    number: 1,
    policy: DEFAULT_POLICY,
    route: route('claude'),
    options: { isTrimmed: false, interruptedText: undefined },
  });
  const text = { type: 'source.text', text: 'text', ageMs: 0 } as const;

  it('reaches every state', () => {
    const accepted = transition(machine, start, { type: 'source.headers' })[0];
    const quiet = transition(machine, accepted, text)[0];
    const thinking = transition(machine, quiet, { type: 'source.thinking', isOpen: true })[0];
    const ended = transition(machine, thinking, { type: 'source.ended', outcome: { kind: 'complete' } })[0];
    expect([start, accepted, quiet, thinking, ended].map(({ value }) => JSON.stringify(value))).toEqual([
      '{"open":{"silent":"sent"}}',
      '{"open":{"silent":"accepted"}}',
      '{"open":{"speaking":{"silence":{"sinceText":"quiet"},"pace":"measuring"}}}',
      '{"open":{"speaking":{"silence":{"sinceText":"thinking"},"pace":"measuring"}}}',
      '"ended"',
    ]);
  });

  it('[L62] hears nothing after its end', () => {
    const ended = transition(machine, start, { type: 'source.ended', outcome: { kind: 'complete' } })[0];
    for (const event of [text, { type: 'source.headers' }, { type: 'source.ended', outcome: { kind: 'complete' } }] as const) {
      const [next, actions] = transition(machine, ended, event);
      expect(next.value).toBe('ended');
      expect(actions).toEqual([]);
    }
  });
});

import type { AnswerEvent, AttemptOutcome, Clock, FailureReason, RouteId, Signal, TierFailure } from '@stepdown/kernel';
import { createManualClock, seededRandom } from '@stepdown/kernel/testing';
import { type Policy, withPolicy } from './policy.ts';
import { type RunningTurn, runTurn, turnMachine } from './turn.ts';
import type { AttemptOptions, TurnPorts } from './turn-ports.ts';
import type { PlannedRoute, TurnEffect, TurnResult } from './types.ts';

/** One thing a scripted source does, `afterMs` after the one before. */
export type SourceStep = { readonly afterMs?: number } & (
  | { readonly event: AnswerEvent }
  | { readonly throws: string }
  | { readonly finishes: true }
  | { readonly hangs: true }
);

export interface SourceScript {
  readonly steps: readonly SourceStep[];
  /** Goes on after the abort, like a stream whose bytes are already there. */
  readonly ignoresAbort?: boolean;
  readonly throwsAtOnce?: boolean;
  /** `return()` throws, rejects or never settles. */
  readonly closes?: 'throwing' | 'rejecting' | 'never';
}

export const headers: SourceStep = { event: { type: 'headers' } };
export const text = (content: string, afterMs = 0): SourceStep => ({ afterMs, event: { type: 'delta', text: content } });
export const thinking = (isOpen: boolean, afterMs = 0): SourceStep => ({ afterMs, event: { type: 'thinking', isOpen } });
export const ends = (outcome: AttemptOutcome, afterMs = 0): SourceStep => ({ afterMs, event: { type: 'end', outcome } });
export const complete = (afterMs = 0): SourceStep => ends({ kind: 'complete' }, afterMs);
export const fails = (reason: FailureReason, afterMs = 0, more: Partial<TierFailure> = {}): SourceStep =>
  ends({ kind: 'failed', failure: { reason, detail: `scripted ${reason}`, ...more } }, afterMs);
export const hangs: SourceStep = { hangs: true };

export function route(routeId: RouteId, more: Partial<PlannedRoute> = {}): PlannedRoute {
  const tier = routeId.startsWith('gpt') ? 'gpt' : routeId.startsWith('open') ? 'open-model' : 'claude';
  return { routeId, tier, model: `${routeId}-model`, credentialId: routeId, hedgeAfterMs: undefined, ...more };
}

export interface AttemptRecord {
  readonly routeId: RouteId;
  readonly options: AttemptOptions;
  readonly signal: AbortSignal;
  readonly startedMs: number;
  isClosed: boolean;
}

export interface Scene {
  readonly routes: readonly PlannedRoute[];
  /** Scripts of a route, one for each attempt on it; the last one repeats. */
  readonly scripts: Readonly<Record<RouteId, readonly SourceScript[]>>;
  readonly policy?: Partial<Policy>;
  readonly firstRev?: number;
  readonly ports?: Partial<TurnPorts>;
  readonly machine?: typeof turnMachine;
  readonly onEffect?: (effect: TurnEffect, turn: RunningTurn) => void;
}

/** A turn on a clock that jumps from timer to timer, with everything it said and did on record. */
export function stage(scene: Scene) {
  const clock = createManualClock();
  const due = trackTimers(clock);
  const turnTimers = trackTimers(due.clock);
  const effects: TurnEffect[] = [];
  const signals: Signal[] = [];
  const attempts: AttemptRecord[] = [];
  const occupied: RouteId[] = [];
  const counts = new Map<RouteId, number>();
  let result: TurnResult | undefined;
  let error: unknown;

  const ports: TurnPorts = {
    clock: turnTimers.clock,
    random: seededRandom(1),
    // A slow retry meets more of the other deadlines than the product's quick one.
    policy: withPolicy({ retryDelayMs: 300, ...scene.policy }),
    turnId: 'trn_1',
    plan: { routes: scene.routes, cause: 'test' },
    firstRev: scene.firstRev ?? 1,
    attempt(planned, options, signal) {
      const { routeId } = planned;
      const count = counts.get(routeId) ?? 0;
      counts.set(routeId, count + 1);
      const scripts = scene.scripts[routeId] ?? [];
      const script = scripts[Math.min(count, scripts.length - 1)] ?? { steps: [hangs] };
      if (script.throwsAtOnce) throw new Error('thrown before the stream');
      const record: AttemptRecord = { routeId, options, signal, startedMs: clock.monotonicMs(), isClosed: false };
      attempts.push(record);
      return { [Symbol.asyncIterator]: () => playScript(script, due.clock, record) };
    },
    report: (signal) => signals.push(signal),
    takeRetry: () => true,
    admit(routeId) {
      occupied.push(routeId);
      return () => void occupied.splice(occupied.indexOf(routeId), 1);
    },
    isStillAllowed: () => true,
    ...scene.ports,
    onEffect(effect) {
      effects.push(effect);
      scene.onEffect?.(effect, turn);
    },
  };
  const turn = runTurn(ports, scene.machine ?? turnMachine);
  turn.done.then(
    (value) => {
      result = value;
    },
    (cause: unknown) => {
      error = cause;
    },
  );

  return {
    clock,
    turn,
    effects,
    signals,
    attempts,
    occupied,
    get result() {
      return result;
    },
    get error() {
      return error;
    },
    /** Milliseconds the turn has taken so far. */
    get elapsedMs() {
      return clock.monotonicMs();
    },
    /** Timers that the turn itself has not cleared. */
    get openTimers() {
      return turnTimers.count();
    },
    async advance(milliseconds: number) {
      await settle();
      const limit = clock.monotonicMs() + milliseconds;
      for (let next = due.nextAt(); next !== undefined && next <= limit; next = due.nextAt()) {
        clock.advance(Math.max(0, next - clock.monotonicMs()));
        await settle();
      }
      clock.advance(limit - clock.monotonicMs());
      await settle();
    },
    /** Runs until the turn has ended. */
    async finish() {
      await settle();
      for (let next = due.nextAt(); next !== undefined && result === undefined && error === undefined; next = due.nextAt()) {
        clock.advance(Math.max(0, next - clock.monotonicMs()));
        await settle();
      }
      return result;
    },
  };
}

/** Lets every promise that can settle do so: the longest chain of the turn is shorter than this. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 6; round += 1) await undefined;
}

function trackTimers(clock: Clock) {
  const timers = new Map<unknown, number>();
  return {
    count: (): number => timers.size,
    nextAt: (): number | undefined => (timers.size === 0 ? undefined : Math.min(...timers.values())),
    clock: {
      ...clock,
      setTimeout(callback: () => void, delayMs: number) {
        const timer = clock.setTimeout(() => {
          timers.delete(timer);
          callback();
        }, delayMs);
        timers.set(timer, clock.monotonicMs() + Math.max(0, delayMs));
        return timer;
      },
      clearTimeout(timer: unknown) {
        timers.delete(timer);
        clock.clearTimeout(timer);
      },
    },
  };
}

function playScript(script: SourceScript, clock: Clock, record: AttemptRecord): AsyncIterator<AnswerEvent> {
  let index = 0;
  return {
    next() {
      const step = script.steps[index];
      index += 1;
      const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<AnswerEvent>>();
      if (step === undefined || 'finishes' in step) resolve({ done: true, value: undefined });
      else if (!('hangs' in step)) {
        const play = (): void => ('throws' in step ? reject(new Error(step.throws)) : resolve({ done: false, value: step.event }));
        const timer = step.afterMs ? clock.setTimeout(play, step.afterMs) : play();
        if (!script.ignoresAbort) {
          record.signal.addEventListener('abort', () => {
            if (timer !== undefined) clock.clearTimeout(timer);
            reject(new Error('aborted'));
          });
        }
      }
      return promise;
    },
    return() {
      record.isClosed = true;
      if (script.closes === 'throwing') throw new Error('return threw');
      if (script.closes === 'rejecting') return Promise.reject(new Error('return rejected'));
      if (script.closes === 'never') return new Promise(() => undefined);
      return Promise.resolve({ done: true, value: undefined });
    },
  };
}

/**
 * Time as a port. `now` is wall time (epoch ms, may jump), `monotonicMs` never goes back: durations and
 * deadlines use it. `setTimeout`/`clearTimeout` have the shape of an XState actor clock.
 */
export interface Clock {
  now(): number;
  monotonicMs(): number;
  setTimeout(callback: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

interface TimerGlobals {
  setTimeout(callback: () => void, delayMs: number): { unref?(): void };
  clearTimeout(timer: unknown): void;
  performance: { now(): number };
}

/** The globals every runtime has; named here because this room is checked without Node or DOM types. */
function timerGlobals(): TimerGlobals {
  // Guaranteed by every runtime that can load this module: Node, browsers, workers.
  return globalThis as unknown as TimerGlobals;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => timerGlobals().performance.now(),
  setTimeout: (callback, delayMs) => timerGlobals().setTimeout(callback, delayMs),
  clearTimeout: (timer) => timerGlobals().clearTimeout(timer),
};

/** A random number in [0, 1). A port, so that jitter and ids are repeatable in tests. */
export type Random = () => number;

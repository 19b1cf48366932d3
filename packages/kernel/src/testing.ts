import type { Clock, Random } from './clock.ts';

export interface ManualClock extends Clock {
  /** Moves time forward and fires due timers in order. */
  advance(milliseconds: number): void;
  readonly pendingTimers: number;
}

/** A clock that stands still until `advance` is called. Starts at `startMs` (epoch). */
export function createManualClock(startMs = 1_750_000_000_000): ManualClock {
  let elapsed = 0;
  let nextId = 1;
  const timers = new Map<number, { at: number; callback: () => void }>();

  function nextDue(limit: number): [number, { at: number; callback: () => void }] | undefined {
    const due = [...timers].filter(([, timer]) => timer.at <= limit);
    due.sort(([leftId, left], [rightId, right]) => left.at - right.at || leftId - rightId);
    return due[0];
  }

  return {
    now: () => startMs + elapsed,
    monotonicMs: () => elapsed,
    setTimeout(callback, delayMs) {
      const id = nextId;
      nextId += 1;
      timers.set(id, { at: elapsed + Math.max(0, delayMs), callback });
      return id;
    },
    clearTimeout(timer) {
      if (typeof timer === 'number') timers.delete(timer);
    },
    advance(milliseconds) {
      const limit = elapsed + milliseconds;
      for (let due = nextDue(limit); due !== undefined; due = nextDue(limit)) {
        const [id, timer] = due;
        timers.delete(id);
        elapsed = Math.max(elapsed, timer.at);
        timer.callback();
      }
      elapsed = limit;
    },
    get pendingTimers() {
      return timers.size;
    },
  };
}

/** Repeatable pseudo-random numbers (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import type { ClientClock } from '../ports.ts';

export interface FakeClock extends ClientClock {
  /** Runs what is due within the time, in order, and lets promises settle in between. */
  advance(durationMs: number): Promise<void>;
}

export function createFakeClock(startAt = 1_000_000): FakeClock {
  let now = startAt;
  let nextId = 1;
  const timers = new Map<unknown, { readonly at: number; readonly run: () => void }>();
  const nextDue = (until: number) =>
    [...timers].filter(([, timer]) => timer.at <= until).sort(([, left], [, right]) => left.at - right.at)[0];

  return {
    now: () => now,
    setTimeout: (run, delayMs) => {
      const id = nextId++;
      timers.set(id, { at: now + delayMs, run });
      return id;
    },
    clearTimeout: (id) => void timers.delete(id),
    advance: async (durationMs) => {
      const until = now + durationMs;
      await settle();
      for (let due = nextDue(until); due; due = nextDue(until)) {
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].run();
        await settle();
      }
      now = until;
    },
  };
}

/** Lets every chain of promises that is ready run to its end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}

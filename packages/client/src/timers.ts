import type { ClientClock } from './ports.ts';

/** Named timers of one owner, so that all of them end with it. */
export interface Timers {
  /** Starts anew if it runs. */
  start(name: string, delayMs: number, run: () => void): void;
  /** Leaves a running one alone. */
  startOnce(name: string, delayMs: number, run: () => void): void;
  cancel(name: string): void;
  cancelAll(): void;
}

export function createTimers(clock: ClientClock): Timers {
  const running = new Map<string, unknown>();
  const cancel = (name: string) => {
    if (!running.has(name)) return;
    clock.clearTimeout(running.get(name));
    running.delete(name);
  };
  const start = (name: string, delayMs: number, run: () => void) => {
    cancel(name);
    running.set(
      name,
      clock.setTimeout(() => {
        running.delete(name);
        run();
      }, delayMs),
    );
  };
  return {
    start,
    startOnce: (name, delayMs, run) => {
      if (!running.has(name)) start(name, delayMs, run);
    },
    cancel,
    cancelAll: () => {
      for (const name of [...running.keys()]) cancel(name);
    },
  };
}

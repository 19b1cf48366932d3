/** Time as a port. Any clock with these three functions fits, `@stepdown/kernel`'s too. */
export interface SimulatorClock {
  now(): number;
  setTimeout(callback: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** Guaranteed: `clearTimeout` below only gets back what `setTimeout` above it returned. */
function timerOf(timer: unknown): NodeJS.Timeout {
  return timer as NodeJS.Timeout;
}

export const systemClock: SimulatorClock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (timer) => clearTimeout(timerOf(timer)),
};

/** Resolves after `delayMs`, or at once when `signal` aborts: whoever waits looks at the signal afterwards. */
export function pause(clock: SimulatorClock, delayMs: number, signal: AbortSignal): Promise<void> {
  if (delayMs <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = () => {
      clock.clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.setTimeout(finish, delayMs);
    signal.addEventListener('abort', finish);
  });
}

/** Resolves when `signal` aborts. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

import type { Clock } from '@stepdown/kernel';
import { createManualClock } from '@stepdown/kernel/testing';

export interface SimulatedTime {
  readonly clock: Clock;
  /** Milliseconds passed since the start. */
  elapsedMs(): number;
  /** Jumps from timer to timer and lets every promise settle in between, so that hours pass in seconds. */
  pass(milliseconds: number): Promise<void>;
}

export function createSimulatedTime(startMs?: number): SimulatedTime {
  const manual = createManualClock(startMs);
  const due = new Map<unknown, number>();
  const nextAt = (): number => Math.min(...due.values());
  return {
    elapsedMs: () => manual.monotonicMs(),
    clock: {
      now: manual.now,
      monotonicMs: manual.monotonicMs,
      setTimeout(callback, delayMs) {
        const timer = manual.setTimeout(() => {
          due.delete(timer);
          callback();
        }, delayMs);
        due.set(timer, manual.monotonicMs() + Math.max(0, delayMs));
        return timer;
      },
      clearTimeout(timer) {
        due.delete(timer);
        manual.clearTimeout(timer);
      },
    },
    async pass(milliseconds) {
      const limit = manual.monotonicMs() + milliseconds;
      await settled();
      for (let next = nextAt(); next <= limit; next = nextAt()) {
        manual.advance(Math.max(0, next - manual.monotonicMs()));
        await settled();
      }
      manual.advance(limit - manual.monotonicMs());
    },
  };
}

/** The event loop comes round only when no promise can go on any more. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

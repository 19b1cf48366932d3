import type { Clock } from '@stepdown/kernel';
import type { Store } from '@stepdown/store';

/** Guesses are counted this long (D46: delayed or locked from the sixth). */
const WINDOW_MS = 15 * 60_000;
const FAILURES_PER_ACCOUNT = 5;
/** An office behind one address mistypes more often than one person. */
const FAILURES_PER_ADDRESS = 30;

export interface Guess {
  /** What is being guessed at, hashed by the caller. */
  readonly account: string;
  readonly address?: string;
}

export interface SignInThrottle {
  /** Runs `isRight` unless there were too many failures; then it answers how long to wait, milliseconds. */
  attempt(guess: Guess, isRight: () => Promise<boolean>): Promise<{ readonly isRight: boolean; readonly waitMs: number }>;
}

/** Counts failures by account and address. Guesses that run now count too: forty at once are no way around. */
export function createSignInThrottle({
  store,
  clock,
}: {
  readonly store: Pick<Store, 'signInAttempts'>;
  readonly clock: Clock;
}): SignInThrottle {
  const running = new Map<string, number>();

  function enter(key: string): { readonly before: number; leave(): void } {
    const before = running.get(key) ?? 0;
    running.set(key, before + 1);
    const leave = (): void => {
      const left = (running.get(key) ?? 1) - 1;
      if (left === 0) running.delete(key);
      else running.set(key, left);
    };
    return { before, leave };
  }

  async function isFull(key: string, before: number, allowed: number): Promise<boolean> {
    return before + (await store.signInAttempts.countFailuresSince(key, clock.now() - WINDOW_MS)) >= allowed;
  }

  return {
    async attempt({ account, address }, isRight) {
      const limits = [
        { key: `account:${account}`, allowed: FAILURES_PER_ACCOUNT },
        ...(address === undefined ? [] : [{ key: `address:${address}`, allowed: FAILURES_PER_ADDRESS }]),
      ];
      const entered = limits.map((limit) => ({ ...limit, ...enter(limit.key) }));
      try {
        const full = await Promise.all(entered.map(({ key, before, allowed }) => isFull(key, before, allowed)));
        if (full.includes(true)) return { isRight: false, waitMs: WINDOW_MS };
        const succeeded = await isRight();
        if (succeeded) await store.signInAttempts.clear(`account:${account}`);
        else await Promise.all(limits.map(({ key }) => store.signInAttempts.record({ key, at: clock.now(), isOk: false })));
        return { isRight: succeeded, waitMs: 0 };
      } finally {
        for (const { leave } of entered) leave();
      }
    },
  };
}

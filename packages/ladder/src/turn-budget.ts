import type { Policy } from './policy.ts';

interface Recent {
  add(nowMs: number): void;
  count(nowMs: number): number;
  newest(): number | undefined;
}

/** Moments on the monotonic clock within a window. */
function createRecent(windowMs: number): Recent {
  let moments: number[] = [];
  let first = 0;
  return {
    add(nowMs) {
      moments.push(nowMs);
      this.count(nowMs);
    },
    count(nowMs) {
      while (first < moments.length && nowMs - (moments[first] ?? nowMs) >= windowMs) first += 1;
      if (first > 1_024) {
        moments = moments.slice(first);
        first = 0;
      }
      return moments.length - first;
    },
    newest: () => moments.at(-1),
  };
}

export interface TurnBudget {
  countTurn(): void;
  /** 10 % of the turns of the last minute, and always one when the last 10 s saw none. */
  takeRetry(): boolean;
  /** At most 5 % of the turns of the last 10 min. */
  takeHealthyHedge(): boolean;
}

/** Extra work that a site may cause, as a share of its turns (SPEC.md, L31 and L32). */
export function createTurnBudget(policy: Policy, monotonicMs: () => number): TurnBudget {
  const turns = createRecent(policy.retryBudgetWindowMs);
  const retries = createRecent(policy.retryBudgetWindowMs);
  const hedgeableTurns = createRecent(policy.hedgeShareWindowMs);
  const hedges = createRecent(policy.hedgeShareWindowMs);
  return {
    countTurn() {
      for (const recent of [turns, hedgeableTurns]) recent.add(monotonicMs());
    },
    takeRetry() {
      const nowMs = monotonicMs();
      const lastAtMs = retries.newest();
      const isFloor = lastAtMs === undefined || nowMs - lastAtMs >= policy.retryBudgetFloorMs;
      if (!isFloor && retries.count(nowMs) + 1 > policy.retryBudgetRatio * turns.count(nowMs)) return false;
      retries.add(nowMs);
      return true;
    },
    takeHealthyHedge() {
      const nowMs = monotonicMs();
      if (hedges.count(nowMs) + 1 > policy.hedgeShareWhileHealthyRatio * hedgeableTurns.count(nowMs)) return false;
      hedges.add(nowMs);
      return true;
    },
  };
}

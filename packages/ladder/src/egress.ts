import type { FailureReason, ModelTierId } from '@stepdown/kernel';

/** What one report says about the way out of this server. */
export type Reach = 'answered' | 'reached' | 'no-connection';

/** Anything that came back from a provider proves the way out, even an error. */
export function reachOf(reason: FailureReason | undefined): Reach {
  if (reason === undefined) return 'answered';
  return reason === 'unreachable' || reason === 'connect-timeout' ? 'no-connection' : 'reached';
}

export interface EgressDetector {
  /** Takes one report and says whether our own network is the suspect now. */
  note(tier: ModelTierId, reach: Reach, nowMs: number): boolean;
}

/**
 * Concludes that our own network is down when every provider failed to connect within `windowMs` of one another
 * (SPEC.md, L27). With one provider nothing can be concluded. The verdict ends at the first answer of any.
 */
export function createEgressDetector(tiers: readonly ModelTierId[], windowMs: number): EgressDetector {
  const providers = new Set(tiers);
  const failedAtMs = new Map<ModelTierId, number>();
  let isSuspected = false;

  return {
    note(tier, reach, nowMs) {
      if (reach === 'no-connection') failedAtMs.set(tier, nowMs);
      else failedAtMs.delete(tier);
      if (reach === 'answered') {
        isSuspected = false;
        failedAtMs.clear();
      }
      const moments = [...failedAtMs.values()];
      const haveAllFailed = providers.size >= 2 && moments.length === providers.size;
      if (haveAllFailed && Math.max(...moments) - Math.min(...moments) <= windowMs) isSuspected = true;
      return isSuspected;
    },
  };
}

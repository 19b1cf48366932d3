import type { TierFailure } from '@stepdown/kernel';
import { failureWords, routeName } from './cause.ts';
import type { Policy } from './policy.ts';
import type { RouteDescriptor } from './types.ts';

interface FaultRecord {
  readonly conversations: Set<string>;
  lastAtMs: number;
  isConfigurationAlerted: boolean;
}

interface FaultAlert {
  readonly code: 'internal' | 'configuration';
  readonly detail: string;
}

export interface RequestFaults {
  /** Takes one fault of our own request and says what the operator must hear about it, if anything. */
  note(route: RouteDescriptor, failure: TierFailure, conversationId: string): FaultAlert | undefined;
}

/**
 * Faults of our own requests (400, 413, 422, our bugs). One is told once as `internal`; the same one in three
 * conversations is a `configuration` fault (SPEC.md, L26). Quiet for an hour, a fault is forgotten.
 */
export function createRequestFaults(policy: Policy, monotonicMs: () => number): RequestFaults {
  const faults = new Map<string, FaultRecord>();

  function recordOf(fingerprint: string, nowMs: number): { readonly record: FaultRecord; readonly isNew: boolean } {
    for (const [key, record] of faults) {
      if (nowMs - record.lastAtMs > policy.requestFaultWindowMs) faults.delete(key);
    }
    const known = faults.get(fingerprint);
    if (known !== undefined) return { record: known, isNew: false };
    const record = { conversations: new Set<string>(), lastAtMs: nowMs, isConfigurationAlerted: false };
    faults.set(fingerprint, record);
    return { record, isNew: true };
  }

  return {
    note(route, failure, conversationId) {
      const nowMs = monotonicMs();
      const fingerprint = [route.tier, failure.reason, failure.statusCode ?? '', failure.providerCode ?? ''].join(' ');
      const { record, isNew } = recordOf(fingerprint, nowMs);
      record.lastAtMs = nowMs;
      // A set that has proved its point need not grow.
      if (record.conversations.size < policy.configurationFaultConversations) record.conversations.add(conversationId);
      const words = `${routeName(route)}: ${failureWords(failure)}. ${failure.detail}`;
      if (record.conversations.size >= policy.configurationFaultConversations && !record.isConfigurationAlerted) {
        record.isConfigurationAlerted = true;
        return { code: 'configuration', detail: `The same fault in ${record.conversations.size} conversations. ${words}` };
      }
      return isNew ? { code: 'internal', detail: words } : undefined;
    },
  };
}

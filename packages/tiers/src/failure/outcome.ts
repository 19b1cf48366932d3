import type { AttemptOutcome, FailureReason } from '@stepdown/kernel';
import { failureDetail } from './failure-detail.ts';
import type { ProviderError } from './provider-error.ts';

/** A failed attempt without a provider's own words. */
export function failed(reason: FailureReason, detail: string, secrets: readonly string[] = []): AttemptOutcome {
  return { kind: 'failed', failure: { reason, detail: failureDetail(detail, secrets) } };
}

/** A failed attempt in the provider's words, made short and free of keys. */
export function failedBy(error: ProviderError, reason: FailureReason, secrets: readonly string[]): AttemptOutcome {
  const providerCode = error.code ?? error.type;
  const head = error.status === undefined ? 'error' : `HTTP ${error.status}`;
  const detail = failureDetail([head, providerCode, error.message].filter(Boolean).join(' '), secrets);
  return {
    kind: 'failed',
    failure: {
      reason,
      detail,
      ...(error.status === undefined ? {} : { statusCode: error.status }),
      ...(providerCode === undefined ? {} : { providerCode: failureDetail(providerCode, secrets).slice(0, 80) }),
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
      ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
    },
  };
}

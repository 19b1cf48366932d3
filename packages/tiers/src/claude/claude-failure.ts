import type { AttemptOutcome, FailureReason } from '@stepdown/kernel';
import { failedBy } from '../failure/outcome.ts';
import type { ErrorPlace, ProviderError } from '../failure/provider-error.ts';
import { statusReason, unnamedReason } from '../failure/status-reason.ts';

/** Spend caps arrive as 429 `rate_limit_error` with one of these in `error.details.error_code`. */
const SPEND_CODES = new Set([
  'enforced_spend_limit_reached',
  'contract_spend_limit_reached',
  'linked_organization_spend_limit_reached',
  'linked_organization_billing_unavailable',
  'organization_on_hold',
]);

/** A spend limit of the workspace and an empty balance arrive as 400 `invalid_request_error`: only the text tells. */
const SPEND_MESSAGES = ['You have reached your specified API usage limits', 'Your credit balance is too low'];

const CONTEXT_MESSAGE = /^(prompt is too long|input is too long|input length and `?max_tokens`? exceed context limit)/i;
const FILTER_MESSAGE = /content filtering policy/i;

const BY_TYPE: ReadonlyMap<string, FailureReason> = new Map([
  ['authentication_error', 'auth'],
  ['permission_error', 'auth'],
  ['billing_error', 'quota'],
  ['not_found_error', 'model-missing'],
  ['rate_limit_error', 'rate-limited'],
  ['overloaded_error', 'overloaded'],
  ['invalid_request_error', 'rejected'],
  ['request_too_large', 'rejected'],
]);

/**
 * Names what an Anthropic error means for the ladder, by status, `error.type`, `error.details.error_code` and, for two
 * 400s, the text. Class names of the SDK are not asked: one class covers rate, quota and spend cap.
 */
export function claudeOutcome(error: ProviderError, place: ErrorPlace, secrets: readonly string[] = []): AttemptOutcome {
  if (isRequestFault(error) && FILTER_MESSAGE.test(error.message)) return { kind: 'refused' };
  return failedBy(error, claudeReason(error, place), secrets);
}

function claudeReason(error: ProviderError, place: ErrorPlace): FailureReason {
  if (isSpent(error)) return 'quota';
  if (isRequestFault(error) && CONTEXT_MESSAGE.test(error.message)) return 'context-too-long';
  if (error.type === 'overloaded_error') return 'overloaded';
  if (error.status !== undefined) return statusReason(error.status, error.hasErrorBody);
  return BY_TYPE.get(error.type ?? '') ?? unnamedReason(place);
}

function isSpent(error: ProviderError): boolean {
  if (error.type === 'billing_error' || SPEND_CODES.has(error.code ?? '')) return true;
  return isRequestFault(error) && SPEND_MESSAGES.some((start) => error.message.startsWith(start));
}

function isRequestFault(error: ProviderError): boolean {
  return error.status === undefined ? error.type === 'invalid_request_error' : error.status === 400 || error.status === 413;
}

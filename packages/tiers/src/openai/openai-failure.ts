import type { AttemptOutcome, FailureReason } from '@stepdown/kernel';
import { failedBy } from '../failure/outcome.ts';
import type { ErrorPlace, ProviderError } from '../failure/provider-error.ts';
import { statusReason, unnamedReason } from '../failure/status-reason.ts';

/** Empty balance and caps arrive as 429 with one of these; a 429 alone would look like a rate limit. */
const SPEND_CODES = new Set([
  'insufficient_quota',
  'credit_balance_exhausted',
  'organization_spend_limit_exceeded',
  'project_spend_limit_exceeded',
  'organization_usage_limit_exceeded',
  'billing_hard_limit_reached',
  'billing_not_active',
]);

/** The request was declined for its content. Such a question is never taken to a laxer model. */
const POLICY_CODES = new Set([
  'content_filter',
  'content_policy_violation',
  'invalid_prompt',
  'bio_policy',
  'cyber_policy',
  'misalignment_policy_violation',
  'ResponsibleAIPolicyViolation',
]);

/** `exceed_context_size_error` is llama.cpp's; vLLM and older gateways tell by text alone. */
const CONTEXT_CODES = new Set(['context_length_exceeded', 'exceed_context_size_error', 'string_above_max_length']);
const CONTEXT_MESSAGE = /maximum context length|context (length|window|size)|prompt is too long|too many (input |prompt )?tokens/i;

const BY_CODE: ReadonlyMap<string, FailureReason> = new Map([
  ['invalid_api_key', 'auth'],
  ['authentication_error', 'auth'],
  ['unsupported_country_region_territory', 'auth'],
  ['model_not_found', 'model-missing'],
  ['rate_limit_exceeded', 'rate-limited'],
  ['slow_down', 'rate-limited'],
  ['server_is_overloaded', 'overloaded'],
  ['unavailable_error', 'overloaded'],
  ['invalid_request_error', 'rejected'],
  ['data_residency_mismatch', 'rejected'],
]);

/**
 * Names what an error of OpenAI, or of a server that speaks its dialect, means for the ladder: by `error.code` and
 * `error.type` where they say something exact, else by status, else by where it was found.
 */
export function openaiOutcome(error: ProviderError, place: ErrorPlace, secrets: readonly string[] = []): AttemptOutcome {
  if (hasName(error, POLICY_CODES) && isRequestFault(error)) return { kind: 'refused' };
  return failedBy(error, openaiReason(error, place), secrets);
}

function openaiReason(error: ProviderError, place: ErrorPlace): FailureReason {
  if (hasName(error, SPEND_CODES)) return 'quota';
  if (isRequestFault(error) && (hasName(error, CONTEXT_CODES) || CONTEXT_MESSAGE.test(error.message))) return 'context-too-long';
  if (error.status !== undefined) return statusReason(error.status, error.hasErrorBody);
  return BY_CODE.get(error.code ?? '') ?? BY_CODE.get(error.type ?? '') ?? unnamedReason(place);
}

function hasName(error: ProviderError, names: ReadonlySet<string>): boolean {
  return names.has(error.code ?? '') || names.has(error.type ?? '');
}

/** In a stream every error may be about the request; over HTTP only these statuses are. */
function isRequestFault(error: ProviderError): boolean {
  return error.status === undefined || error.status === 400 || error.status === 413 || error.status === 422;
}

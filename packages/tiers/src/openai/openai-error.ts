import type { AttemptOutcome } from '@stepdown/kernel';
import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { failed } from '../failure/outcome.ts';
import type { ProviderError } from '../failure/provider-error.ts';
import { readText, readValue } from '../json.ts';
import { retryAfterMs } from '../transport/retry-after.ts';
import { type Phase, transportDetail, transportReason } from '../transport/transport-reason.ts';
import { openaiOutcome } from './openai-failure.ts';

/** Everything the SDK can throw stops here. `now` is epoch ms, for `retry-after` dates. */
export function outcomeOfOpenaiException(
  cause: unknown,
  phase: Phase,
  context: { readonly now: number; readonly secrets: readonly string[] },
): AttemptOutcome {
  // A timeout is also a connection error, so it is asked first.
  if (cause instanceof APIConnectionTimeoutError) return failed('headers-timeout', 'no response headers in time');
  if (cause instanceof APIConnectionError) return failed(transportReason(cause, phase), transportDetail(cause), context.secrets);
  if (cause instanceof APIError) {
    const place = cause.status === undefined ? 'stream' : 'status';
    return openaiOutcome(fromException(cause, context.now), place, context.secrets);
  }
  if (phase === 'streaming') return failed(transportReason(cause, phase), transportDetail(cause), context.secrets);
  return failed('internal', transportDetail(cause), context.secrets);
}

/** The error named by a JSON body with status 200, or undefined when the body names none. */
export function openaiErrorInBody(body: unknown): ProviderError | undefined {
  const error = readValue(body, 'error');
  if (typeof error === 'string') return { message: error, hasErrorBody: true };
  return typeof error === 'object' && error !== null ? providerErrorOf(error) : undefined;
}

/** From the object that holds `message`, `type` and `code`. Some servers send the code as a number. */
export function providerErrorOf(error: unknown): ProviderError {
  const type = readText(error, 'type');
  const code = readText(error, 'code');
  return {
    message: readText(error, 'message') ?? '',
    hasErrorBody: true,
    ...(type === undefined ? {} : { type }),
    ...(code === undefined ? {} : { code }),
  };
}

function fromException(cause: APIError, now: number): ProviderError {
  const message = readText(cause.error, 'message');
  const waitMs = cause.status === undefined ? undefined : retryAfterMs(cause.headers, now);
  return {
    ...providerErrorOf(cause.error),
    ...(cause.status === undefined ? {} : { status: cause.status }),
    message: message ?? cause.message,
    hasErrorBody: message !== undefined || typeof cause.error === 'string',
    ...(cause.requestID ? { requestId: cause.requestID } : {}),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  };
}

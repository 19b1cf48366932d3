import { APIConnectionError, APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import type { AttemptOutcome } from '@stepdown/kernel';
import { failed } from '../failure/outcome.ts';
import type { ProviderError } from '../failure/provider-error.ts';
import { readText, readValue } from '../json.ts';
import { retryAfterMs } from '../transport/retry-after.ts';
import { type Phase, transportDetail, transportReason } from '../transport/transport-reason.ts';
import { claudeOutcome } from './claude-failure.ts';

/** Everything the SDK can throw stops here. `now` is epoch ms, for `retry-after` dates. */
export function outcomeOfClaudeException(
  cause: unknown,
  phase: Phase,
  context: { readonly now: number; readonly secrets: readonly string[] },
): AttemptOutcome {
  // A timeout is also a connection error, so it is asked first.
  if (cause instanceof APIConnectionTimeoutError) return failed('headers-timeout', 'no response headers in time');
  if (cause instanceof APIConnectionError) return failed(transportReason(cause, phase), transportDetail(cause), context.secrets);
  if (cause instanceof APIError) {
    const place = cause.status === undefined ? 'stream' : 'status';
    return claudeOutcome(fromException(cause, context.now), place, context.secrets);
  }
  if (phase === 'streaming') return failed(transportReason(cause, phase), transportDetail(cause), context.secrets);
  return failed('internal', transportDetail(cause), context.secrets);
}

/** The error named by a JSON body with status 200, or undefined when the body names none. */
export function claudeErrorInBody(body: unknown): ProviderError | undefined {
  if (typeof readValue(body, 'error') !== 'object' || readValue(body, 'error') === null) return undefined;
  return { message: readText(body, 'error', 'message') ?? '', hasErrorBody: true, ...namesIn(body) };
}

function fromException(cause: APIError, now: number): ProviderError {
  const waitMs = cause.status === undefined ? undefined : retryAfterMs(cause.headers, now);
  const message = readText(cause.error, 'error', 'message');
  return {
    ...(cause.status === undefined ? {} : { status: cause.status }),
    message: message ?? cause.message,
    hasErrorBody: message !== undefined,
    ...namesIn(cause.error),
    ...(cause.requestID ? { requestId: cause.requestID } : {}),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  };
}

function namesIn(body: unknown): { type?: string; code?: string } {
  const type = readText(body, 'error', 'type');
  const code = readText(body, 'error', 'details', 'error_code');
  return { ...(type === undefined ? {} : { type }), ...(code === undefined ? {} : { code }) };
}

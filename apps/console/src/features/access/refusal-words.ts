import type { WireError } from '@stepdown/protocol';

/** What an agent can do about a refusal. */
export function refusalWords(error: WireError): string {
  if (error.code === 'rate_limited' && error.retryAfterMs !== undefined) {
    const minutes = Math.ceil(error.retryAfterMs / 60_000);
    return `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`;
  }
  return error.message;
}

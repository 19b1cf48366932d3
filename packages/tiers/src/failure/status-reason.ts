import type { FailureReason } from '@stepdown/kernel';
import type { ErrorPlace } from './provider-error.ts';

const BY_STATUS: Readonly<Record<number, FailureReason>> = {
  401: 'auth',
  402: 'quota',
  403: 'auth',
  404: 'model-missing',
  // Method not allowed, proxy authentication, misdirected request: no provider endpoint answers so.
  405: 'misdirected',
  407: 'misdirected',
  408: 'server-error',
  409: 'server-error',
  410: 'model-missing',
  421: 'misdirected',
  429: 'rate-limited',
  503: 'overloaded',
  504: 'overloaded',
  529: 'overloaded',
};

/**
 * What an HTTP status means when the body names nothing more exact.
 * A 404 without a provider's error body is a page of some other server: the base URL is wrong, not the model.
 */
export function statusReason(status: number, hasErrorBody: boolean): FailureReason {
  if ((status === 404 || status === 410) && !hasErrorBody) return 'misdirected';
  const known = BY_STATUS[status];
  if (known !== undefined) return known;
  if (status >= 500) return 'server-error';
  if (status >= 300 && status < 400) return 'misdirected';
  return status >= 400 ? 'rejected' : 'malformed';
}

/** An error that names nothing exact, found after the headers: it counts, and the same route is not asked again this turn. */
export function unnamedReason(place: ErrorPlace): FailureReason {
  return place === 'body' ? 'malformed' : 'stream-error';
}

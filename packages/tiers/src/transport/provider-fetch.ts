import type { Clock } from '@stepdown/kernel';
import { Agent, fetch as undiciFetch } from 'undici';
import { connectWithin } from './connect-within.ts';

export interface ProviderFetch {
  readonly fetch: typeof fetch;
  close(): Promise<void>;
}

export interface ProviderFetchOptions {
  readonly connectMs: number;
  /** Every header that is sent. What the SDK would add is dropped: it mixes in headers from the environment. */
  readonly headers: Readonly<Record<string, string>>;
  readonly clock: Clock;
}

/**
 * The only way out to a provider: own connections, a connect deadline that holds, no redirects, and no header but ours.
 * Both SDKs merge `*_CUSTOM_HEADERS` of the environment over their own, `authorization` included, so the list is rebuilt here.
 */
export function createProviderFetch(options: ProviderFetchOptions): ProviderFetch {
  const agent = new Agent({ connect: connectWithin(options.connectMs, options.clock) });
  const send = (url: string, init: RequestInit | undefined) =>
    undiciFetch(url, {
      method: init?.method ?? 'GET',
      headers: options.headers,
      redirect: 'error',
      dispatcher: agent,
      ...(typeof init?.body === 'string' ? { body: init.body } : {}),
      ...(init?.signal ? { signal: init.signal } : {}),
    });
  return { fetch: asStandardFetch(send), close: () => agent.destroy() };
}

/** undici implements the fetch standard that the global types describe; the SDKs call it with a URL text and a plain init. */
function asStandardFetch(send: (url: string, init: RequestInit | undefined) => ReturnType<typeof undiciFetch>): typeof fetch {
  return ((url: string | URL, init?: RequestInit) => send(String(url), init)) as unknown as typeof fetch;
}

/**
 * Headers of every request. `identity` because a compressing proxy may hold back small chunks of a stream.
 */
export function requestHeaders(apiKey: string, userAgent: string): Record<string, string> {
  return {
    accept: 'application/json',
    'accept-encoding': 'identity',
    'content-type': 'application/json',
    'user-agent': userAgent,
    ...(apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }),
  };
}

import type { Clock } from '@stepdown/kernel';
import OpenAI from 'openai';
import type { ConnectionOptions } from '../connection.ts';
import { createProviderFetch, requestHeaders } from '../transport/provider-fetch.ts';

export interface OpenaiClient {
  readonly sdk: OpenAI;
  close(): Promise<void>;
}

/** The SDK refuses to start without a key; where a server asks for none, the header is left out and this is never sent. */
const NO_KEY = 'none';

/**
 * An SDK client that takes nothing from the environment: each option that has a variable behind it is given,
 * and the headers are ours alone (`OPENAI_CUSTOM_HEADERS` can't be switched off in the SDK).
 */
export function createOpenaiClient(options: ConnectionOptions, clock: Clock): OpenaiClient {
  const transport = createProviderFetch({
    connectMs: options.connectMs,
    clock,
    headers: requestHeaders(options.apiKey, options.userAgent),
  });
  const sdk = new OpenAI({
    baseURL: options.baseUrl,
    apiKey: options.apiKey === '' ? NO_KEY : options.apiKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: options.headersMs,
    logLevel: 'off',
    fetch: transport.fetch,
    fetchOptions: { redirect: 'error' },
  });
  return { sdk, close: transport.close };
}

import Anthropic from '@anthropic-ai/sdk';
import type { Clock } from '@stepdown/kernel';
import type { ConnectionOptions } from '../connection.ts';
import { createProviderFetch, requestHeaders } from '../transport/provider-fetch.ts';

/** The API version that the SDK's types describe. A test compares it with what the SDK would send. */
export const ANTHROPIC_VERSION = '2026-10-21';

export interface ClaudeClient {
  readonly sdk: Anthropic;
  close(): Promise<void>;
}

/**
 * An SDK client that takes nothing from the environment: each option that has a variable behind it is given,
 * and the headers are ours alone (`ANTHROPIC_CUSTOM_HEADERS` can't be switched off in the SDK).
 */
export function createClaudeClient(options: ConnectionOptions, clock: Clock): ClaudeClient {
  const transport = createProviderFetch({
    connectMs: options.connectMs,
    clock,
    headers: { ...requestHeaders(options.apiKey, options.userAgent), 'anthropic-version': ANTHROPIC_VERSION },
  });
  const sdk = new Anthropic({
    baseURL: options.baseUrl,
    apiKey: options.apiKey,
    authToken: null,
    webhookKey: null,
    openTelemetry: false,
    maxRetries: 0,
    timeout: options.headersMs,
    logLevel: 'off',
    fetch: transport.fetch,
    fetchOptions: { redirect: 'error' },
  });
  return { sdk, close: transport.close };
}

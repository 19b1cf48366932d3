/** How to reach one model of one provider. Admin configuration only; no part of it ever comes from a request. */
export interface SourceOptions {
  /** Empty for a server that asks for none. */
  readonly apiKey: string;
  /** As the provider's SDK wants it: `https://api.anthropic.com`, `https://api.openai.com/v1`, `http://localhost:11434/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Name resolution, TCP and TLS together, milliseconds. */
  readonly connectMs: number;
  /** Request sent → response headers, milliseconds. */
  readonly headersMs: number;
  /** Limit of an answer, tokens. Thinking counts where a model thinks. */
  readonly maxOutputTokens: number;
  readonly userAgent?: string;
}

export interface ConnectionOptions {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly connectMs: number;
  readonly headersMs: number;
  readonly userAgent: string;
}

const DEFAULT_USER_AGENT = 'Stepdown/0.1';

/** The connection part, with a key that survived a trailing line break in a secret file. */
export function connectionOf(options: Omit<SourceOptions, 'model' | 'maxOutputTokens'>): ConnectionOptions {
  return {
    apiKey: options.apiKey.trim(),
    baseUrl: options.baseUrl,
    connectMs: options.connectMs,
    headersMs: options.headersMs,
    userAgent: options.userAgent ?? DEFAULT_USER_AGENT,
  };
}

/** What a provider said about a failure, taken out of an SDK exception, a stream event or a JSON body. */
export interface ProviderError {
  /** Absent when the error came inside a stream or in a body with status 200. */
  readonly status?: number;
  /** `error.type`. */
  readonly type?: string;
  /** `error.code`, or Anthropic's `error.details.error_code`. */
  readonly code?: string;
  readonly message: string;
  /** False for a bare page or an empty body: then something in between answered, not the provider. */
  readonly hasErrorBody: boolean;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
}

/** Where the error was found. Decides what an unnamed error means. */
export type ErrorPlace = 'status' | 'stream' | 'body';

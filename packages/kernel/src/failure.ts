/**
 * Why an attempt gave no usable answer. Tiers name the reason (one pure function per provider);
 * what it means for the turn and the route is decided by the outcome table in packages/ladder.
 */
export const FAILURE_REASONS = [
  // ours or the visitor's: never counted
  'aborted', // the visitor left, a person claimed the conversation, or a hedge lost
  'internal', // our own bug
  'rejected', // 400, 413, 422: the provider refuses this request
  'context-too-long',
  // the credential or the model
  'auth', // 401, 403
  'quota', // 402, spend cap, empty balance; may arrive as 429 or 400
  'model-missing', // 404: unknown or retired model
  'rate-limited', // 429
  // the route, before headers
  'unreachable', // connect, DNS, TLS, reset before headers
  'server-error', // 408, 409, 500, 502 and other 5xx
  'overloaded', // 503, 504, 529
  'misdirected', // a redirect: a proxy or base URL is wrong
  // the route, after headers
  'connect-timeout',
  'headers-timeout',
  'first-text-timeout',
  'stalled', // no visible text for longer than the gap
  'trickle', // text slower than a reader, twice
  'answer-timeout', // the whole answer took too long
  'cut', // stream ended or was reset without a terminal event
  'malformed', // a chunk that is not what the wire format says, or HTML with status 200
  'empty', // a terminal event without any text
  'stream-error', // an error event inside the stream
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

export interface TierFailure {
  readonly reason: FailureReason;
  /** For operators and logs; never shown to a visitor. Free of keys. */
  readonly detail: string;
  readonly statusCode?: number;
  /** The provider's own `error.type` or `error.code`. */
  readonly providerCode?: string;
  /** What the provider asked us to wait, in milliseconds, uncapped. */
  readonly retryAfterMs?: number;
  readonly requestId?: string;
}

/** How an attempt ended. Only `complete` is an answer; everything else is a decision for the ladder. */
export type AttemptOutcome =
  | { readonly kind: 'complete' }
  /** The model stopped at its output limit; the text so far is usable. */
  | { readonly kind: 'output-limit' }
  /** The model or its filter declined. Never shopped to a laxer model. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly failure: TierFailure };

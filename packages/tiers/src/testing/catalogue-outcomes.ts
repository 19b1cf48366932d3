/** `complete`, `refused`, `output-limit`, or a failure reason; by dialect where providers differ. */
type Expected = string | { readonly [dialect: string]: string };

/**
 * What each wire script of the fault catalogue must end as. Where the catalogue proposes another action than the
 * ladder's outcome table, the table wins. `aborted`: the script hangs or drips, and the caller's deadline ends it.
 */
const CATALOGUE_OUTCOMES: Readonly<Record<string, Expected>> = {
  'connect-refused': 'unreachable',
  'connect-reset': 'unreachable',
  'dns-nxdomain': 'unreachable',
  'tls-untrusted': 'unreachable',
  'tls-handshake-stall': 'connect-timeout',
  'connect-blackhole': 'connect-timeout',
  'connect-flap': 'unreachable',
  'headers-never': 'headers-timeout',
  'close-before-headers': 'unreachable',
  'headers-slow-12s': 'headers-timeout',
  'http-500': 'server-error',
  'http-502-html': 'server-error',
  'http-503-retry-after': 'overloaded',
  'http-504-timeout': 'overloaded',
  'http-529-overloaded': 'overloaded',
  'http-429-rate': 'rate-limited',
  'http-429-quota': 'quota',
  'http-429-spend-cap': 'quota',
  'http-429-retry-after-1h': 'rate-limited',
  'http-400-workspace-spend-limit': 'quota',
  'http-402-billing': 'quota',
  'http-401': 'auth',
  'http-403': 'auth',
  'http-404-model': 'model-missing',
  'http-400-context': 'context-too-long',
  'http-400-unsupported-param': 'rejected',
  'http-413': 'rejected',
  'http-408': 'server-error',
  'http-409': 'server-error',
  'redirect-307-cross-origin': 'misdirected',
  'html-200': 'malformed',
  'json-error-200': 'malformed',
  'empty-200': 'cut',
  'gzip-broken': 'malformed',
  'truncated-content-length': 'cut',
  'status-204': 'empty',
  'stall-after-headers': 'aborted',
  'stall-mid-text': 'aborted',
  'stall-pings-only': 'aborted',
  'eof-mid-text': 'cut',
  'reset-mid-text': 'cut',
  'sse-error-overloaded-mid': { anthropic: 'overloaded', 'openai-responses': 'stream-error', 'openai-chat': 'stream-error' },
  'sse-error-before-text': 'stream-error',
  'malformed-json-chunk': 'malformed',
  'unknown-event': 'complete',
  'utf8-split-and-crlf': 'complete',
  'drip-slow': 'aborted',
  'responses-failed': 'stream-error',
  'responses-failed-rate-limit': 'rate-limited',
  'responses-incomplete-filter': 'refused',
  'chat-no-done': 'complete',
  'done-only': 'cut',
  refusal: 'refused',
  'empty-answer': 'empty',
  'max-tokens': 'output-limit',
  'context-window-stop': 'context-too-long',
  'model-substituted': 'complete',
  'continuation-prefill-rejected': 'rejected',
  'stale-keepalive-socket': 'unreachable',
};

/** undefined for an entry this version does not know: the test that asks must fail then. */
export function expectedOutcome(entryId: string, dialect: string): string | undefined {
  const expected = CATALOGUE_OUTCOMES[entryId];
  return typeof expected === 'object' ? expected[dialect] : expected;
}

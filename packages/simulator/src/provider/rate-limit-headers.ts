import type { WireFamily } from '../wire/problem.ts';

const REQUESTS_PER_MINUTE = 1000;
const TOKENS_PER_MINUTE = 400_000;
const MINUTE_MS = 60_000;

/** Counts requests and tokens in the current minute and tells what is left, in a provider's header names. */
export interface RateMeter {
  add(tokens: number, nowMs: number): void;
  headers(family: WireFamily, nowMs: number): { readonly [name: string]: string };
}

export function createRateMeter(): RateMeter {
  let minute = -1;
  let requests = 0;
  let tokens = 0;
  const turnTo = (nowMs: number) => {
    const current = Math.floor(nowMs / MINUTE_MS);
    if (current === minute) return;
    minute = current;
    requests = 0;
    tokens = 0;
  };
  return {
    add: (count, nowMs) => {
      turnTo(nowMs);
      requests += 1;
      tokens += count;
    },
    headers: (family, nowMs) => {
      turnTo(nowMs);
      const left = { requests: Math.max(0, REQUESTS_PER_MINUTE - requests), tokens: Math.max(0, TOKENS_PER_MINUTE - tokens) };
      return family === 'anthropic' ? anthropicHeaders(left, (minute + 1) * MINUTE_MS) : openaiHeaders(left, nowMs);
    },
  };
}

interface Left {
  readonly requests: number;
  readonly tokens: number;
}

function anthropicHeaders(left: Left, resetAtMs: number): { readonly [name: string]: string } {
  const reset = new Date(resetAtMs).toISOString().replace('.000', '');
  return {
    'anthropic-ratelimit-requests-limit': String(REQUESTS_PER_MINUTE),
    'anthropic-ratelimit-requests-remaining': String(left.requests),
    'anthropic-ratelimit-requests-reset': reset,
    'anthropic-ratelimit-input-tokens-limit': String(TOKENS_PER_MINUTE),
    'anthropic-ratelimit-input-tokens-remaining': String(left.tokens),
    'anthropic-ratelimit-input-tokens-reset': reset,
  };
}

function openaiHeaders(left: Left, nowMs: number): { readonly [name: string]: string } {
  const seconds = Math.ceil((MINUTE_MS - (nowMs % MINUTE_MS)) / 1000);
  return {
    'x-ratelimit-limit-requests': String(REQUESTS_PER_MINUTE),
    'x-ratelimit-remaining-requests': String(left.requests),
    'x-ratelimit-reset-requests': `${seconds}s`,
    'x-ratelimit-limit-tokens': String(TOKENS_PER_MINUTE),
    'x-ratelimit-remaining-tokens': String(left.tokens),
    'x-ratelimit-reset-tokens': `${seconds}s`,
  };
}

import type { FailureReason, TierFailure, TierId } from '@stepdown/kernel';
import type { RouteDescriptor } from './types.ts';

const TIER_NAMES: Readonly<Record<TierId, string>> = {
  claude: 'Claude',
  gpt: 'GPT',
  'open-model': 'Open model',
  faq: 'FAQ',
  handoff: 'A person',
};

/** Name of a tier in a sentence for an operator. */
export function tierName(tier: TierId): string {
  return TIER_NAMES[tier];
}

const REASON_WORDS: Readonly<Record<FailureReason, string>> = {
  aborted: 'cancelled',
  internal: 'an error of our own',
  rejected: 'the request was rejected',
  'context-too-long': 'the conversation is too long for the model',
  auth: 'the key was refused',
  quota: 'the quota or spend limit is reached',
  'model-missing': 'the model is unknown or retired',
  'rate-limited': 'rate limit',
  unreachable: 'no connection',
  'server-error': 'server error',
  overloaded: 'overloaded',
  misdirected: 'redirected elsewhere; the base URL or a proxy is wrong',
  'connect-timeout': 'no connection in time',
  'headers-timeout': 'no response in time',
  'first-text-timeout': 'no first text in time',
  stalled: 'the answer stalled',
  trickle: 'the answer came slower than a reader reads',
  'answer-timeout': 'the answer took too long',
  cut: 'the answer was cut off',
  malformed: 'a malformed answer',
  empty: 'an empty answer',
  'stream-error': 'an error inside the answer',
};

/** `overloaded (529)`: what went wrong, with the HTTP status where there was one. */
export function failureWords(failure: TierFailure): string {
  const words = REASON_WORDS[failure.reason];
  return failure.statusCode === undefined ? words : `${words} (${failure.statusCode})`;
}

/** `Claude (claude-opus-5-5)`: a route in a sentence for an operator. */
export function routeName(route: RouteDescriptor): string {
  return `${tierName(route.tier)} (${route.model})`;
}

/** `claude:claude-opus-5-5 overloaded`: the signal that fired, for logs and the change event. */
export function signalName(route: RouteDescriptor, failure: TierFailure | undefined): string {
  return failure === undefined ? route.id : `${route.id} ${failure.reason}`;
}

/** `1 time`, `3 times`. */
export function times(count: number): string {
  return count === 1 ? '1 time' : `${count} times`;
}

/** Milliseconds as an operator reads them: `8 s`, `5 min`, `24 h`. */
export function durationWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}

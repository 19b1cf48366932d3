import type { ProviderId } from '../providers.ts';
import { anthropic } from '../wire/anthropic.ts';
import { chat } from '../wire/chat.ts';
import type { Dialect } from '../wire/dialect.ts';
import { responses } from '../wire/responses.ts';

export interface AnswerRoute {
  readonly kind: 'answer';
  readonly dialect: Dialect;
  /** Only counts the tokens of the request. */
  readonly isCount: boolean;
}

export type Route =
  | AnswerRoute
  | { readonly kind: 'model'; readonly id: string }
  | { readonly kind: 'models' }
  | { readonly kind: 'unknown' };

const ANSWERS: { readonly [provider in ProviderId]: ReadonlyMap<string, AnswerRoute> } = {
  claude: new Map([
    ['/v1/messages', { kind: 'answer', dialect: anthropic, isCount: false }],
    ['/v1/messages/count_tokens', { kind: 'answer', dialect: anthropic, isCount: true }],
  ]),
  gpt: new Map([
    ['/v1/responses', { kind: 'answer', dialect: responses, isCount: false }],
    ['/v1/chat/completions', { kind: 'answer', dialect: chat, isCount: false }],
  ]),
  'open-model': new Map([['/v1/chat/completions', { kind: 'answer', dialect: chat, isCount: false }]]),
};

/** Names what a request line asks of a provider. The query string says nothing here. */
export function routeOf(provider: ProviderId, method: string, url: string): Route {
  const path = url.split('?')[0] ?? '';
  if (method === 'POST') return ANSWERS[provider].get(path) ?? { kind: 'unknown' };
  if (method !== 'GET') return { kind: 'unknown' };
  if (path === '/v1/models') return { kind: 'models' };
  const [, id] = /^\/v1\/models\/(.+)$/.exec(path) ?? [];
  return id === undefined ? { kind: 'unknown' } : { kind: 'model', id: decoded(id) };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

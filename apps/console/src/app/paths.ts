import type { InboxView } from '@stepdown/protocol';

/** Where the server serves the console. */
export const BASE = '/console';

/** Addresses inside of the console, without the base. */
export const paths = {
  inbox: (view: InboxView = 'queue') => `/inbox/${view}`,
  conversation: (view: InboxView, conversationId: string) => `/inbox/${view}/${encodeURIComponent(conversationId)}`,
  ladder: '/ladder',
  faq: '/faq',
  team: '/team',
  reports: '/reports',
  settings: '/settings',
} as const;

/** Token of a set-up or invitation link, `#/set-up/TOKEN`: in the fragment, so that it is in no log (checklist D07). */
export function setUpToken(hash: string): string | null {
  return /^#\/set-up\/([\w-]{10,200})$/.exec(hash)?.[1] ?? null;
}

import { withoutInvisible } from '@stepdown/client/markdown';
import type { InboxConversation } from '@stepdown/protocol';

/** What to call a customer: name, else address, else a number that stays the same. */
export function visitorName({ identity, visitorId }: Pick<InboxConversation, 'identity' | 'visitorId'>): string {
  const named = withoutInvisible(identity.name ?? identity.email ?? '').trim();
  return named === '' ? `Visitor ${visitorId.slice(-4).toUpperCase()}` : named;
}

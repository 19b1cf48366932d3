import { withoutInvisible } from '@stepdown/client/markdown';
import type { InboxConversation } from '@stepdown/protocol';

/** What to call a customer: name, else address, else a number that stays the same. */
export function visitorName({ identity, visitorId }: Pick<InboxConversation, 'identity' | 'visitorId'>): string {
  const named = withoutInvisible(identity.name ?? identity.email ?? '').trim();
  return named === '' ? `Visitor ${visitorNumber(visitorId)}` : named;
}

/** Four digits made of the id: letters would spell words now and then. */
function visitorNumber(visitorId: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < visitorId.length; index += 1) hash = Math.imul(hash ^ visitorId.charCodeAt(index), 0x01000193) >>> 0;
  return String(hash % 10_000).padStart(4, '0');
}

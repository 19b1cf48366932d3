import type { Conversation } from '@stepdown/conversation';
import type { TierId } from '@stepdown/kernel';
import type { InboxConversation } from '@stepdown/protocol';
import type { Store } from '@stepdown/store';
import { wireConversation } from './wire.ts';

export interface InboxViewPorts {
  readonly store: Pick<Store, 'conversations' | 'agents' | 'visitors'>;
  readonly globalTier: () => TierId;
}

const PREVIEW_CHARACTERS = 140;

/** A conversation as the inbox lists it. */
export async function inboxConversation(ports: InboxViewPorts, conversation: Conversation): Promise<InboxConversation> {
  const [last, agent, visitor, position] = await Promise.all([
    ports.store.conversations.lastMessages(conversation.id, 5),
    conversation.agentId === undefined ? undefined : ports.store.agents.byId(conversation.agentId),
    ports.store.visitors.get(conversation.visitorId),
    ports.store.conversations.queuePosition(conversation.id),
  ]);
  const spoken = last.findLast((message) => message.author !== 'system' && message.text !== '');
  return {
    ...wireConversation(conversation, { position, agentName: agent?.name }),
    visitorId: conversation.visitorId,
    locale: conversation.locale,
    tier: conversation.state === 'open' ? 'handoff' : (conversation.stickyTier ?? ports.globalTier()),
    agentId: conversation.agentId ?? null,
    agentName: agent?.name ?? null,
    waitingSince: conversation.waitingSince ?? null,
    preview: (spoken?.text ?? '').slice(0, PREVIEW_CHARACTERS),
    updatedAt: conversation.updatedAt,
    pageUrl: conversation.pageUrl ?? null,
    pageTitle: conversation.pageTitle ?? null,
    identity: {
      name: visitor?.name ?? null,
      email: visitor?.email ?? conversation.email ?? null,
      isVerified: visitor?.isVerified ?? false,
    },
  };
}

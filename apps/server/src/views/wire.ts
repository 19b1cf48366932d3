import type { Conversation, Message } from '@stepdown/conversation';
import type { Conversation as WireConversation, Message as WireMessage } from '@stepdown/protocol';

/** A stored message as it goes over the wire; what is not known is left out rather than null. */
export function wireMessage(message: Message): WireMessage {
  return {
    id: message.id,
    conversationId: message.conversationId,
    seq: message.seq,
    rev: message.rev,
    author: message.author,
    text: message.text,
    status: message.status,
    createdAt: message.createdAt,
    ...(message.authorName === undefined ? {} : { authorName: message.authorName }),
    ...(message.tier === undefined ? {} : { tier: message.tier }),
    ...(message.model === undefined ? {} : { model: message.model }),
    ...(message.sources.length === 0 ? {} : { sources: [...message.sources] }),
    ...(message.choices.length === 0 ? {} : { choices: [...message.choices] }),
    ...(message.notice === undefined ? {} : { notice: message.notice }),
    ...(message.checkedAt === undefined ? {} : { checkedAt: message.checkedAt }),
    ...(message.savedAt === undefined ? {} : { savedAt: message.savedAt }),
    ...(message.deferral === undefined || message.deferral === 'ended' ? {} : { deferral: message.deferral }),
    ...(message.rating === undefined ? {} : { rating: message.rating }),
    ...(message.clientMessageId === undefined ? {} : { clientMessageId: message.clientMessageId }),
  };
}

export interface ConversationExtras {
  readonly position?: number | undefined;
  readonly agentName?: string | undefined;
}

export function wireConversation(conversation: Conversation, extras: ConversationExtras = {}): WireConversation {
  return {
    id: conversation.id,
    state: conversation.state,
    lastSeq: conversation.lastSeq,
    createdAt: conversation.createdAt,
    handoff: {
      state: conversation.handoff,
      ...(extras.position === undefined ? {} : { position: extras.position }),
      ...(extras.agentName === undefined ? {} : { agent: extras.agentName }),
      ...(conversation.email === undefined ? {} : { email: conversation.email }),
    },
  };
}

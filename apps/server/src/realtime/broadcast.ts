import type { Conversation, ConversationEvent, PublishConversationEvent } from '@stepdown/conversation';
import type { Clock, Log } from '@stepdown/kernel';
import type { Waiting } from '@stepdown/protocol';
import type { Store } from '@stepdown/store';
import type { Namespace } from 'socket.io';
import { type InboxViewPorts, inboxConversation } from '../views/inbox-view.ts';
import { wireNote } from '../views/note-view.ts';
import { wireMessage } from '../views/wire.ts';
import { conversationRoom, visitorRoom } from './rooms.ts';

export interface BroadcastPorts {
  readonly visitors: Namespace;
  readonly agents: Namespace;
  readonly inbox: InboxViewPorts & { readonly store: Pick<Store, 'agents'> };
  /** What can be said to a visitor who waits. */
  readonly waitingOf: (conversationId: string) => Promise<Waiting>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Rows of the inbox are read from the store; a burst of changes of one conversation is one reading. */
const INBOX_DELAY_MS = 60;

/** Turns conversation events into wire events, in the order they come. */
export function createBroadcast(ports: BroadcastPorts): PublishConversationEvent {
  const announceToInbox = createInboxAnnouncer(ports);
  const announceHandoff = createHandoffAnnouncer(ports);

  function toBoth(conversationId: string, event: string, payload: object): void {
    ports.visitors.to(conversationRoom(conversationId)).emit(event, payload);
    ports.agents.to(conversationRoom(conversationId)).emit(event, payload);
  }

  return (event: ConversationEvent) => {
    switch (event.type) {
      case 'message.delta': {
        const { conversationId, messageId, rev, offset, text } = event;
        toBoth(conversationId, 'message:delta', { messageId, rev, offset, text });
        break;
      }
      case 'message.created':
      case 'message.completed':
      case 'message.updated':
        toBoth(event.message.conversationId, event.type.replace('.', ':'), { message: wireMessage(event.message) });
        break;
      case 'conversation.changed': {
        const { conversation } = event;
        // Every tab of the visitor follows the conversation from its first moment; nobody else can (D02).
        ports.visitors.in(visitorRoom(conversation.visitorId)).socketsJoin(conversationRoom(conversation.id));
        announceHandoff(conversation);
        announceToInbox(conversation.id);
        break;
      }
      case 'note.added':
        ports.agents.to(conversationRoom(event.note.conversationId)).emit('note:added', { note: wireNote(event.note) });
        announceToInbox(event.note.conversationId);
        break;
    }
  };
}

function createInboxAnnouncer(ports: BroadcastPorts): (conversationId: string) => void {
  const due = new Set<string>();
  async function announce(conversationId: string): Promise<void> {
    const conversation = await ports.inbox.store.conversations.get(conversationId);
    if (conversation === undefined) return;
    ports.agents.to('agents').emit('conversation:changed', { conversation: await inboxConversation(ports.inbox, conversation) });
  }
  return (conversationId) => {
    if (due.has(conversationId)) return;
    due.add(conversationId);
    ports.clock.setTimeout(() => {
      due.delete(conversationId);
      announce(conversationId).catch((cause: unknown) =>
        ports.log.warn({ cause, conversationId }, 'The inbox could not be told of a change.'),
      );
    }, INBOX_DELAY_MS);
  };
}

/** Most changes leave the handoff as it was; visitors hear of it only when it moves. */
function createHandoffAnnouncer(ports: BroadcastPorts): (conversation: Conversation) => void {
  const lastSaid = new Map<string, string>();
  return (conversation) => {
    const state = `${conversation.handoff} ${conversation.agentId ?? ''}`;
    const isQuiet = conversation.handoff === 'none' || conversation.handoff === 'closed';
    if (state === (lastSaid.get(conversation.id) ?? 'none ')) return;
    if (isQuiet) lastSaid.delete(conversation.id);
    else lastSaid.set(conversation.id, state);
    void describe(ports, conversation)
      .then((payload) => ports.visitors.to(conversationRoom(conversation.id)).emit('handoff:changed', payload))
      .catch((cause: unknown) => ports.log.warn({ cause, conversationId: conversation.id }, 'A visitor could not be told of the handoff.'));
  };
}

async function describe(ports: BroadcastPorts, conversation: Conversation): Promise<object> {
  const isQueued = conversation.handoff === 'queued';
  const position = isQueued ? await ports.inbox.store.conversations.queuePosition(conversation.id) : undefined;
  const agent = conversation.agentId === undefined ? undefined : await ports.inbox.store.agents.byId(conversation.agentId);
  return {
    conversationId: conversation.id,
    state: conversation.handoff,
    ...(position === undefined ? {} : { position }),
    ...(isQueued ? await ports.waitingOf(conversation.id) : {}),
    ...(agent === undefined ? {} : { agent: agent.name }),
  };
}

import type { Conversation, Message, Notice, SessionReady, Tier, Waiting, WireError } from '@stepdown/protocol';
import { type ConversationState, isContinuing } from './conversation-store.ts';
import type { OutboxEntry } from './outbox.ts';

/**
 * `idle`: not opened yet. `connecting`: first attempt. `online`: session ready. `reconnecting`: lost a moment ago.
 * `offline`: gone long enough to tell the visitor.
 */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'offline';

/** `waiting` and `sending` are kept on this device; `failed` needs the visitor. */
export type Delivery = 'sent' | 'waiting' | 'sending' | 'failed';

/** A message as it is shown: one of the conversation, or one still in the outbox. */
export interface MessageView extends Message {
  /** The same before and after the server has the message. */
  readonly key: string;
  readonly delivery: Delivery;
  readonly failure?: WireError;
  /** Broke off; another tier is about to replace the text. */
  readonly isContinuing: boolean;
}

export type HandoffView = Conversation['handoff'] &
  Partial<Waiting> & {
    /** Asked for, and not acknowledged yet. */
    readonly isRequested: boolean;
    readonly failure?: WireError;
  };

/** What the session itself says, beside the conversation. */
export interface SessionView {
  readonly connection: ConnectionState;
  readonly tier: Tier | null;
  readonly notice: Notice | null;
  readonly config: SessionReady['config'] | null;
  /** Name of the person who is writing. */
  readonly typingAgent: string | null;
}

export interface VisitorSnapshot extends SessionView {
  readonly conversation: Conversation | null;
  readonly messages: readonly MessageView[];
  readonly handoff: HandoffView;
  /** Answers that came since the visitor last looked. */
  readonly unreadCount: number;
}

export const nothingShown: SessionView = {
  connection: 'idle',
  tier: null,
  notice: null,
  config: null,
  typingAgent: null,
};

const views = new WeakMap<Message, { readonly continuing: boolean; readonly view: MessageView }>();

/** Views of unchanged messages are the same objects, so that a delta renders one row and not all. */
export function viewMessages(state: ConversationState, entries: readonly OutboxEntry[], sendingId: string | null): readonly MessageView[] {
  const sent = state.messages.map((message) => viewMessage(message, isContinuing(state, message)));
  const arrived = new Set(state.messages.map((message) => message.clientMessageId));
  const pending = entries.filter((entry) => !arrived.has(entry.clientMessageId));
  return [...sent, ...pending.map((entry) => viewEntry(entry, entry.clientMessageId === sendingId))];
}

function viewMessage(message: Message, continuing: boolean): MessageView {
  const known = views.get(message);
  if (known?.continuing === continuing) return known.view;
  const view: MessageView = { ...message, key: message.clientMessageId ?? message.id, delivery: 'sent', isContinuing: continuing };
  views.set(message, { continuing, view });
  return view;
}

function viewEntry(entry: OutboxEntry, isSending: boolean): MessageView {
  return {
    id: entry.clientMessageId,
    key: entry.clientMessageId,
    clientMessageId: entry.clientMessageId,
    conversationId: '',
    seq: Number.MAX_SAFE_INTEGER,
    rev: 0,
    author: 'visitor',
    text: entry.text,
    status: 'complete',
    createdAt: entry.createdAt,
    isContinuing: false,
    delivery: entry.failure ? 'failed' : isSending ? 'sending' : 'waiting',
    ...(entry.failure && { failure: entry.failure }),
  };
}

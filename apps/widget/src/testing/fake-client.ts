import type { MessageView, VisitorClient, VisitorSnapshot } from '@stepdown/client';
import { vi } from 'vitest';

const idle: VisitorSnapshot = {
  connection: 'online',
  tier: 'claude',
  notice: 'ai',
  conversation: null,
  messages: [],
  handoff: { state: 'none', isRequested: false },
  config: {
    protocolVersion: 1,
    siteName: 'Birchkettle',
    fallbackEmail: 'help@shop.example',
    locale: 'en',
    isSimulated: false,
    conversationId: null,
  },
  unreadCount: 0,
  typingAgent: null,
};

let lastSeq = 0;

/** A message as the client shows it: an answer of the assistant unless told otherwise. */
export function messageView(fields: Partial<MessageView> = {}): MessageView {
  lastSeq += 1;
  const id = fields.id ?? `msg_${lastSeq}`;
  return {
    id,
    key: id,
    conversationId: 'con_1',
    seq: lastSeq,
    rev: 0,
    author: 'assistant',
    tier: 'claude',
    text: '',
    status: 'complete',
    createdAt: 1_700_000_000_000 + lastSeq,
    delivery: 'sent',
    isContinuing: false,
    ...fields,
  };
}

export function snapshotOf(fields: Partial<VisitorSnapshot> = {}): VisitorSnapshot {
  return { ...idle, ...fields };
}

/** A client that records what it is asked for. */
export function createFakeClient() {
  let draft = '';
  return {
    subscribe: vi.fn(() => () => {}),
    getSnapshot: vi.fn(() => idle),
    open: vi.fn(),
    close: vi.fn(),
    send: vi.fn(),
    retry: vi.fn(),
    discard: vi.fn(),
    requestHandoff: vi.fn(),
    rate: vi.fn(async () => null),
    rateConversation: vi.fn(async () => null),
    stop: vi.fn(),
    defer: vi.fn(async () => null),
    withdraw: vi.fn(async () => null),
    typing: vi.fn(),
    markRead: vi.fn(),
    getDraft: () => draft,
    saveDraft: (text: string) => {
      draft = text;
    },
    setLocale: vi.fn(),
    identify: vi.fn(),
    reset: vi.fn(),
    networkChanged: vi.fn(),
    destroy: vi.fn(),
  } satisfies VisitorClient;
}

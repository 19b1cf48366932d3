import type { Ack, AgentAcks, WireError } from '@stepdown/protocol';
import type { OutgoingReply } from './agent-snapshot.ts';
import { createOutbox, type Outbox, type OutboxEntry } from './outbox.ts';
import { type ClientClock, type Locks, type Random, type StoragePort, scopedStorage, type TabChannel } from './ports.ts';

export interface AgentRepliesPorts {
  /** A drawer of one agent: another agent on this device never sends what this one typed. */
  readonly storage: StoragePort;
  readonly channel: TabChannel;
  readonly locks: Locks;
  readonly clock: ClientClock;
  readonly random: Random;
  readonly send: (reply: { conversationId: string; clientMessageId: string; text: string }) => Promise<Ack<AgentAcks['message:send']>>;
  readonly onChange: () => void;
}

/** Replies on their way, one outbox for each conversation, so that one refused reply holds up no other customer. */
export interface AgentReplies {
  add(conversationId: string, text: string): void;
  list(conversationId: string): readonly OutgoingReply[];
  acknowledge(conversationId: string, clientMessageId: string): void;
  retry(conversationId: string, clientMessageId: string): void;
  discard(conversationId: string, clientMessageId: string): void;
  setOnline(isOnline: boolean): void;
  stop(): void;
}

const PREFIX = 'reply:';

/** Finds what an earlier page of the same agent could not send, too. */
export function createAgentReplies(ports: AgentRepliesPorts): AgentReplies {
  const outboxes = new Map<string, Outbox>();
  let isOnline = false;
  const outboxOf = (conversationId: string): Outbox => {
    const known = outboxes.get(conversationId);
    if (known) return known;
    const outbox = createOutbox({
      ...ports,
      storage: scopedStorage(ports.storage, `${PREFIX}${conversationId}:`),
      lockName: `stepdown:${PREFIX}${conversationId}`,
      send: async ({ clientMessageId, text }) => answered(conversationId, await ports.send({ conversationId, clientMessageId, text })),
    });
    outboxes.set(conversationId, outbox);
    outbox.setOnline(isOnline);
    return outbox;
  };
  for (const key of ports.storage.keys(PREFIX)) outboxOf(key.slice(PREFIX.length).split(':')[0] ?? '');
  return {
    add: (conversationId, text) => void outboxOf(conversationId).add({ text }),
    list: (conversationId) => {
      const outbox = outboxes.get(conversationId);
      return outbox ? outbox.list().map((entry) => outgoing(entry, outbox.sendingId())) : [];
    },
    acknowledge: (conversationId, clientMessageId) => outboxes.get(conversationId)?.acknowledge(clientMessageId),
    retry: (conversationId, clientMessageId) => outboxOf(conversationId).retry(clientMessageId),
    discard: (conversationId, clientMessageId) => outboxOf(conversationId).discard(clientMessageId),
    setOnline: (next) => {
      isOnline = next;
      for (const outbox of outboxes.values()) outbox.setOnline(next);
    },
    stop: () => {
      for (const outbox of outboxes.values()) outbox.stop();
      outboxes.clear();
    },
  };
}

/** For a visitor a conflict passes; for an agent it means that somebody else has the conversation, which waiting does not change. */
function answered(
  conversationId: string,
  answer: Ack<AgentAcks['message:send']>,
): Ack<{ conversationId: string; messageId: string; seq: number }> {
  if (answer.ok) return { ...answer, conversationId };
  return { ok: false, error: answer.error.code === 'conflict' ? notYours(answer.error) : answer.error };
}

function notYours(error: WireError): WireError {
  return { ...error, code: 'forbidden', message: 'You no longer have this conversation. Take it over to send this.' };
}

function outgoing({ clientMessageId, text, createdAt, failure }: OutboxEntry, sendingId: string | null): OutgoingReply {
  const delivery = failure ? 'failed' : clientMessageId === sendingId ? 'sending' : 'waiting';
  return { clientMessageId, text, createdAt, delivery, ...(failure && { failure }) };
}

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
  readonly send: (reply: {
    conversationId: string;
    clientMessageId: string;
    text: string;
    seenSeq?: number;
  }) => Promise<Ack<AgentAcks['message:send']>>;
  readonly onChange: () => void;
}

/** Replies on their way, one outbox for each conversation, so that one refused reply holds up no other customer. */
export interface AgentReplies {
  /** `seenSeq`: the last message the agent had on the screen when writing. */
  add(conversationId: string, text: string, seenSeq: number | undefined): void;
  list(conversationId: string): readonly OutgoingReply[];
  acknowledge(conversationId: string, clientMessageId: string): void;
  /** Sent again by somebody who has now seen `seenSeq`. */
  retry(conversationId: string, clientMessageId: string, seenSeq: number | undefined): void;
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
      send: async ({ clientMessageId, text, seenSeq }) =>
        answered(conversationId, await ports.send({ conversationId, clientMessageId, text, ...seen(seenSeq) })),
    });
    outboxes.set(conversationId, outbox);
    outbox.setOnline(isOnline);
    return outbox;
  };
  for (const key of ports.storage.keys(PREFIX)) outboxOf(key.slice(PREFIX.length).split(':')[0] ?? '');
  return {
    add: (conversationId, text, seenSeq) => void outboxOf(conversationId).add({ text, ...seen(seenSeq) }),
    list: (conversationId) => {
      const outbox = outboxes.get(conversationId);
      return outbox ? outbox.list().map((entry) => outgoing(entry, outbox.sendingId())) : [];
    },
    acknowledge: (conversationId, clientMessageId) => outboxes.get(conversationId)?.acknowledge(clientMessageId),
    retry: (conversationId, clientMessageId, seenSeq) => outboxOf(conversationId).retry(clientMessageId, seen(seenSeq)),
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

/** For a visitor a conflict passes; for an agent it means that a colleague has the conversation or was faster: a person decides. */
function answered(
  conversationId: string,
  answer: Ack<AgentAcks['message:send']>,
): Ack<{ conversationId: string; messageId: string; seq: number }> {
  if (answer.ok) return { ...answer, conversationId };
  return { ok: false, error: answer.error.code === 'conflict' ? final(answer.error) : answer.error };
}

/** The server's words name the colleague who has it, or who replied first. */
function final(error: WireError): WireError {
  return { ...error, code: 'forbidden' };
}

function seen(seenSeq: number | undefined): { readonly seenSeq?: number } {
  return seenSeq === undefined ? {} : { seenSeq };
}

function outgoing({ clientMessageId, text, createdAt, failure }: OutboxEntry, sendingId: string | null): OutgoingReply {
  const delivery = failure ? 'failed' : clientMessageId === sendingId ? 'sending' : 'waiting';
  return { clientMessageId, text, createdAt, delivery, ...(failure && { failure }) };
}

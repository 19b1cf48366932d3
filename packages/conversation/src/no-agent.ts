import { type ConversationPorts, systemMessage } from './commands.ts';
import type { QueueStore, WaitingConversation } from './inbox-ports.ts';
import type { JobQueue } from './job-ports.ts';

export const TICKET = 'ticket';
const LOOKED_AT = 500;

export interface TicketPayload {
  readonly conversationId: string;
  readonly waitingSince: number;
}

/** Payloads of this kind are written by the watch below only, from this type. */
export function readTicket(payload: string): TicketPayload {
  return JSON.parse(payload) as TicketPayload;
}

export type NoAgentPorts = Pick<ConversationPorts, 'conversations' | 'publish' | 'clock' | 'newId'> & {
  readonly queue: QueueStore;
  readonly jobs: JobQueue;
  /** Waiting longer than this without an answer is told honestly. */
  readonly noAgentAfterMs: number;
  /** Whether tickets go anywhere: a mailbox or a webhook is configured. */
  readonly hasTickets: boolean;
};

/**
 * Looks for visitors whom nobody has answered in time. Each is told so once, asked for an address, and becomes a
 * ticket; a second ticket follows when the address comes later. What was done is in the store under ids that exist
 * once, so that several processes, or one after a restart, do it once; `done` only spares the asking.
 */
export function createNoAgentWatch(ports: NoAgentPorts): { sweep(): Promise<number> } {
  let done = new Set<string>();
  return {
    async sweep() {
      const overdueSince = ports.clock.now() - ports.noAgentAfterMs;
      const waiting = await ports.queue.waiting(LOOKED_AT);
      const overdue = waiting.filter(({ waitingSince }) => waitingSince <= overdueSince);
      const fresh = overdue.filter((each) => !done.has(keyOf(each)));
      let told = 0;
      for (const each of fresh) if (await tell(ports, each)) told += 1;
      done = new Set(overdue.map(keyOf));
      return told;
    },
  };
}

function keyOf({ id, waitingSince, hasEmail }: WaitingConversation): string {
  return `${id}:${waitingSince}${hasEmail ? ':reachable' : ''}`;
}

/** True when the visitor was told just now. The ticket comes first: it is what must not be lost. */
async function tell(ports: NoAgentPorts, waiting: WaitingConversation): Promise<boolean> {
  const now = ports.clock.now();
  const { id: conversationId, waitingSince } = waiting;
  if (ports.hasTickets) {
    const payload: TicketPayload = { conversationId, waitingSince };
    await ports.jobs.enqueue({
      id: ports.newId('job'),
      kind: TICKET,
      dedupeKey: `${TICKET}:${keyOf(waiting)}`,
      payload: JSON.stringify(payload),
      runAt: now,
      createdAt: now,
      conversationId,
    });
  }
  const message = { ...systemMessage(ports, 'no-agent'), clientMessageId: `no-agent:${waitingSince}` };
  const result = await ports.conversations.append({ conversationId, message });
  if (result.kind !== 'appended' || !result.isNew) return false;
  ports.publish({ type: 'message.created', message: result.message });
  ports.publish({ type: 'conversation.changed', conversation: result.conversation });
  return true;
}

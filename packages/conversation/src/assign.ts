import { err, ok, type Result } from '@stepdown/kernel';
import { type ConversationPorts, type Refusal, systemMessage } from './commands.ts';
import { type Agent, announceClaim } from './handoff.ts';
import type { Conversation } from './record.ts';

/**
 * Gives a conversation to an agent, from the queue or from a colleague. The assistant is silenced as by a claim; the
 * visitor waits on until the agent's first reply. Assigned to who has it already, nothing changes.
 *
 * `onlyIfFree`: never takes it from anybody; how assignment by itself works.
 */
export async function assignConversation(
  ports: ConversationPorts,
  conversationId: string,
  { to, onlyIfFree = false }: { readonly to: Agent; readonly onlyIfFree?: boolean },
): Promise<Result<Conversation, Refusal>> {
  ports.board.pause(conversationId);
  try {
    const known = await ports.conversations.get(conversationId);
    if (known === undefined) return err('not_found');
    if (known.agentId === to.id && known.handoff === 'active') return ok(known);
    if (onlyIfFree && (known.handoff === 'active' || known.waitingSince === undefined)) return err('conflict');
    const claim = await ports.conversations.claim({
      conversationId,
      agentId: to.id,
      agentName: to.name,
      systemMessage: systemMessage(ports, 'agent-joined', { agentId: to.id, authorName: to.name }),
      at: ports.clock.now(),
      keepsWaiting: true,
      ...(onlyIfFree ? {} : { replaces: known.agentId }),
    });
    if (claim === undefined) return err('conflict');
    announceClaim(ports, claim);
    return ok(claim.conversation);
  } finally {
    ports.board.resume(conversationId);
  }
}

/** What is known of an agent who could get the next conversation. */
export interface Candidate {
  readonly id: string;
  readonly openCount: number;
  /** Open conversations at a time. */
  readonly capacity: number;
  /** When this agent was last given one (epoch ms); undefined: never. */
  readonly lastAssignedAt: number | undefined;
}

/** Whose turn it is: below capacity, and longest without a new one. Undefined when nobody has room. */
export function nextAgent(candidates: readonly Candidate[]): string | undefined {
  const free = candidates.filter(({ openCount, capacity }) => openCount < capacity);
  const inTurn = free.sort((left, right) => (left.lastAssignedAt ?? 0) - (right.lastAssignedAt ?? 0) || (left.id < right.id ? -1 : 1));
  return inTurn[0]?.id;
}

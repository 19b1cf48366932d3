import { err, ok, type Result } from '@stepdown/kernel';
import { type ConversationPorts, type Refusal, systemMessage } from './commands.ts';
import type { Agent } from './handoff.ts';
import type { Rating } from './inbox-ports.ts';
import type { Conversation } from './record.ts';

/** After a week nobody remembers how it was. */
const RATEABLE_MS = 7 * 86_400_000;

/** Asks the visitor of a conversation that an agent has just closed. */
export async function askForRating(ports: ConversationPorts, conversation: Conversation, agent: Agent): Promise<void> {
  if (ports.ratings === undefined) return;
  const askedAt = ports.clock.now();
  await ports.ratings.ask({ id: ports.newId('evt'), conversationId: conversation.id, agentId: agent.id, agentName: agent.name, askedAt });
  const result = await ports.conversations.append({
    conversationId: conversation.id,
    message: systemMessage(ports, 'rate', { agentId: agent.id, authorName: agent.name }),
    ifEpoch: conversation.epoch,
  });
  if (result.kind === 'appended') ports.publish({ type: 'message.created', message: result.message });
}

export interface RateConversation {
  readonly visitorId: string;
  readonly conversationId: string;
  /** 1 (bad) to 5 (good). */
  readonly score: number;
  readonly comment: string | undefined;
}

/** The visitor's answer; the last one stands. `closed`: nobody asked, or more than a week ago. */
export async function rateConversation(ports: ConversationPorts, command: RateConversation): Promise<Result<Rating, Refusal>> {
  const known = await ports.conversations.get(command.conversationId);
  if (known?.visitorId !== command.visitorId) return err('not_found');
  const at = ports.clock.now();
  const { conversationId, score, comment } = command;
  const rating = await ports.ratings?.answer({ conversationId, score, comment, askedSince: at - RATEABLE_MS, at });
  if (rating === undefined) return err('closed');
  ports.publish({ type: 'conversation.changed', conversation: known });
  return ok(rating);
}

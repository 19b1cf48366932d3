import { err, ok, type Result } from '@stepdown/kernel';
import type { ConversationPorts, Refusal } from './commands.ts';
import type { Conversation, ConversationPatch, Message } from './record.ts';
import { LEASE_MS } from './turn-board.ts';

export interface ReceiveMessage {
  readonly visitorId: string;
  readonly site: string;
  readonly locale: string;
  readonly conversationId: string | undefined;
  readonly clientMessageId: string;
  readonly text: string;
  readonly choiceId: string | undefined;
  readonly pageUrl?: string | undefined;
  readonly pageTitle?: string | undefined;
}

export interface Received {
  readonly message: Message;
  readonly conversation: Conversation;
  readonly isNew: boolean;
}

/**
 * Stores a visitor's message and, unless a person has the conversation, starts its turn in the same transaction:
 * what was acknowledged can't be forgotten. A repeated client id returns the first message and starts nothing (P7).
 */
export async function receiveMessage(ports: ConversationPorts, command: ReceiveMessage): Promise<Result<Received, Refusal>> {
  const conversation = await conversationFor(ports, command);
  if (conversation === undefined) return err('not_found');
  const now = ports.clock.now();
  const messageId = ports.newId('msg');
  const turnId = ports.newId('trn');
  const isAnsweredByAgent = isWithPerson(conversation);
  const result = await ports.conversations.append({
    conversationId: conversation.id,
    message: {
      id: messageId,
      author: 'visitor',
      text: command.text,
      status: 'complete',
      clientMessageId: command.clientMessageId,
      createdAt: now,
    },
    patch: patchFor(conversation, command, now),
    ...(isAnsweredByAgent
      ? {}
      : { turn: { id: turnId, questionMessageId: messageId, leaseOwner: ports.processId, leaseUntil: now + LEASE_MS, startedAt: now } }),
    ifEpoch: conversation.epoch,
  });
  // A person came or went between reading and writing: decide again on what is true now.
  if (result.kind === 'stale') return receiveMessage(ports, { ...command, conversationId: conversation.id });
  if (result.isNew) {
    ports.publish({ type: 'conversation.changed', conversation: result.conversation });
    ports.publish({ type: 'message.created', message: result.message });
    if (!isAnsweredByAgent) await startTurn(ports, turnId, command.choiceId);
  }
  return ok({ message: result.message, conversation: result.conversation, isNew: result.isNew });
}

async function startTurn(ports: ConversationPorts, turnId: string, choiceId: string | undefined): Promise<void> {
  const turn = await ports.turns.get(turnId);
  if (turn !== undefined) ports.board.start(turn, { choiceId });
}

async function conversationFor(ports: ConversationPorts, command: ReceiveMessage): Promise<Conversation | undefined> {
  if (command.conversationId !== undefined) {
    const known = await ports.conversations.get(command.conversationId);
    return known?.visitorId === command.visitorId ? known : undefined;
  }
  const earlier = await ports.conversations.findByClientMessageId(command.visitorId, command.clientMessageId);
  if (earlier !== undefined) return ports.conversations.get(earlier.conversationId);
  return ports.conversations.create({
    id: ports.newId('con'),
    visitorId: command.visitorId,
    site: command.site,
    locale: command.locale,
    pageUrl: command.pageUrl,
    pageTitle: command.pageTitle,
    createdAt: ports.clock.now(),
  });
}

/** Writing again opens a closed conversation; a person's visitor starts to wait with the first unanswered message. */
function patchFor(conversation: Conversation, command: ReceiveMessage, now: number): ConversationPatch {
  const waits = isWithPerson(conversation) && conversation.waitingSince === undefined;
  return {
    locale: command.locale,
    ...(command.pageUrl === undefined ? {} : { pageUrl: command.pageUrl }),
    ...(command.pageTitle === undefined ? {} : { pageTitle: command.pageTitle }),
    ...(waits ? { waitingSince: now } : {}),
    ...stateAfter(conversation),
  };
}

/** A conversation that an agent has put aside is still that agent's. */
function isWithPerson({ state, agentId }: Conversation): boolean {
  return state === 'open' || (state === 'snoozed' && agentId !== undefined);
}

function stateAfter(conversation: Conversation): ConversationPatch {
  if (conversation.state !== 'resolved' && conversation.state !== 'snoozed') return {};
  return isWithPerson(conversation) ? { state: 'open' } : { state: 'pending', handoff: 'none' };
}

import { err, ok, type Result } from '@stepdown/kernel';
import { type ConversationPorts, type Refusal, systemMessage } from './commands.ts';
import { settleParked } from './defer-question.ts';
import type { ClaimResult } from './ports.ts';
import { askForRating } from './rate-conversation.ts';
import type { Conversation, Message } from './record.ts';

export interface HandoffRequest {
  readonly visitorId: string;
  readonly conversationId: string;
  readonly email: string | undefined;
  readonly note: string | undefined;
}

/** A visitor asks for a person. Asking twice changes nothing but the e-mail address. */
export async function requestHandoff(
  ports: ConversationPorts,
  request: HandoffRequest,
): Promise<Result<{ readonly conversation: Conversation; readonly position: number }, Refusal>> {
  const known = await ports.conversations.get(request.conversationId);
  if (known?.visitorId !== request.visitorId) return err('not_found');
  const email = request.email === undefined ? {} : { email: request.email };
  const isWaiting = known.handoff === 'queued' || known.handoff === 'active';
  const conversation = isWaiting
    ? await ports.conversations.update(known.id, email, { at: ports.clock.now() })
    : await queue(ports, known, email);
  if (conversation === undefined) return err('not_found');
  if (request.note !== undefined) await addVisitorNote(ports, conversation, request.note);
  ports.publish({ type: 'conversation.changed', conversation });
  return ok({ conversation, position: (await ports.conversations.queuePosition(conversation.id)) ?? 0 });
}

async function queue(ports: ConversationPorts, conversation: Conversation, email: { email?: string }): Promise<Conversation | undefined> {
  const now = ports.clock.now();
  const state = conversation.state === 'open' ? {} : { state: 'pending' as const };
  const result = await ports.conversations.append({
    conversationId: conversation.id,
    message: systemMessage(ports, 'queued'),
    patch: { handoff: 'queued', waitingSince: conversation.waitingSince ?? now, ...state, ...email },
  });
  if (result.kind === 'appended') ports.publish({ type: 'message.created', message: result.message });
  return result.conversation;
}

async function addVisitorNote(ports: ConversationPorts, conversation: Conversation, note: string): Promise<void> {
  const message = {
    id: ports.newId('msg'),
    author: 'visitor' as const,
    text: note,
    status: 'complete' as const,
    createdAt: ports.clock.now(),
  };
  const result = await ports.conversations.append({ conversationId: conversation.id, message });
  if (result.kind === 'appended') ports.publish({ type: 'message.created', message: result.message });
}

export interface Agent {
  readonly id: string;
  readonly name: string;
}

/**
 * A person takes the conversation. Output of a running answer is held back while the claim is written, and dropped
 * once it stands: not one word of the assistant comes after it (P13).
 */
export async function takeOver(ports: ConversationPorts, conversationId: string, agent: Agent): Promise<Result<Conversation, Refusal>> {
  ports.board.pause(conversationId);
  try {
    const known = await ports.conversations.get(conversationId);
    if (known === undefined) return err('not_found');
    if (known.agentId === agent.id && known.state === 'open') return ok(known);
    const claim = await ports.conversations.claim({
      conversationId,
      agentId: agent.id,
      agentName: agent.name,
      systemMessage: systemMessage(ports, 'agent-joined', { agentId: agent.id, authorName: agent.name }),
      at: ports.clock.now(),
    });
    if (claim === undefined) return err('conflict');
    announceClaim(ports, claim);
    return ok(claim.conversation);
  } finally {
    ports.board.resume(conversationId);
  }
}

/** Drops what the assistant was saying, and tells everybody who has the conversation now. */
export function announceClaim(ports: ConversationPorts, claim: ClaimResult): void {
  const { conversation, interrupted, systemMessage: joined } = claim;
  ports.board.cancel(conversation.id, 'a person has taken the conversation');
  for (const message of interrupted) ports.publish({ type: 'message.completed', message });
  if (joined !== undefined) ports.publish({ type: 'message.created', message: joined });
  ports.publish({ type: 'conversation.changed', conversation });
  settleParkedSoon(ports, conversation.id);
}

/** The assistant answers again, from the visitor's next question. */
export function returnToAssistant(ports: ConversationPorts, conversationId: string, agent: Agent): Promise<Result<Conversation, Refusal>> {
  return leave(ports, conversationId, { state: 'pending', handoff: 'none' }, 'agent-left', agent);
}

/** Closes it, and asks the visitor who talked to a person how it was. Closing what is closed changes nothing. */
export async function resolveConversation(
  ports: ConversationPorts,
  conversationId: string,
  agent: Agent,
): Promise<Result<Conversation, Refusal>> {
  const known = await ports.conversations.get(conversationId);
  if (known?.state === 'resolved') return ok(known);
  ports.board.cancel(conversationId, 'the conversation was closed');
  const resolved = await leave(ports, conversationId, { state: 'resolved', handoff: 'closed' }, 'resolved', agent);
  if (resolved.ok && known?.agentId !== undefined) await askForRating(ports, resolved.value, agent);
  return resolved;
}

async function leave(
  ports: ConversationPorts,
  conversationId: string,
  to: { readonly state: 'pending' | 'resolved'; readonly handoff: 'none' | 'closed' },
  notice: 'agent-left' | 'resolved',
  agent: Agent,
): Promise<Result<Conversation, Refusal>> {
  const known = await ports.conversations.get(conversationId);
  if (known === undefined) return err('not_found');
  if (known.agentId !== undefined && known.agentId !== agent.id) return err('conflict');
  const result = await ports.conversations.append({
    conversationId,
    message: systemMessage(ports, notice, { agentId: agent.id, authorName: agent.name }),
    patch: { ...to, agentId: undefined, waitingSince: undefined, bumpEpoch: true },
    ifEpoch: known.epoch,
  });
  if (result.kind === 'stale') return err('conflict');
  for (const message of result.interrupted ?? []) ports.publish({ type: 'message.completed', message });
  publishLeft(ports, result.message, result.conversation);
  settleParkedSoon(ports, conversationId);
  return ok(result.conversation);
}

/** Takes the promise off the screen. If that fails nothing is lost: the raised epoch keeps the assistant from answering. */
function settleParkedSoon(ports: ConversationPorts, conversationId: string): void {
  settleParked(ports, conversationId).catch(() => undefined);
}

function publishLeft(ports: ConversationPorts, message: Message, conversation: Conversation): void {
  ports.publish({ type: 'message.created', message });
  ports.publish({ type: 'conversation.changed', conversation });
}

import { err, ok, type Result } from '@stepdown/kernel';
import { assignConversation } from './assign.ts';
import type { ConversationPorts } from './commands.ts';
import { type Agent, resolveConversation, returnToAssistant, takeOver } from './handoff.ts';
import { type ReplyRefusal, reply } from './reply.ts';
import { snoozeConversation } from './snooze.ts';

export type BulkAction =
  /** `after`: what happens after the reply. `keep` leaves the conversation with the agent. */
  | { readonly kind: 'reply'; readonly text: string; readonly after: 'keep' | 'return' | 'resolve' }
  | { readonly kind: 'resolve' }
  | { readonly kind: 'assign'; readonly to: Agent }
  | { readonly kind: 'snooze'; readonly until: number };

export type BulkRefusal = { readonly code: 'not_found' | 'closed' } | Extract<ReplyRefusal, { code: 'conflict' }>;

/**
 * One action on one of many conversations. Repeated with the same `clientId` it does what is missing and nothing
 * twice: a reply is found under its client id, and the other actions change nothing the second time.
 */
export async function bulkStep(
  ports: ConversationPorts,
  { conversationId, clientId, action }: { readonly conversationId: string; readonly clientId: string; readonly action: BulkAction },
  agent: Agent,
): Promise<Result<undefined, BulkRefusal>> {
  switch (action.kind) {
    case 'reply':
      return replyAnd(ports, { conversationId, clientId, ...action }, agent);
    case 'resolve':
      return plain(await resolveConversation(ports, conversationId, agent));
    case 'assign':
      return plain(await assignConversation(ports, conversationId, { to: action.to }));
    case 'snooze':
      return plain(await snoozeConversation(ports, { conversationId, until: action.until }, agent));
  }
}

interface BulkReply {
  readonly conversationId: string;
  readonly clientId: string;
  readonly text: string;
  readonly after: 'keep' | 'return' | 'resolve';
}

async function replyAnd(ports: ConversationPorts, command: BulkReply, agent: Agent): Promise<Result<undefined, BulkRefusal>> {
  const { conversationId, text, after } = command;
  const clientMessageId = `bulk:${command.clientId}`;
  const sent = await ports.conversations.messageByClientId(conversationId, clientMessageId);
  if (sent === undefined) {
    const taken = await takeOver(ports, conversationId, agent);
    if (!taken.ok) return taken.error === 'conflict' ? err(await heldBy(ports, conversationId)) : err({ code: taken.error });
    const replied = await reply(ports, { conversationId, clientMessageId, text }, agent);
    if (!replied.ok) return replied;
  }
  return after === 'keep' ? ok(undefined) : finish(ports, { conversationId, after }, agent);
}

/** Somebody may have taken over after the reply; then it is theirs to finish. */
async function finish(
  ports: ConversationPorts,
  { conversationId, after }: { readonly conversationId: string; readonly after: 'return' | 'resolve' },
  agent: Agent,
): Promise<Result<undefined, BulkRefusal>> {
  const known = await ports.conversations.get(conversationId);
  if (known?.agentId !== agent.id) return ok(undefined);
  return plain(await (after === 'resolve' ? resolveConversation : returnToAssistant)(ports, conversationId, agent));
}

async function heldBy(ports: ConversationPorts, conversationId: string): Promise<BulkRefusal> {
  const row = await ports.conversations.inboxRow(conversationId);
  return { code: 'conflict', because: 'held', by: row?.agentName ?? 'a colleague' };
}

function plain(result: Result<unknown, 'not_found' | 'conflict' | 'closed'>): Result<undefined, BulkRefusal> {
  if (result.ok) return ok(undefined);
  return err(result.error === 'conflict' ? { code: 'conflict', because: 'not-taken' } : { code: result.error });
}

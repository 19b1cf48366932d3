import { err, ok, type Result } from '@stepdown/kernel';
import type { ConversationPorts, Refusal } from './commands.ts';
import type { Agent } from './handoff.ts';
import { mentionsIn } from './mentions.ts';
import type { Conversation, Message, Note } from './record.ts';

export interface AgentReply {
  readonly conversationId: string;
  readonly clientMessageId: string;
  readonly text: string;
  /** The last message the agent had on the screen when writing this. */
  readonly seenSeq?: number | undefined;
}

/** Why a reply was not sent. `by` names the other agent. */
export type ReplyRefusal =
  | { readonly code: 'not_found' }
  | { readonly code: 'conflict'; readonly because: 'answered' | 'held'; readonly by: string }
  | { readonly code: 'conflict'; readonly because: 'not-taken' };

/**
 * An agent answers. Only who has the conversation may, and not to a conversation that a colleague has answered since
 * the agent last saw it: two agents never answer the same one unaware. Whoever takes it away meanwhile raises the
 * epoch, so nothing can change between these checks and the writing.
 */
export async function reply(ports: ConversationPorts, command: AgentReply, agent: Agent): Promise<Result<Message, ReplyRefusal>> {
  const known = await ports.conversations.get(command.conversationId);
  if (known === undefined) return err({ code: 'not_found' });
  // A retry is answered with what is stored, whoever has the conversation by now.
  const sent = await ports.conversations.messageByClientId(known.id, command.clientMessageId);
  if (sent !== undefined) return ok(sent);
  const refusal = await refusalOf(ports, { command, known, agent });
  if (refusal !== undefined) return err(refusal);
  const result = await ports.conversations.append({
    conversationId: known.id,
    message: {
      id: ports.newId('msg'),
      author: 'agent',
      agentId: agent.id,
      authorName: agent.name,
      text: command.text,
      status: 'complete',
      clientMessageId: command.clientMessageId,
      createdAt: ports.clock.now(),
    },
    patch: { waitingSince: undefined, state: 'open' },
    ifEpoch: known.epoch,
  });
  if (result.kind === 'stale') return err({ code: 'conflict', because: 'not-taken' });
  if (result.isNew) {
    ports.publish({ type: 'message.created', message: result.message });
    ports.publish({ type: 'conversation.changed', conversation: result.conversation });
  }
  return ok(result.message);
}

interface Attempted {
  readonly command: AgentReply;
  readonly known: Conversation;
  readonly agent: Agent;
}

async function refusalOf(ports: ConversationPorts, { command, known, agent }: Attempted): Promise<ReplyRefusal | undefined> {
  const answeredBy = command.seenSeq === undefined ? undefined : await colleagueAfter(ports, known, command.seenSeq, agent);
  if (answeredBy !== undefined) return { code: 'conflict', because: 'answered', by: answeredBy };
  const isHolder = known.agentId === agent.id && (known.state === 'open' || known.state === 'snoozed');
  if (isHolder) return undefined;
  const holder = known.agentId === undefined || known.agentId === agent.id ? undefined : await holderName(ports, known);
  return holder === undefined ? { code: 'conflict', because: 'not-taken' } : { code: 'conflict', because: 'held', by: holder };
}

async function colleagueAfter(ports: ConversationPorts, known: Conversation, seenSeq: number, agent: Agent): Promise<string | undefined> {
  if (seenSeq >= known.lastSeq) return undefined;
  const since = await ports.conversations.messagesAfter(known.id, seenSeq);
  const theirs = since.findLast((message) => message.seq > seenSeq && message.author === 'agent' && message.agentId !== agent.id);
  return theirs === undefined ? undefined : (theirs.authorName ?? 'a colleague');
}

async function holderName(ports: ConversationPorts, known: Conversation): Promise<string> {
  return (await ports.conversations.inboxRow(known.id))?.agentName ?? 'a colleague';
}

export interface NewNoteCommand {
  readonly conversationId: string;
  readonly text: string;
  readonly clientId?: string | undefined;
  /** Agents the writer picked from a list; those named in the text are found as well. */
  readonly mentions?: readonly string[] | undefined;
}

/** A note for the team; the visitor never sees it. A repeated `clientId` returns the stored one and tells nobody again. */
export async function addNote(
  ports: ConversationPorts,
  command: NewNoteCommand,
  { agent, team }: { readonly agent: Agent; readonly team: readonly Agent[] },
): Promise<Result<{ readonly note: Note; readonly isNew: boolean }, Refusal>> {
  if ((await ports.conversations.get(command.conversationId)) === undefined) return err('not_found');
  const { conversationId, text, clientId } = command;
  const picked = team.filter(({ id }) => command.mentions?.includes(id));
  const mentions = [...new Set([...picked, ...mentionsIn(text, team)].map(({ id }) => id))];
  const stored = await ports.conversations.addNote({
    id: ports.newId('evt'),
    conversationId,
    text,
    clientId,
    mentions,
    agentId: agent.id,
    authorName: agent.name,
    createdAt: ports.clock.now(),
  });
  if (stored.isNew) ports.publish({ type: 'note.added', note: stored.note });
  return ok(stored);
}

import { err, ok, type Result } from '@stepdown/kernel';
import type { ConversationPorts, Refusal } from './commands.ts';
import type { Agent } from './handoff.ts';
import type { Message, Note } from './record.ts';

export interface AgentReply {
  readonly conversationId: string;
  readonly clientMessageId: string;
  readonly text: string;
}

/** An agent answers. Only who has the conversation may: two agents never answer the same one unaware. */
export async function reply(ports: ConversationPorts, command: AgentReply, agent: Agent): Promise<Result<Message, Refusal>> {
  const known = await ports.conversations.get(command.conversationId);
  if (known === undefined) return err('not_found');
  if (known.agentId !== agent.id || known.state !== 'open') return err('conflict');
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
    patch: { waitingSince: undefined },
    ifEpoch: known.epoch,
  });
  if (result.kind === 'stale') return err('conflict');
  if (result.isNew) {
    ports.publish({ type: 'message.created', message: result.message });
    ports.publish({ type: 'conversation.changed', conversation: result.conversation });
  }
  return ok(result.message);
}

/** A note for the team; the visitor never sees it. */
export async function addNote(
  ports: ConversationPorts,
  command: { conversationId: string; text: string },
  agent: Agent,
): Promise<Result<Note, Refusal>> {
  if ((await ports.conversations.get(command.conversationId)) === undefined) return err('not_found');
  const note = { ...command, id: ports.newId('evt'), agentId: agent.id, authorName: agent.name, createdAt: ports.clock.now() };
  await ports.conversations.addNote(note);
  ports.publish({ type: 'note.added', note });
  return ok(note);
}

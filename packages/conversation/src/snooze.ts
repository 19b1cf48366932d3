import { err, ok, type Result } from '@stepdown/kernel';
import type { ConversationPorts, Refusal } from './commands.ts';
import type { Agent } from './handoff.ts';
import type { QueueStore } from './inbox-ports.ts';
import type { Conversation } from './record.ts';

const WOKEN_AT_ONCE = 50;

/** Puts a conversation aside until a moment; whoever has it keeps it. A word of the visitor brings it back sooner. */
export async function snoozeConversation(
  ports: ConversationPorts,
  { conversationId, until }: { readonly conversationId: string; readonly until: number },
  agent: Agent,
): Promise<Result<Conversation, Refusal>> {
  const known = await ports.conversations.get(conversationId);
  if (known === undefined) return err('not_found');
  if (known.agentId !== undefined && known.agentId !== agent.id) return err('conflict');
  if (known.state === 'resolved') return err('closed');
  const conversation = await ports.conversations.update(
    conversationId,
    { state: 'snoozed', snoozedUntil: until, waitingSince: undefined },
    { ifEpoch: known.epoch, at: ports.clock.now() },
  );
  if (conversation === undefined) return err('conflict');
  ports.publish({ type: 'conversation.changed', conversation });
  return ok(conversation);
}

/** Brings back whose time has come, to the agent who has it or else to the queue. Returns how many. */
export async function wakeDue(ports: ConversationPorts & { readonly queue: QueueStore }): Promise<number> {
  const now = ports.clock.now();
  let woken = 0;
  for (const due of await ports.queue.dueSnoozes(now, WOKEN_AT_ONCE)) {
    const back = due.agentId === undefined ? { state: 'pending' as const, handoff: 'queued' as const } : { state: 'open' as const };
    // Another process, or the visitor, may have been faster; then it is not snoozed any more.
    const conversation = await ports.conversations.update(due.id, { ...back, waitingSince: now }, { ifState: ['snoozed'], at: now });
    if (conversation === undefined) continue;
    woken += 1;
    ports.publish({ type: 'conversation.changed', conversation });
  }
  return woken;
}

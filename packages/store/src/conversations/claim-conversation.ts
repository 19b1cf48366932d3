import type { ClaimRequest, ClaimResult } from '@stepdown/conversation';
import type { Engine, Writing } from '../engine/engine.ts';
import type { ConversationRow } from '../schema.ts';
import { type ConversationEdit, editConversation } from './conversation-edit.ts';
import { toConversation } from './conversation-row.ts';
import { toMessage } from './message-row.ts';

/** A person takes over, and from this transaction on not one word of the assistant is stored (`ConversationStore.claim`). */
export function claimConversation(engine: Engine, request: ClaimRequest): Promise<ClaimResult | undefined> {
  return engine.write(async (writing) => {
    const edit = await editConversation(engine, writing, request.conversationId);
    if (edit === undefined) return undefined;
    const holder = holderOf(edit.row);
    if (holder === request.agentId) return { conversation: toConversation(edit.row), interrupted: [], systemMessage: undefined };
    if (holder !== undefined && holder !== request.replaces) return undefined;
    // Only who waited for anybody tells the next one how long that takes.
    if (holder === undefined) await recordPickUp(writing, request, edit.row.waiting_since);
    return take(edit, request);
  });
}

async function take(edit: ConversationEdit, request: ClaimRequest): Promise<ClaimResult> {
  const interrupted = await edit.raiseEpoch(request.at, 'claimed by a person');
  const stopsWaiting = request.keepsWaiting === true ? {} : { waitingSince: undefined };
  await edit.patch({ state: 'open', handoff: 'active', agentId: request.agentId, ...stopsWaiting });
  const systemMessage = await edit.insertMessage(request.systemMessage);
  const conversation = await edit.save(request.at);
  return {
    conversation: toConversation(conversation),
    interrupted: interrupted.map(toMessage),
    systemMessage: systemMessage === undefined ? undefined : toMessage(systemMessage),
  };
}

/** An agent who has closed the conversation, or given it back, does not hold it although the name may still stand there. */
function holderOf(row: ConversationRow): string | undefined {
  return row.handoff === 'active' ? (row.agent_id ?? undefined) : undefined;
}

async function recordPickUp(writing: Writing, { conversationId, agentId, at }: ClaimRequest, since: number | null): Promise<void> {
  if (since === null) return;
  const row = { id: `${conversationId}:${at}`, conversation_id: conversationId, agent_id: agentId, waited_ms: Math.max(0, at - since), at };
  const insert = writing.insertInto('pick_up').values(row);
  await insert.onConflict((conflict) => conflict.doNothing()).execute();
}

import type { ClaimRequest, ClaimResult } from '@stepdown/conversation';
import type { Engine } from '../engine/engine.ts';
import type { ConversationRow } from '../schema.ts';
import { editConversation } from './conversation-edit.ts';
import { toConversation } from './conversation-row.ts';
import { toMessage } from './message-row.ts';

/** A person takes over, and from this transaction on not one word of the assistant is stored (`ConversationStore.claim`). */
export function claimConversation(engine: Engine, request: ClaimRequest): Promise<ClaimResult | undefined> {
  return engine.write(async (writing) => {
    const edit = await editConversation(engine, writing, request.conversationId);
    if (edit === undefined) return undefined;
    const holder = holderOf(edit.row);
    if (holder === request.agentId) return { conversation: toConversation(edit.row), interrupted: [], systemMessage: undefined };
    if (holder !== undefined) return undefined;
    const interrupted = await edit.raiseEpoch(request.at, 'claimed by a person');
    await edit.patch({ state: 'open', handoff: 'active', agentId: request.agentId, waitingSince: undefined });
    const systemMessage = await edit.insertMessage(request.systemMessage);
    const conversation = await edit.save(request.at);
    return {
      conversation: toConversation(conversation),
      interrupted: interrupted.map(toMessage),
      systemMessage: systemMessage === undefined ? undefined : toMessage(systemMessage),
    };
  });
}

/** An agent who has closed the conversation, or given it back, does not hold it although the name may still stand there. */
function holderOf(row: ConversationRow): string | undefined {
  return row.handoff === 'active' ? (row.agent_id ?? undefined) : undefined;
}

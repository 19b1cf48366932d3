import type { Conversation, ConversationPatch, Message, MessagePatch, UpdateMessageOptions, UpdateOptions } from '@stepdown/conversation';
import type { Engine, Writing } from '../engine/engine.ts';
import type { ConversationRow, MessageRow } from '../schema.ts';
import { editConversation } from './conversation-edit.ts';
import { toConversation } from './conversation-row.ts';
import { isLatePatch, toMessage } from './message-row.ts';

/** `ConversationStore.update`. */
export function updateConversation(
  engine: Engine,
  conversationId: string,
  { patch, options }: { readonly patch: ConversationPatch; readonly options: UpdateOptions | undefined },
): Promise<Conversation | undefined> {
  return engine.write(async (writing) => {
    const edit = await editConversation(engine, writing, conversationId);
    if (edit === undefined || !isAllowed(edit.row, options ?? {})) return undefined;
    if (options?.bumpEpoch === true) await edit.raiseEpoch(options.at, 'superseded');
    await edit.patch(patch);
    return toConversation(await edit.save(options?.at));
  });
}

function isAllowed(row: ConversationRow, { ifEpoch, ifUnassigned, ifState }: Omit<UpdateOptions, 'at'>): boolean {
  if (ifEpoch !== undefined && ifEpoch !== row.epoch) return false;
  if (ifUnassigned === true && row.agent_id !== null) return false;
  return ifState === undefined || ifState.includes(row.state);
}

/** `ConversationStore.updateMessage`. */
export async function updateMessage(
  engine: Engine,
  messageId: string,
  { patch, options }: { readonly patch: MessagePatch; readonly options: UpdateMessageOptions },
): Promise<Message | undefined> {
  const work = (writing: Writing) => changeOne(engine, writing, { messageId, patch, options });
  return patch.status === 'streaming' ? engine.writeRelaxed(work) : engine.write(work);
}

async function changeOne(
  engine: Engine,
  writing: Writing,
  { messageId, patch, options }: { readonly messageId: string; readonly patch: MessagePatch; readonly options: UpdateMessageOptions },
): Promise<Message | undefined> {
  const conversationId = (await messageRow(writing, messageId))?.conversation_id;
  const edit = conversationId === undefined ? undefined : await editConversation(engine, writing, conversationId);
  // Read again now that the conversation is held: it may have changed while this waited for it.
  const message = edit === undefined ? undefined : await messageRow(writing, messageId);
  if (edit === undefined || message === undefined) return undefined;
  if (options.ifEpoch !== undefined && options.ifEpoch !== edit.row.epoch) return undefined;
  if (options.ifLeaseOwner !== undefined && !(await isAnsweredBy(writing, messageId, options.ifLeaseOwner))) return undefined;
  if (isLatePatch(message, patch)) return undefined;
  const changed = await edit.changeMessage(message, patch);
  await edit.save();
  return toMessage(changed);
}

function messageRow(writing: Writing, messageId: string): Promise<MessageRow | undefined> {
  return writing.selectFrom('message').selectAll().where('id', '=', messageId).executeTakeFirst();
}

async function isAnsweredBy(writing: Writing, messageId: string, owner: string): Promise<boolean> {
  const turn = await writing
    .selectFrom('turn')
    .select('lease_owner')
    .where('answer_message_id', '=', messageId)
    .where('status', '=', 'running')
    .executeTakeFirst();
  return turn?.lease_owner === owner;
}

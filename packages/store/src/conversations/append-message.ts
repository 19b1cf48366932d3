import type { AppendRequest, AppendResult, NewMessage } from '@stepdown/conversation';
import { StepdownError } from '@stepdown/kernel';
import type { Engine, Writing } from '../engine/engine.ts';
import type { ConversationRow, MessageRow } from '../schema.ts';
import { type ConversationEdit, editConversation } from './conversation-edit.ts';
import { toConversation } from './conversation-row.ts';
import { toMessage } from './message-row.ts';

/** Adds a message as the next of its conversation, once per client message id (`ConversationStore.append`). */
export function appendMessage(engine: Engine, request: AppendRequest): Promise<AppendResult> {
  return engine.write(async (writing) => {
    const edit = await editConversation(engine, writing, request.conversationId);
    if (edit === undefined) throw missing(request.conversationId);
    const known = await knownMessage(writing, edit.row, request.message);
    if (known !== undefined) return repeated(writing, edit.row, known);
    if (request.ifEpoch !== undefined && request.ifEpoch !== edit.row.epoch) {
      return { kind: 'stale', conversation: toConversation(edit.row) };
    }
    return appendNew(writing, edit, request);
  });
}

async function appendNew(writing: Writing, edit: ConversationEdit, { message, patch, turn }: AppendRequest): Promise<AppendResult> {
  const inserted = await edit.insertMessage(message);
  if (inserted === undefined) {
    // Another process stored it in another conversation of this visitor a moment ago; it is committed by now.
    const known = await knownMessage(writing, edit.row, message);
    if (known === undefined) throw new Error('A message that was refused as known is not there.');
    return repeated(writing, edit.row, known);
  }
  const interrupted = patch?.bumpEpoch === true ? await edit.raiseEpoch(message.createdAt, 'superseded') : [];
  if (patch !== undefined) await edit.patch(patch);
  if (turn !== undefined) await edit.insertTurn(turn);
  const conversation = await edit.save(message.createdAt);
  return {
    kind: 'appended',
    message: toMessage(inserted),
    conversation: toConversation(conversation),
    isNew: true,
    interrupted: interrupted.map(toMessage),
  };
}

async function knownMessage(writing: Writing, conversation: ConversationRow, message: NewMessage): Promise<MessageRow | undefined> {
  const { clientMessageId } = message;
  if (clientMessageId === undefined) return undefined;
  const query = writing.selectFrom('message').selectAll().where('client_message_id', '=', clientMessageId);
  const visitorId = message.author === 'visitor' ? conversation.visitor_id : null;
  const known = await query
    .where((column) => column.or([column('conversation_id', '=', conversation.id), column('visitor_id', '=', visitorId)]))
    .execute();
  return known.find((row) => row.conversation_id === conversation.id) ?? known[0];
}

async function repeated(writing: Writing, asked: ConversationRow, known: MessageRow): Promise<AppendResult> {
  if (known.conversation_id !== asked.id && asked.last_seq === 0) {
    await writing.deleteFrom('conversation').where('id', '=', asked.id).execute();
  }
  const conversation = await writing
    .selectFrom('conversation')
    .selectAll()
    .where('id', '=', known.conversation_id)
    .executeTakeFirstOrThrow();
  return { kind: 'appended', message: toMessage(known), conversation: toConversation(conversation), isNew: false };
}

function missing(conversationId: string): StepdownError {
  return new StepdownError(
    'conversation-missing',
    `There is no conversation ${conversationId}.`,
    'It may have been deleted; start a new one.',
  );
}

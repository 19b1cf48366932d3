import type { ConversationPatch, MessagePatch, NewMessage, NewTurn } from '@stepdown/conversation';
import { type Engine, held, type Writing } from '../engine/engine.ts';
import type { ConversationRow, MessageRow } from '../schema.ts';
import { patchedConversation } from './conversation-row.ts';
import { newMessageRow, patchedMessage } from './message-row.ts';
import { addSearchWords } from './search-words.ts';

/**
 * One conversation held by a transaction: nobody else numbers, changes or claims it meanwhile. Counters advance in
 * memory and are written once, by `save`.
 */
export interface ConversationEdit {
  readonly row: ConversationRow;
  /** Undefined when the client id is taken in another conversation of the visitor; nothing has been written then. */
  insertMessage(message: NewMessage): Promise<MessageRow | undefined>;
  changeMessage(row: MessageRow, patch: MessagePatch): Promise<MessageRow>;
  insertTurn(turn: NewTurn): Promise<void>;
  /** Raises the epoch: running turns end as cancelled, streaming assistant messages as interrupted. */
  raiseEpoch(at: number, cause: string): Promise<readonly MessageRow[]>;
  patch(patch: ConversationPatch): Promise<void>;
  /** Without `at`, the conversation keeps its place in the inbox. */
  save(at?: number): Promise<ConversationRow>;
}

/** Holds the conversation for the rest of the transaction; undefined when it does not exist. */
export async function editConversation(engine: Engine, writing: Writing, conversationId: string): Promise<ConversationEdit | undefined> {
  const query = writing.selectFrom('conversation').selectAll().where('id', '=', conversationId);
  const row = await held(engine, query).executeTakeFirst();
  return row === undefined ? undefined : createEdit(writing, row);
}

function createEdit(writing: Writing, stored: ConversationRow): ConversationEdit {
  let row = stored;

  async function insertMessage(message: NewMessage): Promise<MessageRow | undefined> {
    const next = { ...row, last_seq: row.last_seq + 1, last_change: row.last_change + 1 };
    const inserted = await writing
      .insertInto('message')
      .values(newMessageRow(next, message))
      .onConflict((conflict) => conflict.columns(['visitor_id', 'client_message_id']).where('visitor_id', 'is not', null).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (inserted === undefined) return undefined;
    row = next;
    await indexWords(inserted);
    return inserted;
  }

  async function changeMessage(message: MessageRow, patch: MessagePatch): Promise<MessageRow> {
    row = { ...row, last_change: row.last_change + 1 };
    const change = { ...patchedMessage(message, patch), change: row.last_change };
    const update = writing.updateTable('message').set(change).where('id', '=', message.id);
    const changed = await update.returningAll().executeTakeFirstOrThrow();
    if (changed.status !== message.status || changed.text !== message.text) await indexWords(changed);
    return changed;
  }

  /** An unfinished text is not worth finding, and would be written again several times a second. */
  async function indexWords({ author, status, text }: MessageRow): Promise<void> {
    if (author !== 'system' && status !== 'streaming') await addSearchWords(writing, row.id, text);
  }

  async function raiseEpoch(at: number, cause: string): Promise<readonly MessageRow[]> {
    row = { ...row, epoch: row.epoch + 1 };
    await writing
      .updateTable('turn')
      .set({ status: 'cancelled', cause, ended_at: at })
      .where('conversation_id', '=', row.id)
      .where('status', '=', 'running')
      .execute();
    return interruptStreaming();
  }

  async function interruptStreaming(): Promise<readonly MessageRow[]> {
    const query = writing.selectFrom('message').selectAll().where('conversation_id', '=', row.id);
    const streaming = await query.where('author', '=', 'assistant').where('status', '=', 'streaming').orderBy('seq').execute();
    const interrupted: MessageRow[] = [];
    for (const message of streaming) {
      interrupted.push(await changeMessage(message, { status: 'interrupted' }));
    }
    return interrupted;
  }

  return {
    get row() {
      return row;
    },
    insertMessage,
    changeMessage,
    raiseEpoch,
    async insertTurn(turn) {
      await writing.insertInto('turn').values(newTurnRow(row, turn)).execute();
    },
    async patch(patch) {
      row = patchedConversation(row, patch);
      if (patch.email !== undefined) await addSearchWords(writing, row.id, patch.email);
    },
    async save(at) {
      if (at !== undefined) row = { ...row, updated_at: at };
      await writing.updateTable('conversation').set(row).where('id', '=', row.id).execute();
      return row;
    },
  };
}

function newTurnRow(conversation: ConversationRow, turn: NewTurn) {
  return {
    id: turn.id,
    conversation_id: conversation.id,
    question_message_id: turn.questionMessageId,
    answer_message_id: null,
    epoch: conversation.epoch,
    status: 'running' as const,
    lease_owner: turn.leaseOwner,
    lease_until: turn.leaseUntil,
    takeovers: 0,
    cause: '',
    result_tier: null,
    attempts: '[]',
    started_at: turn.startedAt,
    ended_at: null,
  };
}

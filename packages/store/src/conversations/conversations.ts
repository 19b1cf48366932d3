import type { Message, Note } from '@stepdown/conversation';
import type { Engine } from '../engine/engine.ts';
import type { NoteRow } from '../schema.ts';
import type { ConversationArchive } from '../types.ts';
import { appendMessage } from './append-message.ts';
import { claimConversation } from './claim-conversation.ts';
import { newConversationRow, toConversation } from './conversation-row.ts';
import { deleteConversation } from './delete-conversation.ts';
import { inboxPage, inboxRow } from './inbox.ts';
import { toMessage } from './message-row.ts';
import { updateConversation, updateMessage } from './update-conversation.ts';

export function createConversations(engine: Engine): ConversationArchive {
  const { database } = engine;
  return {
    async create(conversation) {
      const row = newConversationRow(conversation);
      await database.insertInto('conversation').values(row).execute();
      return toConversation(row);
    },
    async get(conversationId) {
      const row = await database.selectFrom('conversation').selectAll().where('id', '=', conversationId).executeTakeFirst();
      return row && toConversation(row);
    },
    async latestOfVisitor(visitorId) {
      const query = database.selectFrom('conversation').selectAll().where('visitor_id', '=', visitorId);
      const row = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
      return row && toConversation(row);
    },
    async findByClientMessageId(visitorId, clientMessageId) {
      const query = database.selectFrom('message').selectAll().where('visitor_id', '=', visitorId);
      const row = await query.where('client_message_id', '=', clientMessageId).executeTakeFirst();
      return row && toMessage(row);
    },
    append: (request) => appendMessage(engine, request),
    updateMessage: (messageId, patch, options = {}) => updateMessage(engine, messageId, { patch, options }),
    update: (conversationId, patch, options) => updateConversation(engine, conversationId, { patch, options }),
    claim: (request) => claimConversation(engine, request),
    async message(messageId) {
      const row = await database.selectFrom('message').selectAll().where('id', '=', messageId).executeTakeFirst();
      return row && toMessage(row);
    },
    async messageByClientId(conversationId, clientMessageId) {
      const query = database.selectFrom('message').selectAll().where('conversation_id', '=', conversationId);
      const row = await query.where('client_message_id', '=', clientMessageId).executeTakeFirst();
      return row && toMessage(row);
    },
    messagesAfter: (conversationId, afterSeq) => messagesAfter(engine, conversationId, afterSeq),
    async lastMessages(conversationId, limit) {
      const query = database.selectFrom('message').selectAll().where('conversation_id', '=', conversationId);
      const rows = await query.orderBy('seq', 'desc').limit(limit).execute();
      return rows.reverse().map(toMessage);
    },
    async addNote(note) {
      const insert = database.insertInto('note').values(noteRow(note)).returningAll();
      const onceOnly = insert.onConflict((conflict) =>
        conflict.columns(['conversation_id', 'client_id']).where('client_id', 'is not', null).doNothing(),
      );
      const inserted = await onceOnly.executeTakeFirst();
      if (inserted !== undefined) return { note: toNote(inserted), isNew: true };
      const query = database.selectFrom('note').selectAll().where('conversation_id', '=', note.conversationId);
      const known = await query.where('client_id', '=', note.clientId ?? null).executeTakeFirstOrThrow();
      return { note: toNote(known), isNew: false };
    },
    async notes(conversationId) {
      const query = database.selectFrom('note').selectAll().where('conversation_id', '=', conversationId);
      const rows = await query.orderBy('created_at').orderBy('id').execute();
      return rows.map(toNote);
    },
    queuePosition: (conversationId) => queuePosition(engine, conversationId),
    inbox: (query) => inboxPage(database, query),
    inboxRow: (conversationId) => inboxRow(database, conversationId),
    async ofVisitors(visitorIds, limit) {
      if (visitorIds.length === 0) return [];
      const query = database.selectFrom('conversation').selectAll().where('visitor_id', 'in', visitorIds);
      const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map(toConversation);
    },
    delete: (conversationId) => deleteConversation(engine, conversationId),
  };
}

/** Protocol P14. The client knows everything up to the making of message `afterSeq`; whatever was made or changed since then is new to it. */
async function messagesAfter({ database }: Engine, conversationId: string, afterSeq: number): Promise<readonly Message[]> {
  const query = database.selectFrom('message').selectAll().where('conversation_id', '=', conversationId).orderBy('seq');
  if (afterSeq <= 0) return (await query.execute()).map(toMessage);
  const known = await database
    .selectFrom('message')
    .select('created_change')
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', afterSeq)
    .executeTakeFirst();
  // A message made later has a later change: one condition covers new messages and changed ones.
  const rows = await query.where('change', '>', known?.created_change ?? 0).execute();
  return rows.map(toMessage);
}

async function queuePosition({ database }: Engine, conversationId: string): Promise<number | undefined> {
  const query = database.selectFrom('conversation').where('waiting_since', 'is not', null).where('agent_id', 'is', null);
  const own = await query.select(['waiting_since', 'id']).where('id', '=', conversationId).executeTakeFirst();
  if (own?.waiting_since === undefined || own.waiting_since === null) return undefined;
  const since = own.waiting_since;
  const before = await query
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where((expression) =>
      expression.or([
        expression('waiting_since', '<', since),
        expression.and([expression('waiting_since', '=', since), expression('id', '<', own.id)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(before.count) + 1;
}

function noteRow(note: Note): NoteRow {
  return {
    id: note.id,
    conversation_id: note.conversationId,
    agent_id: note.agentId,
    author_name: note.authorName,
    text: note.text,
    created_at: note.createdAt,
    mentions: JSON.stringify(note.mentions),
    client_id: note.clientId ?? null,
  };
}

function toNote(row: NoteRow): Note {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    agentId: row.agent_id,
    authorName: row.author_name,
    text: row.text,
    createdAt: row.created_at,
    mentions: mentionsOf(row),
    clientId: row.client_id ?? undefined,
  };
}

/** The column is written by `noteRow` only, from a list of texts. */
function mentionsOf(row: NoteRow): readonly string[] {
  return JSON.parse(row.mentions) as readonly string[];
}

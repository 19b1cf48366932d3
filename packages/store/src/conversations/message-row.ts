import type { Choice, Message, MessagePatch, NewMessage } from '@stepdown/conversation';
import type { AnswerSourceReference } from '@stepdown/kernel';
import type { ConversationRow, MessageRow } from '../schema.ts';

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    rev: row.rev,
    author: row.author,
    agentId: row.agent_id ?? undefined,
    authorName: row.author_name ?? undefined,
    tier: row.tier ?? undefined,
    model: row.model ?? undefined,
    text: row.text,
    status: row.status,
    sources: storedSources(row.sources),
    choices: storedChoices(row.choices),
    notice: row.notice ?? undefined,
    checkedAt: row.checked_at ?? undefined,
    savedAt: row.saved_at ?? undefined,
    deferral: row.deferral ?? undefined,
    rating: row.rating ?? undefined,
    ratingComment: row.rating_comment ?? undefined,
    clientMessageId: row.client_message_id ?? undefined,
    createdChange: row.created_change,
    change: row.change,
    createdAt: row.created_at,
  };
}

/** The column is written by `newMessageRow` and `patchedMessage` only, from a typed list. */
function storedSources(json: string): readonly AnswerSourceReference[] {
  return JSON.parse(json) as readonly AnswerSourceReference[];
}

/** The column is written by `newMessageRow` and `patchedMessage` only, from a typed list. */
function storedChoices(json: string): readonly Choice[] {
  return JSON.parse(json) as readonly Choice[];
}

/** `conversation` carries the counters that the message has just been given. */
export function newMessageRow(conversation: ConversationRow, message: NewMessage): MessageRow {
  const isVisitors = message.author === 'visitor' && message.clientMessageId !== undefined;
  return {
    ...newContent(message),
    id: message.id,
    conversation_id: conversation.id,
    seq: conversation.last_seq,
    author: message.author,
    agent_id: message.agentId ?? null,
    author_name: message.authorName ?? null,
    rating: null,
    rating_comment: null,
    client_message_id: message.clientMessageId ?? null,
    visitor_id: isVisitors ? conversation.visitor_id : null,
    created_change: conversation.last_change,
    change: conversation.last_change,
    created_at: message.createdAt,
  };
}

function newContent(message: NewMessage) {
  return {
    rev: message.rev ?? 0,
    tier: message.tier ?? null,
    model: message.model ?? null,
    text: message.text,
    status: message.status,
    sources: JSON.stringify(message.sources ?? []),
    choices: JSON.stringify(message.choices ?? []),
    notice: message.notice ?? null,
    checked_at: message.checkedAt ?? null,
    saved_at: message.savedAt ?? null,
    deferral: message.deferral ?? null,
  };
}

export function patchedMessage(row: MessageRow, patch: MessagePatch): MessageRow {
  return { ...row, ...patchedContent(row, patch), ...patchedMarks(row, patch) };
}

function patchedContent(row: MessageRow, patch: MessagePatch) {
  return {
    rev: patch.rev ?? row.rev,
    text: patch.text ?? row.text,
    status: patch.status ?? row.status,
    tier: patch.tier ?? row.tier,
    // The key with the value undefined clears it: an answer that no model wrote after all.
    model: 'model' in patch ? (patch.model ?? null) : row.model,
    sources: patch.sources === undefined ? row.sources : JSON.stringify(patch.sources),
    choices: patch.choices === undefined ? row.choices : JSON.stringify(patch.choices),
  };
}

function patchedMarks(row: MessageRow, patch: MessagePatch) {
  return {
    notice: patch.notice ?? row.notice,
    checked_at: patch.checkedAt ?? row.checked_at,
    saved_at: patch.savedAt ?? row.saved_at,
    deferral: patch.deferral ?? row.deferral,
    rating: patch.rating ?? row.rating,
    rating_comment: patch.ratingComment ?? row.rating_comment,
  };
}

/**
 * A checkpoint that lost its race: of an older rev, or text for a message that has ended. Not even a higher rev opens
 * an ended message again, because its one `message:completed` has gone out (protocol P11).
 */
export function isLatePatch(row: MessageRow, patch: MessagePatch): boolean {
  if (patch.rev !== undefined && patch.rev < row.rev) return true;
  return row.status !== 'streaming' && (patch.text !== undefined || patch.status === 'streaming');
}

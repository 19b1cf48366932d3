import type { AttemptRecord, FinishedTurn, FinishResult, Message, NewMessage, Turn, TurnStore } from '@stepdown/conversation';
import { type SqlBool, sql } from 'kysely';
import { type Engine, held, heldOrSkipped, type Writing } from '../engine/engine.ts';
import type { MessageRow, TurnRow } from '../schema.ts';
import { type ConversationEdit, editConversation } from './conversation-edit.ts';
import { toConversation } from './conversation-row.ts';
import { toMessage } from './message-row.ts';

export function createTurns(engine: Engine): TurnStore {
  const { database } = engine;
  return {
    async get(turnId) {
      const row = await database.selectFrom('turn').selectAll().where('id', '=', turnId).executeTakeFirst();
      return row && toTurn(row);
    },
    async ofConversation(conversationId) {
      const query = database.selectFrom('turn').selectAll().where('conversation_id', '=', conversationId);
      const rows = await query.orderBy('started_at').orderBy('id').execute();
      return rows.map(toTurn);
    },
    async renew(turnId, owner, leaseUntil) {
      const update = database.updateTable('turn').set({ lease_until: leaseUntil }).where('id', '=', turnId);
      const { numUpdatedRows } = await update.where('lease_owner', '=', owner).where('status', '=', 'running').executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    startAnswer: (turnId, message, options) =>
      withRunningTurn(engine, turnId, options?.ifLeaseOwner, (running) => startAnswer(running, message)),
    finish: (turnId, result) => withRunningTurn(engine, turnId, result.ifLeaseOwner, (running) => finish(running, result)),
    claimOrphans: (request) => claimOrphans(engine, request),
  };
}

interface RunningTurn {
  readonly writing: Writing;
  readonly edit: ConversationEdit;
  readonly turn: TurnRow;
}

/** Does the work if the turn still has the right to answer; nobody can take that right until it is done. */
function withRunningTurn<Value>(
  engine: Engine,
  turnId: string,
  ifLeaseOwner: string | undefined,
  work: (running: RunningTurn) => Promise<Value>,
): Promise<Value | undefined> {
  return engine.write(async (writing) => {
    const query = writing.selectFrom('turn').selectAll().where('id', '=', turnId);
    const conversationId = (await query.executeTakeFirst())?.conversation_id;
    // Always the conversation first: two transactions that hold both can't wait for each other.
    const edit = conversationId === undefined ? undefined : await editConversation(engine, writing, conversationId);
    const turn = edit === undefined ? undefined : await held(engine, query).executeTakeFirst();
    if (edit === undefined || turn?.status !== 'running' || turn.epoch !== edit.row.epoch) return undefined;
    if (ifLeaseOwner !== undefined && ifLeaseOwner !== turn.lease_owner) return undefined;
    return work({ writing, edit, turn });
  });
}

async function startAnswer({ writing, edit, turn }: RunningTurn, message: NewMessage): Promise<Message | undefined> {
  const existing = await answerOf(writing, turn);
  if (existing !== undefined) return toMessage(existing);
  const inserted = await edit.insertMessage(message);
  if (inserted === undefined) return undefined;
  await writing.updateTable('turn').set({ answer_message_id: inserted.id }).where('id', '=', turn.id).execute();
  await edit.save(message.createdAt);
  return toMessage(inserted);
}

async function finish({ writing, edit, turn }: RunningTurn, result: FinishedTurn): Promise<FinishResult> {
  await writing.updateTable('turn').set(endOf(result)).where('id', '=', turn.id).execute();
  const stored = await answerOf(writing, turn);
  const changed = stored && result.answerPatch && (await edit.changeMessage(stored, result.answerPatch));
  const answer = changed ?? stored;
  const appended: MessageRow[] = [];
  for (const message of result.append ?? []) {
    const inserted = await edit.insertMessage(message);
    if (inserted !== undefined) appended.push(inserted);
  }
  if (result.conversationPatch !== undefined) await edit.patch(result.conversationPatch);
  const conversation = await edit.save(result.endedAt);
  return { conversation: toConversation(conversation), answer: answer && toMessage(answer), appended: appended.map(toMessage) };
}

function endOf(result: FinishedTurn) {
  return {
    status: result.status,
    cause: result.cause,
    attempts: JSON.stringify(result.attempts),
    result_tier: result.resultTier ?? null,
    ended_at: result.endedAt,
  };
}

async function answerOf(writing: Writing, turn: TurnRow): Promise<MessageRow | undefined> {
  if (turn.answer_message_id === null) return undefined;
  return writing.selectFrom('message').selectAll().where('id', '=', turn.answer_message_id).executeTakeFirst();
}

async function claimOrphans(engine: Engine, request: Parameters<TurnStore['claimOrphans']>[0]): Promise<readonly Turn[]> {
  const rows = await engine.write((writing) => {
    const running = writing.selectFrom('turn').select('id').where(sql<SqlBool>`status = 'running'`);
    const orphaned =
      request.force === true ? running.where('lease_owner', '<>', request.owner) : running.where('lease_until', '<', request.now);
    return writing
      .updateTable('turn')
      .set((column) => ({
        lease_owner: request.owner,
        lease_until: request.leaseUntil,
        takeovers: column('takeovers', '+', 1),
      }))
      .where('id', 'in', heldOrSkipped(engine, orphaned))
      .returningAll()
      .execute();
  });
  return rows.sort((left, right) => left.started_at - right.started_at || (left.id < right.id ? -1 : 1)).map(toTurn);
}

function toTurn(row: TurnRow): Turn {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    questionMessageId: row.question_message_id,
    answerMessageId: row.answer_message_id ?? undefined,
    epoch: row.epoch,
    status: row.status,
    leaseOwner: row.lease_owner,
    leaseUntil: row.lease_until,
    takeovers: row.takeovers,
    cause: row.cause,
    resultTier: row.result_tier ?? undefined,
    attempts: storedAttempts(row.attempts),
    startedAt: row.started_at,
    endedAt: row.ended_at ?? undefined,
  };
}

/** The column is written by `endOf` only, from a typed list; JSON leaves out what is undefined. */
function storedAttempts(json: string): readonly AttemptRecord[] {
  const attempts = JSON.parse(json) as readonly AttemptRecord[];
  return attempts.map((attempt) => ({ ...attempt, detail: attempt.detail, firstTextMs: attempt.firstTextMs }));
}

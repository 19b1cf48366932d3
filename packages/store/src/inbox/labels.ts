import type { Label } from '@stepdown/conversation';
import type { Database } from '../engine/engine.ts';
import { type Engine, held } from '../engine/engine.ts';
import type { LabelRow } from '../schema-inbox.ts';
import type { LabelStore } from '../types.ts';

export function createLabels(engine: Engine): LabelStore {
  const { database } = engine;
  return {
    async list() {
      const rows = await database.selectFrom('label').selectAll().orderBy('name_key').execute();
      return rows.map(toLabel);
    },
    async create({ id, name, colour, createdAt }) {
      const row = { id, name, name_key: nameKey(name), colour, created_at: createdAt };
      const insert = database.insertInto('label').values(row);
      const inserted = await insert
        .onConflict((conflict) => conflict.column('name_key').doNothing())
        .returningAll()
        .executeTakeFirst();
      return inserted && toLabel(inserted);
    },
    update: (labelId, patch) => updateLabel(engine, labelId, patch),
    async delete(labelId) {
      const { numDeletedRows } = await database.deleteFrom('label').where('id', '=', labelId).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async ofConversation(conversationId) {
      return (await labelsOf(database, [conversationId])).get(conversationId) ?? [];
    },
    assign: (conversationId, change) => assignLabels(engine, conversationId, change),
  };
}

/** Labels by conversation, each list by name. */
export async function labelsOf(database: Database, conversationIds: readonly string[]): Promise<ReadonlyMap<string, readonly Label[]>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await labelsQuery(database, conversationIds).execute();
  const byConversation = Map.groupBy(rows, (row) => row.conversation_id);
  return new Map([...byConversation].map(([id, of]) => [id, of.map(toLabel)]));
}

/** Exported for the test that reads its query plan. */
export function labelsQuery(database: Database, conversationIds: readonly string[]) {
  return database
    .selectFrom('conversation_label as l')
    .innerJoin('label', 'label.id', 'l.label_id')
    .selectAll('label')
    .select('l.conversation_id')
    .where('l.conversation_id', 'in', conversationIds)
    .orderBy('label.name_key');
}

function updateLabel(engine: Engine, labelId: string, patch: Parameters<LabelStore['update']>[1]): ReturnType<LabelStore['update']> {
  return engine.write(async (writing) => {
    const row = await held(engine, writing.selectFrom('label').selectAll().where('id', '=', labelId)).executeTakeFirst();
    if (row === undefined) return 'unknown';
    const name = patch.name ?? row.name;
    const other = await writing.selectFrom('label').select('id').where('name_key', '=', nameKey(name)).executeTakeFirst();
    if (other !== undefined && other.id !== labelId) return 'taken';
    const changed = { ...row, name, name_key: nameKey(name), colour: patch.colour ?? row.colour };
    await writing.updateTable('label').set(changed).where('id', '=', labelId).execute();
    return toLabel(changed);
  });
}

function assignLabels(
  engine: Engine,
  conversationId: string,
  { add, remove }: Parameters<LabelStore['assign']>[1],
): ReturnType<LabelStore['assign']> {
  return engine.write(async (writing) => {
    const conversation = writing.selectFrom('conversation').select('id').where('id', '=', conversationId);
    if ((await held(engine, conversation).executeTakeFirst()) === undefined) return undefined;
    if (remove.length > 0) {
      const taken = writing.deleteFrom('conversation_label').where('conversation_id', '=', conversationId);
      await taken.where('label_id', 'in', remove).execute();
    }
    const known = add.length === 0 ? [] : await writing.selectFrom('label').select('id').where('id', 'in', add).execute();
    if (known.length > 0) {
      const rows = known.map(({ id }) => ({ label_id: id, conversation_id: conversationId }));
      const insert = writing.insertInto('conversation_label').values(rows);
      await insert.onConflict((conflict) => conflict.doNothing()).execute();
    }
    return (await labelsOf(writing, [conversationId])).get(conversationId) ?? [];
  });
}

function nameKey(name: string): string {
  return name.trim().toLowerCase();
}

function toLabel({ id, name, colour }: LabelRow): Label {
  return { id, name, colour };
}

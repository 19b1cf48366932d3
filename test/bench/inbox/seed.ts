import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { silentLog, systemClock } from '@stepdown/kernel';
import { seededRandom } from '@stepdown/kernel/testing';
import { openStore } from '@stepdown/store';

export const SEEDED_AT = 1_750_000_000_000;
const MINUTE_MS = 60_000;
const BATCH = 1_000;
const MESSAGES_EACH = 4;

/** Words a shop hears, most frequent first; drawn so that the first ones stand in thousands of conversations. */
const WORDS =
  'order delivery return parcel refund invoice kettle size colour broken exchange voucher address payment card customs warranty repair stock gift subscription account password newsletter colder birch lid handle filter descale'.split(
    ' ',
  );
const LOCALES = ['en', 'en', 'en', 'en', 'de', 'de', 'fr', 'es', 'pt', 'ja'];
const TIERS = [null, null, null, null, null, null, 'gpt', 'open-model', 'faq', 'handoff'];

/**
 * Writes an inbox of years into a fresh folder: nearly all closed, one in 400 with a person, one in 500 waiting.
 * Straight into the tables and batch by batch, because through the store each row waits for the disk.
 */
export async function seedInbox(conversations: number, seed = 1): Promise<string> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'stepdown-inbox-'));
  await (await openStore({ dataDir, clock: systemClock, log: silentLog })).close();
  const database = new DatabaseSync(path.join(dataDir, 'stepdown.db'));
  database.exec('pragma synchronous = off');
  const write = prepare(database);
  for (const [index, name] of ['refund', 'vip', 'bug', 'praise'].entries()) write.label(`lab_${index}`, name);
  for (let index = 0; index < 8; index += 1) write.agent(`agt_${index}`, `Agent ${index}`);
  const random = seededRandom(seed);
  for (let from = 0; from < conversations; from += BATCH) {
    database.exec('begin');
    for (let index = from; index < Math.min(from + BATCH, conversations); index += 1) writeConversation(write, random, index);
    database.exec('commit');
  }
  database.exec('analyze');
  database.close();
  return dataDir;
}

type Writer = ReturnType<typeof prepare>;

function writeConversation(write: Writer, random: () => number, index: number): void {
  const id = `con_${String(index).padStart(7, '0')}`;
  const pick = <Value>(list: readonly Value[]): Value => list[Math.floor(random() * list.length)] as Value;
  const at = SEEDED_AT + index * MINUTE_MS;
  const isOpen = index % 400 === 0;
  const isWaiting = index % 500 === 0;
  const visitor = `vis_${index % 3 === 0 ? index : index - 1}`;
  if (visitor === `vis_${index}`) write.visitor(visitor, index % 20 === 0);
  else if (index % 3 === 2) write.visitor(`vis_${index - 1}`, false);
  write.conversation({
    id,
    visitor,
    locale: pick(LOCALES),
    state: isOpen ? 'open' : isWaiting ? 'pending' : index % 700 === 3 ? 'snoozed' : 'resolved',
    tier: pick(TIERS),
    agent: isOpen || random() < 0.3 ? `agt_${Math.floor(random() * 8)}` : null,
    email: random() < 0.2 ? `c${index}@mail.example` : null,
    waitingSince: isWaiting ? at : null,
    at,
  });
  const words = Array.from({ length: 6 }, () => WORDS[Math.floor(WORDS.length * random() ** 2)] ?? 'order');
  for (let seq = 1; seq <= MESSAGES_EACH; seq += 1) write.message({ id, seq, text: `${words.join(' ')} ${index}`, at });
  for (const word of new Set([...words, String(index)])) write.word(id, word);
  write.turn(id, at, index % 12 === 0 ? 'floor: no-route' : 'answered');
  if (index % 25 === 0) write.labelled(id, `lab_${index % 4}`);
}

function prepare(database: DatabaseSync) {
  const into = (table: string, columns: readonly string[]): StatementSync =>
    database.prepare(`insert or ignore into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`);
  const visitor = into('visitor', ['id', 'token_hash', 'name', 'email', 'is_verified', 'created_at', 'seen_at']);
  const conversation = into(
    'conversation',
    'id visitor_id site locale state epoch last_seq last_change sticky_tier handoff agent_id email waiting_since created_at updated_at'.split(
      ' ',
    ),
  );
  const message = into(
    'message',
    'id conversation_id seq rev author text status sources choices created_change change created_at'.split(' '),
  );
  const turn = into(
    'turn',
    'id conversation_id question_message_id epoch status lease_owner lease_until takeovers cause attempts started_at'.split(' '),
  );
  const word = into('search_word', ['subject_id', 'word']);
  const label = into('label', ['id', 'name', 'name_key', 'colour', 'created_at']);
  const labelled = into('conversation_label', ['conversation_id', 'label_id']);
  const agent = into('agent', ['id', 'email', 'name', 'role', 'is_disabled', 'created_at', 'updated_at']);
  return {
    visitor: (id: string, isVerified: boolean) =>
      visitor.run(id, `hash-${id}`, isVerified ? 'Grace' : null, isVerified ? `${id}@mail.example` : null, isVerified ? 1 : 0, 1, 1),
    conversation: (row: SeededConversation) =>
      conversation.run(
        ...[row.id, row.visitor, 'default', row.locale, row.state, 0, MESSAGES_EACH, MESSAGES_EACH, row.tier ?? null],
        ...[row.waitingSince === null ? 'none' : 'queued', row.agent, row.email, row.waitingSince, row.at, row.at],
      ),
    message: ({ id, seq, text, at }: { readonly id: string; readonly seq: number; readonly text: string; readonly at: number }) =>
      message.run(`${id}_${seq}`, id, seq, 0, seq % 2 === 1 ? 'visitor' : 'assistant', text, 'complete', '[]', '[]', seq, seq, at + seq),
    turn: (id: string, at: number, cause: string) => turn.run(`trn_${id}`, id, `${id}_1`, 0, 'done', 'seed', at, 0, cause, '[]', at),
    word: (id: string, text: string) => word.run(id, text),
    label: (id: string, name: string) => label.run(id, name, name, '#2f6f4f', 1),
    labelled: (id: string, labelId: string) => labelled.run(id, labelId),
    agent: (id: string, name: string) => agent.run(id, `${id}@shop.example`, name, 'agent', 0, 1, 1),
  };
}

interface SeededConversation {
  readonly id: string;
  readonly visitor: string;
  readonly locale: string;
  readonly state: string;
  readonly tier: string | null | undefined;
  readonly agent: string | null;
  readonly email: string | null;
  readonly waitingSince: number | null;
  readonly at: number;
}

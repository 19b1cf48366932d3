import { StepdownError } from '@stepdown/kernel';
import { sql } from 'kysely';
import type { Engine, Writing } from '../engine/engine.ts';
import { MIGRATIONS } from './index.ts';
import { type Migration, SQL_WORDS } from './migration.ts';

/** Any number that no other program uses for its advisory locks in this database. */
const ADVISORY_LOCK = 5_737_836;

/**
 * Brings the tables to what this program knows, forward only, all in one transaction; several processes that start
 * at once wait for the first.
 *
 * @throws StepdownError `store-newer` when a newer program has been here.
 */
export async function runMigrations(engine: Engine, now: number, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  await engine.write(async (writing) => {
    const words = SQL_WORDS[engine.kind];
    if (engine.kind === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(ADVISORY_LOCK)})`.execute(writing);
    await sql
      .raw(
        `create table if not exists schema_migration (
          number ${words.integer} primary key, name ${words.text} not null, applied_at ${words.integer} not null
        ) ${words.strict}`,
      )
      .execute(writing);
    const reached = await reachedNumber(writing);
    const known = migrations.at(-1)?.number ?? 0;
    if (reached > known) throw newer(reached, known);
    for (const migration of migrations.filter(({ number }) => number > reached)) {
      for (const statement of migration.statements(words)) await sql.raw(statement).execute(writing);
      await sql`insert into schema_migration (number, name, applied_at)
        values (${migration.number}, ${migration.name}, ${now})`.execute(writing);
    }
  });
}

async function reachedNumber(writing: Writing): Promise<number> {
  const { rows } = await sql<{ number: number }>`select number from schema_migration order by number desc limit 1`.execute(writing);
  return rows[0]?.number ?? 0;
}

function newer(reached: number, known: number): StepdownError {
  return new StepdownError(
    'store-newer',
    `The database was used by a newer Stepdown (step ${reached}; this one knows ${known}).`,
    'Start the newer version, or restore a backup from before the update. Nothing was changed.',
  );
}

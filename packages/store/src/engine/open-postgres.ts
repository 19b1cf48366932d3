import { type Log, messageOf, StepdownError } from '@stepdown/kernel';
import { Kysely, PostgresDialect, PostgresQueryCompiler, sql } from 'kysely';
import pg from 'pg';
import type { Schema } from '../schema.ts';
import { cleanText } from './clean-text.ts';
import type { Engine } from './engine.ts';

const CONNECT_MS = 5_000;
/** A statement of ours takes milliseconds; one that takes this long waits for a lock that nobody will release. */
const STATEMENT_MS = 15_000;
const CONNECTIONS = 10;
const BIGINT_OID = 20;

/**
 * Opens PostgreSQL 13 or newer.
 *
 * @throws StepdownError `store-unreachable`; the message names host and database, never the password.
 */
export async function openPostgres(url: string, log: Log): Promise<Engine> {
  const place = placeOf(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    application_name: 'stepdown',
    types: { getTypeParser: (oid, format) => (oid === BIGINT_OID ? Number : pg.types.getTypeParser(oid, format)) },
  });
  // Without a listener, the end of an idle connection would end the process.
  pool.on('error', (cause) =>
    log.warn({ error: cause.message }, 'An idle PostgreSQL connection was lost; the next query opens a new one.'),
  );
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw unreachable(place, cause);
  }
  return createPostgresEngine(pool);
}

function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host || 'the local socket'}${pathname}`;
  } catch {
    // The cause is dropped on purpose: it quotes the whole address, password included.
    throw unreachable('the address in DATABASE_URL', new Error('it is no URL of the form postgres://user:password@host/database'));
  }
}

function unreachable(place: string, cause: unknown): StepdownError {
  return new StepdownError(
    'store-unreachable',
    `Cannot connect to PostgreSQL at ${place}: ${reasonOf(cause)}.`,
    'Check that it runs, and user, password and database name in DATABASE_URL; or unset DATABASE_URL to use the embedded store.',
    { cause },
  );
}

/** Several addresses of one host fail together as an AggregateError, whose own message is empty. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(messageOf).join('; ');
  return messageOf(cause);
}

class CleanPostgresDialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new CleanPostgresCompiler();
  }
}

class CleanPostgresCompiler extends PostgresQueryCompiler {
  protected override appendValue(parameter: unknown): void {
    super.appendValue(cleanText(parameter));
  }
}

function createPostgresEngine(pool: pg.Pool): Engine {
  const database = new Kysely<Schema>({ dialect: new CleanPostgresDialect({ pool }) });
  return {
    kind: 'postgres',
    database,
    write: (work) => database.transaction().execute(work),
    writeRelaxed: (work) =>
      database.transaction().execute(async (writing) => {
        await sql`set local synchronous_commit = off`.execute(writing);
        return work(writing);
      }),
    scrub: () => Promise.resolve(),
    close: () => database.destroy(),
  };
}

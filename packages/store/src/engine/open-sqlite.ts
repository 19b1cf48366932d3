import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import type { Engine } from './engine.ts';
import { lockFolder } from './folder-lock.ts';
import { NodeSqliteDialect } from './node-sqlite-dialect.ts';
import { corruptStore, notWritable, sqliteError } from './sqlite-error.ts';

const FILE_NAME = 'stepdown.db';
/** Only a backup tool can hold the file besides us. */
const BUSY_TIMEOUT_MS = 5_000;
/** After an unclean stop a file up to this size is read through before it is used: about 50 ms. */
const CHECKED_BYTES = 64 * 1024 * 1024;

/** `secure_delete`: what is deleted is overwritten, not just forgotten. */
const PRAGMAS = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma secure_delete = on;
  pragma temp_store = memory;
`;

/**
 * Opens the embedded database for this process alone, making folder and file when missing.
 *
 * @throws StepdownError `store-not-writable`, `store-locked`, `store-corrupt`.
 */
export function openSqlite(dataDir: string): Engine {
  prepareFolder(dataDir);
  const unlock = naming(() => lockFolder(dataDir));
  try {
    const connection = naming(() => openFile(join(dataDir, FILE_NAME)));
    return createSqliteEngine(connection, unlock);
  } catch (cause) {
    unlock();
    throw cause;
  }
}

function prepareFolder(dataDir: string): void {
  try {
    // Conversations are personal data: nobody else on the machine needs to read them.
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK);
  } catch (cause) {
    throw notWritable(dataDir, cause);
  }
}

function openFile(path: string): DatabaseSync {
  // The write-ahead log is removed by a clean close; one that is left means that the last process was killed.
  const wasKilled = existsSync(`${path}-wal`) && existsSync(path);
  const connection = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    connection.exec(PRAGMAS);
    connection.prepare('select count(*) from sqlite_schema').get();
    if (wasKilled && statSync(path).size <= CHECKED_BYTES) refuseDamage(connection);
    return connection;
  } catch (cause) {
    connection.close();
    throw cause;
  }
}

function refuseDamage(connection: DatabaseSync): void {
  const finding = connection.prepare('pragma quick_check(1)').get()?.quick_check;
  if (finding !== 'ok') throw corruptStore(String(finding));
}

function createSqliteEngine(connection: DatabaseSync, unlock: () => void): Engine {
  const database = new Kysely<Schema>({ dialect: new NodeSqliteDialect(connection) });
  return {
    kind: 'sqlite',
    database,
    async write(work) {
      const value = await database.transaction().execute(work);
      await breathe();
      return value;
    },
    writeRelaxed: (work) =>
      database.connection().execute(async (only) => {
        // Nobody else runs between these two: `only` is the one connection. The next full commit syncs this one too.
        await sql`pragma synchronous = normal`.execute(only);
        try {
          return await only.transaction().execute(work);
        } finally {
          await sql`pragma synchronous = full`.execute(only);
        }
      }),
    async scrub() {
      await sql`pragma wal_checkpoint(truncate)`.execute(database);
    },
    async close() {
      await database.destroy();
      unlock();
    },
  };
}

/**
 * SQLite answers at once, so a loop of awaited writes would never leave the microtask queue, and no socket or timer
 * would get its turn.
 */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function naming<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (cause) {
    throw sqliteError(cause);
  }
}

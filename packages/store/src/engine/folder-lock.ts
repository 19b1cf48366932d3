import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StepdownError } from '@stepdown/kernel';
import { isSqliteBusy } from './sqlite-error.ts';

const FILE_NAME = 'stepdown.lock';
const NAME_WAIT_MS = 500;

/**
 * Takes the data folder for this process; returns the function that lets go. The lock is SQLite's lock on a file of
 * its own, so the operating system ends it with the process, killed or not. Readers stay possible: that is how the
 * next process learns whose it is.
 *
 * @throws StepdownError `store-locked`, naming the process that has the folder.
 */
export function lockFolder(dataDir: string): () => void {
  const lock = new DatabaseSync(join(dataDir, FILE_NAME), { timeout: 0 });
  const me = `${process.pid} on ${hostname()}`;
  try {
    lock.exec('create table if not exists owner (id integer primary key check (id = 1), name text not null) strict');
    // Writing the name ends the lock for a moment; whoever gets in between writes another name, which is seen here.
    while (!holdsAs(lock, me)) lock.exec('commit');
  } catch (cause) {
    const error = isSqliteBusy(cause) ? lockedBy(ownerOnceWritten(lock)) : cause;
    lock.close();
    throw error;
  }
  return () => lock.close();
}

/** Begins holding. True when the name in the file is already `me`; otherwise it has been written and wants a commit. */
function holdsAs(lock: DatabaseSync, me: string): boolean {
  lock.exec('begin immediate');
  if (ownerOf(lock) === me) return true;
  lock.prepare('insert or replace into owner (id, name) values (1, ?)').run(me);
  return false;
}

/** The other process may be writing its name this very moment. */
function ownerOnceWritten(lock: DatabaseSync): string {
  const unnamed = 'that has just started';
  try {
    lock.exec(`pragma busy_timeout = ${NAME_WAIT_MS}`);
    return ownerOf(lock) ?? unnamed;
  } catch {
    return unnamed;
  }
}

function ownerOf(lock: DatabaseSync): string | undefined {
  const name = lock.prepare('select name from owner').get()?.name;
  return typeof name === 'string' ? name : undefined;
}

function lockedBy(owner: string): StepdownError {
  return new StepdownError(
    'store-locked',
    `The data folder is in use by process ${owner}.`,
    'Stop that process first, or give this one another STEPDOWN_DATA_DIR. To run several processes, use PostgreSQL (DATABASE_URL).',
  );
}

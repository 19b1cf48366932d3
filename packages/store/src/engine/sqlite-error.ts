import { messageOf, StepdownError } from '@stepdown/kernel';

/** Result codes of SQLite, low byte: https://sqlite.org/rescode.html */
const PERM = 3;
const BUSY = 5;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOT_A_DATABASE = 26;

/** The low byte of SQLite's result code; undefined for errors that are not SQLite's. */
function sqliteResultCode(cause: unknown): number | undefined {
  if (!(cause instanceof Error) || !('errcode' in cause) || typeof cause.errcode !== 'number') return undefined;
  return cause.errcode & 0xff;
}

export function isSqliteBusy(cause: unknown): boolean {
  return sqliteResultCode(cause) === BUSY;
}

/** Names what an operator can do something about; anything else stays as it is. */
export function sqliteError(cause: unknown): unknown {
  switch (sqliteResultCode(cause)) {
    case CORRUPT:
    case NOT_A_DATABASE:
      return corruptStore(messageOf(cause), cause);
    case PERM:
    case READONLY:
    case CANTOPEN:
      return notWritable('the data folder', cause);
    case FULL:
      return new StepdownError(
        'store-full',
        'The disk of the data folder is full.',
        'Free some space; nothing that was acknowledged is lost.',
        {
          cause,
        },
      );
    default:
      return cause;
  }
}

export function corruptStore(detail: string, cause?: unknown): StepdownError {
  return new StepdownError(
    'store-corrupt',
    `The database file is damaged or is no database: ${detail}.`,
    'Nothing was changed or deleted. Put a backup in its place, or move the file away to start empty.',
    { cause },
  );
}

export function notWritable(path: string, cause: unknown): StepdownError {
  return new StepdownError(
    'store-not-writable',
    `Cannot write to ${path}: ${messageOf(cause)}.`,
    'Give the user that runs Stepdown the right to write there, or set STEPDOWN_DATA_DIR to another folder.',
    { cause },
  );
}

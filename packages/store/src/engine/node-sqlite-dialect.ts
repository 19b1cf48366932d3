import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { type SqliteDatabase, SqliteDialect, SqliteQueryCompiler, type SqliteStatement } from 'kysely';
import { cleanText } from './clean-text.ts';
import { sqliteError } from './sqlite-error.ts';

/** More distinct statements than the store has; a bound only against endless growth. */
const CACHED_STATEMENTS = 500;

/** Kysely over `node:sqlite`. Prepared statements are kept, and every transaction takes the write lock at its start. */
export class NodeSqliteDialect extends SqliteDialect {
  constructor(database: DatabaseSync) {
    super({ database: asKyselyDatabase(database) });
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new CleanSqliteCompiler();
  }
}

class CleanSqliteCompiler extends SqliteQueryCompiler {
  protected override appendValue(parameter: unknown): void {
    super.appendValue(cleanText(parameter));
  }
}

const NOTHING: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(text) {
      // A transaction that begins by reading and writes later can fail halfway with SQLITE_BUSY; this one waits first.
      const sql = text === 'begin' ? 'begin immediate' : text;
      // A full disk ends the transaction by itself; a rollback after it would hide why.
      if (sql === 'rollback' && !database.isTransaction) return NOTHING;
      const known = cache.get(sql);
      if (known !== undefined) return known;
      const statement = asKyselyStatement(named(() => database.prepare(sql)));
      if (cache.size >= CACHED_STATEMENTS) cache.clear();
      cache.set(sql, statement);
      return statement;
    },
  };
}

function asKyselyStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => named(() => statement.all(...parameters.map(sqlValue))),
    run: (parameters) => named(() => statement.run(...parameters.map(sqlValue))),
    iterate: (parameters) => statement.iterate(...parameters.map(sqlValue)),
  };
}

function named<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (cause) {
    throw sqliteError(cause);
  }
}

function sqlValue(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  throw new TypeError(`A ${typeof value} cannot be stored; the tables hold text and integers.`);
}

import type { Kysely, Transaction } from 'kysely';
import type { Schema } from '../schema.ts';

export type Database = Kysely<Schema>;
export type Writing = Transaction<Schema>;

/** One of the two databases. What differs between them beyond column types is decided here and nowhere else. */
export interface Engine {
  readonly kind: 'sqlite' | 'postgres';
  readonly database: Database;
  /** One transaction, durable when the promise resolves. */
  write<Value>(work: (writing: Writing) => Promise<Value>): Promise<Value>;
  /** One transaction that need not outlive a power cut, only a killed process: spares the wait for the disk. */
  writeRelaxed<Value>(work: (writing: Writing) => Promise<Value>): Promise<Value>;
  /** Frees what deleting left behind, where the engine does not do it by itself. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

/** Holds the rows for the rest of the transaction. SQLite holds the whole database from the start of a write. */
export function held<Query extends { forUpdate(): Query }>(engine: Engine, query: Query): Query {
  return engine.kind === 'postgres' ? query.forUpdate() : query;
}

/** Like `held`, passing over rows that another process holds. */
export function heldOrSkipped<Query extends { forUpdate(): Query; skipLocked(): Query }>(engine: Engine, query: Query): Query {
  return engine.kind === 'postgres' ? query.forUpdate().skipLocked() : query;
}

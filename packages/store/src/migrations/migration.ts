/** The few words in which the engines differ. */
export interface SqlWords {
  /** 64 bits in both engines: times in ms do not fit in 32. */
  readonly integer: string;
  /** Compared byte by byte in both engines, whatever the locale of the database is. */
  readonly text: string;
  /** Ends a `create table`. */
  readonly strict: string;
  /** The same for a table that is nothing but its primary key. */
  readonly strictKeyOnly: string;
}

export const SQL_WORDS: Readonly<Record<'sqlite' | 'postgres', SqlWords>> = {
  sqlite: { integer: 'integer', text: 'text', strict: 'strict', strictKeyOnly: 'strict, without rowid' },
  postgres: { integer: 'bigint', text: 'text collate "C"', strict: '', strictKeyOnly: '' },
};

/** One step forward; never edited once released, never undone. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: (words: SqlWords) => readonly string[];
}

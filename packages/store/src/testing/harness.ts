import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '@stepdown/kernel';
import pg from 'pg';
import type { Engine } from '../engine/engine.ts';
import { openPostgres } from '../engine/open-postgres.ts';
import { openSqlite } from '../engine/open-sqlite.ts';
import { runMigrations } from '../migrations/run-migrations.ts';
import { createStore } from '../open-store.ts';
import type { Store } from '../types.ts';

/** A store of its own for one group of tests. */
export interface House {
  readonly engine: Engine;
  readonly store: Store;
  /** What another process of the same installation sees. The embedded store has one process only: the same store. */
  readonly neighbour: Store;
  close(): Promise<void>;
}

export type BuildHouse = () => Promise<House>;

export const buildSqliteHouse: BuildHouse = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stepdown-store-'));
  const engine = openSqlite(folder);
  await runMigrations(engine, 1);
  const store = createStore(engine);
  return {
    engine,
    store,
    neighbour: store,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

let databaseCount = 0;

/** A fresh database on the given server for every house. */
export function postgresHouses(serverUrl: string): BuildHouse {
  return async () => {
    databaseCount += 1;
    const name = `house_${process.pid}_${databaseCount}`;
    const server = new pg.Client({ connectionString: serverUrl });
    await server.connect();
    await server.query(`create database ${name}`);
    await server.end();
    const url = new URL(serverUrl);
    url.pathname = name;
    const [engine, second] = await Promise.all([openPostgres(url.href, silentLog), openPostgres(url.href, silentLog)]);
    await Promise.all([runMigrations(engine, 1), runMigrations(second, 1)]);
    const [store, neighbour] = [createStore(engine), createStore(second)];
    return {
      engine,
      store,
      neighbour,
      async close() {
        await Promise.all([store.close(), neighbour.close()]);
      },
    };
  };
}

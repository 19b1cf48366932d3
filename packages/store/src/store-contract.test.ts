import { afterAll, describe } from 'vitest';
import { startPostgres } from '../../../test/support/postgres.ts';
import { storeContract } from './store-contract.ts';
import { type BuildHouse, buildSqliteHouse, postgresHouses } from './testing/harness.ts';

// Before the tests are collected: without a server there is nothing to list.
const server = await startPostgres();
afterAll(() => server?.stop());

const engines: readonly (readonly [string, BuildHouse, number])[] = [
  ['sqlite', buildSqliteHouse, 150],
  ...(server === undefined ? [] : [['postgres', postgresHouses(server.url), 60] as const]),
];

describe.each(engines)('store on %s', (_, build, numRuns) => storeContract(build, { numRuns }));

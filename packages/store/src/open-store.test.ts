import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { silentLog, systemClock } from '@stepdown/kernel';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres } from '../../../test/support/postgres.ts';
import { openSqlite } from './engine/open-sqlite.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { runMigrations } from './migrations/run-migrations.ts';
import { createStore, openStore } from './open-store.ts';
import { postgresHouses } from './testing/harness.ts';
import { hashOf, NOW, startConversation, visitorMessage } from './testing/records.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'stepdown-open-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const open = (folder = dataDir) => openStore({ dataDir: folder, clock: systemClock, log: silentLog });
const file = () => join(dataDir, 'stepdown.db');

describe('the embedded store', () => {
  it('[ST32] makes its folder, and opens again with what was there', async () => {
    const folder = join(dataDir, 'deep/er');
    const first = await open(folder);
    const { id } = await startConversation(first);
    await first.close();
    const second = await open(folder);
    expect(await second.conversations.get(id)).toBeDefined();
    await second.ping();
    await second.close();
    await expect(second.ping()).rejects.toThrow();
  });

  it('[ST33] names a folder it cannot write to', async () => {
    writeFileSync(join(dataDir, 'plain-file'), '');
    await expect(open(join(dataDir, 'plain-file/data'))).rejects.toMatchObject({
      code: 'store-not-writable',
      remedy: expect.stringContaining('STEPDOWN_DATA_DIR'),
    });
    await expect(openStore({ clock: systemClock, log: silentLog })).rejects.toMatchObject({ code: 'store-unconfigured' });
  });

  it('[ST33] refuses a file that is no database, and leaves it as it is', async () => {
    const text = 'These are my notes, not a database. '.repeat(40);
    writeFileSync(file(), text);
    await expect(open()).rejects.toMatchObject({ code: 'store-corrupt' });
    expect(readFileSync(file(), 'utf8')).toBe(text);
    rmSync(file());
    await (await open()).close();
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 8_192)],
    ['with a page overwritten that opening does not read', (bytes: Buffer) => bytes.fill('x', bytes.length - 3 * 4_096)],
  ])('[ST33] refuses a database %s after an unclean stop, and leaves it as it is', async (_, damage) => {
    const store = await open();
    const { id } = await startConversation(store);
    for (let index = 0; index < 50; index += 1) await store.conversations.append({ conversationId: id, message: visitorMessage() });
    await store.close();
    const damaged = damage(readFileSync(file()));
    writeFileSync(file(), damaged);
    // What a killed process leaves behind; it makes the next start look closer.
    writeFileSync(`${file()}-wal`, '');
    await expect(open()).rejects.toMatchObject({ code: 'store-corrupt' });
    expect(readFileSync(file()).equals(damaged)).toBe(true);
  });

  it('[ST34] refuses a second process on the folder and names the first', async () => {
    const store = await open();
    await expect(open()).rejects.toMatchObject({ code: 'store-locked', message: expect.stringContaining(`process ${process.pid} on`) });
    const script = `import { openStore } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      await openStore({ dataDir: process.argv[1], clock: { now: Date.now }, log }).catch((error) => console.log(error.code, error.message));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, dataDir]);
    expect(stdout).toContain(`store-locked The data folder is in use by process ${process.pid} on`);
    await startConversation(store);
    await store.close();
    await (await open()).close();
  });

  it('[ST33] names a full disk, loses nothing, and goes on once there is space', async () => {
    const engine = openSqlite(dataDir);
    await runMigrations(engine, 1);
    const store = createStore(engine);
    const { id } = await startConversation(store);
    const append = () => store.conversations.append({ conversationId: id, message: visitorMessage({ text: 'long '.repeat(20_000) }) });
    await sql`pragma max_page_count = 1`.execute(engine.database);
    await expect(append()).rejects.toMatchObject({ code: 'store-full', remedy: expect.stringContaining('space') });
    expect(await store.conversations.get(id)).toMatchObject({ lastSeq: 0 });
    await sql`pragma max_page_count = 1000000`.execute(engine.database);
    expect(await append()).toMatchObject({ message: { seq: 1 } });
    await store.close();
  });

  it('[ST33] tells why a write failed also when the database has already ended the transaction', async () => {
    const engine = openSqlite(dataDir);
    const failing = engine.write(async (writing) => {
      await sql`rollback`.execute(writing);
      throw new Error('the disk is gone');
    });
    await expect(failing).rejects.toThrow('the disk is gone');
    await engine.close();
  });

  it('[ST35] refuses a database that a newer program has used', async () => {
    await (await open()).close();
    const raw = new DatabaseSync(file());
    raw.exec(`insert into schema_migration (number, name, applied_at) values (99, 'from-the-future', 1)`);
    raw.close();
    await expect(open()).rejects.toMatchObject({ code: 'store-newer', message: expect.stringContaining('99') });
  });

  it('[ST35] applies new steps only, and all of them or none', async () => {
    await (await open()).close();
    const engine = openSqlite(dataDir);
    const next = {
      number: MIGRATIONS.length + 1,
      name: 'next',
      statements: () => ['create table extra (id integer primary key)', 'no sql'],
    };
    await expect(runMigrations(engine, 2, [...MIGRATIONS, next])).rejects.toThrow();
    await runMigrations(engine, 3, [...MIGRATIONS, { ...next, statements: () => ['create table extra (id integer primary key)'] }]);
    await engine.close();
    await expect(open()).rejects.toMatchObject({ code: 'store-newer' });
  });

  it('[ST35] numbers its steps without gaps', () => {
    expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });

  it('[ST15] leaves no byte of a deleted conversation in its files', async () => {
    const store = await open();
    const { id } = await startConversation(store);
    const message = visitorMessage({ text: 'zanzibar '.repeat(800) });
    await store.conversations.append({ conversationId: id, message });
    const isOnDisk = () => readdirSync(dataDir).some((name) => readFileSync(join(dataDir, name)).includes('zanzibar'));
    expect(isOnDisk()).toBe(true);
    await store.conversations.delete(id);
    expect(isOnDisk()).toBe(false);
    await store.close();
  });

  it('[ST21] has the hash of a token on disk, never the token', async () => {
    const token = 'visitor-token-in-plain-text';
    const store = await open();
    await store.visitors.create({ id: 'vis_1', tokenHash: hashOf(token), createdAt: NOW });
    const contents = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name)));
    expect(contents.some((content) => content.includes(hashOf(token)))).toBe(true);
    expect(contents.some((content) => content.includes(token))).toBe(false);
    await store.close();
  });

  it('[ST36] a loop of writes leaves room for timers and sockets', async () => {
    const store = await open();
    const { id } = await startConversation(store);
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    for (let index = 0; index < 100; index += 1) await store.conversations.append({ conversationId: id, message: visitorMessage() });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
    await store.close();
  });

  it('[ST32] closes into a single file', async () => {
    const store = await open();
    await startConversation(store);
    await store.close();
    expect(existsSync(`${file()}-wal`)).toBe(false);
  });
});

describe('PostgreSQL', () => {
  const openUrl = (url: string) => openStore({ url, clock: systemClock, log: silentLog });

  it('[ST33] names host and database it cannot reach, never the password', async () => {
    const error: unknown = await openUrl('postgres://me:s3cret-pass@127.0.0.1:1/shop').catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'store-unreachable', message: expect.stringContaining('127.0.0.1:1/shop') });
    for (const url of ['postgres://me:s3cret-pass@bad host/shop', 's3cret-pass']) {
      const invalid: unknown = await openUrl(url).catch((cause: unknown) => cause);
      expect(invalid).toMatchObject({ code: 'store-unreachable' });
      expect(JSON.stringify(invalid, Object.getOwnPropertyNames(invalid))).not.toContain('s3cret');
    }
    expect(`${String(error)}${JSON.stringify(error, Object.getOwnPropertyNames(error))}`).not.toContain('s3cret');
  });
});

const server = await startPostgres();

describe.skipIf(server === undefined)('PostgreSQL, running', () => {
  it('[ST35] several processes that start at once migrate once', { timeout: 30_000 }, async () => {
    if (server === undefined) return;
    const house = await postgresHouses(server.url)();
    await house.store.ping();
    await house.close();
    await expect(openStore({ url: `${server.url}_missing`, clock: systemClock, log: silentLog })).rejects.toMatchObject({
      code: 'store-unreachable',
      message: expect.stringContaining('does not exist'),
    });
    await server.stop();
  });
});

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const START_MS = 20_000;
const STOP_MS = 10_000;

export interface TestPostgres {
  /** Superuser, trusted on 127.0.0.1, database `postgres`. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of its own on a free port, with everything in a temporary folder. It syncs to disk only
 * when it `isDurable`: that is slower, and needed only to measure or to test durability.
 *
 * @returns undefined on a machine without PostgreSQL, after saying so; with `CI=true` that is an error instead.
 */
export async function startPostgres({ isDurable = false } = {}): Promise<TestPostgres | undefined> {
  const binaries = findBinaries();
  if (binaries === undefined) return skipped('no PostgreSQL server in /usr/lib/postgresql/*/bin or PATH');
  const account = await serverAccount();
  if (account === 'none') return skipped('PostgreSQL refuses to run as root, and there is no user `postgres` to run it as');
  const folder = await mkdtemp(join(tmpdir(), 'stepdown-postgres-'));
  if (account !== undefined) await chown(folder, account.uid, account.gid);
  try {
    return await start({ binaries, folder, account, isDurable });
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    throw cause;
  }
}

interface Place {
  readonly binaries: string;
  readonly folder: string;
  readonly account: Account | undefined;
  readonly isDurable: boolean;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Debian keeps the server out of PATH, one folder per version; the newest is taken. */
function findBinaries(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((left, right) => Number(right) - Number(left)) : [];
  const folders = [...versions.map((version) => join(root, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** PostgreSQL does not run as root. Undefined: run as ourselves. */
async function serverAccount(): Promise<Account | 'none' | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = await readFile('/etc/passwd', 'utf8');
  const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(users) ?? [];
  return uid === undefined || gid === undefined ? 'none' : { uid: Number(uid), gid: Number(gid) };
}

function skipped(reason: string): undefined {
  const message = `SKIPPED: PostgreSQL tests (${reason}).`;
  if (process.env.CI === 'true') throw new Error(`${message} CI=true does not allow that.`);
  console.warn(message);
}

async function start({ binaries, folder, account, isDurable }: Place): Promise<TestPostgres> {
  const dataFolder = join(folder, 'data');
  const spawnOptions = { ...account, cwd: folder };
  const initialize = ['--pgdata', dataFolder, '--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'];
  await run(join(binaries, 'initdb'), initialize, spawnOptions);
  const port = await freePort();
  const fsync = isDurable ? 'on' : 'off';
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, fsync, max_connections: 60 };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(binaries, 'postgres'), ['-D', dataFolder, ...options], {
    ...spawnOptions,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: string[] = [];
  server.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  const ended = once(server, 'exit');
  // A test run that is stopped halfway must not leave a server behind.
  const killServer = () => server.kill('SIGKILL');
  process.once('exit', killServer);
  try {
    await untilReady(join(binaries, 'pg_isready'), port, { server, log });
  } catch (cause) {
    server.kill('SIGKILL');
    throw cause;
  }
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      // SIGINT: a fast shutdown, which does not wait for connections left open.
      server.kill('SIGINT');
      const late = setTimeout(() => server.kill('SIGKILL'), STOP_MS);
      await ended;
      process.off('exit', killServer);
      clearTimeout(late);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Starting {
  readonly server: ChildProcess;
  readonly log: readonly string[];
}

async function untilReady(pgIsReady: string, port: number, { server, log }: Starting): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && server.exitCode === null) {
    const isReady = await run(pgIsReady, ['-h', '127.0.0.1', '-p', String(port), '-q']).then(
      () => true,
      () => false,
    );
    if (isReady) return;
    await pause(50);
  }
  throw new Error(`PostgreSQL did not start:\n${log.join('')}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('A listening TCP server has a port.');
  return address.port;
}

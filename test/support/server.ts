import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root: string = fileURLToPath(new URL('../..', import.meta.url));

export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything the program has printed. */
  output(): string;
  /** Path token of the set-up link that was printed; undefined when there was none. */
  setUpToken(): string | undefined;
  /** Ends the process without a chance to tidy up. */
  kill(): Promise<void>;
  /** Ends the process as an operator would; resolves to its exit code. */
  stop(): Promise<number | null>;
}

export interface TestServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Kept between two servers, to restart on the same data. */
  readonly dataDir?: string;
  readonly port?: number;
}

const STARTED_WITHIN_MS = 20_000;

/** Starts the real program as its own process on a free port, with its own data folder. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'stepdown-data-'));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'apps/server/src/main.ts'], {
    cwd: root,
    env: { ...cleanEnvironment(), PORT: String(port), STEPDOWN_DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  process.once('exit', () => child.kill('SIGKILL'));
  const url = `http://localhost:${port}`;
  await untilReady(url, child, () => output);
  return {
    url,
    port,
    dataDir,
    pid: child.pid ?? 0,
    output: () => output,
    setUpToken: () => /#\/set-up\/([\w-]+)/.exec(output)?.[1],
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      const code = await exited;
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}

/** Starts the program expecting it to refuse; resolves to its exit code and what it said. */
export async function startAndFail(
  env: Readonly<Record<string, string>>,
  cwd: string = root,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(root, 'apps/server/src/main.ts')], {
    cwd,
    env: { ...cleanEnvironment(), LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), STARTED_WITHIN_MS);
  const code = await new Promise<number | null>((resolve) => child.once('exit', (exitCode) => resolve(exitCode)));
  clearTimeout(timer);
  return { code, output };
}

/** Keys of the developer who runs the tests must not reach a provider. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const names = Object.keys(process.env).filter(
    (name) => !/^(ANTHROPIC|OPENAI|STEPDOWN|DATABASE|REDIS|NODE_ENV|HOST|PORT|VITEST)/.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = performance.now() + STARTED_WITHIN_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`);
    const isReady = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    // The greeting comes last and names the set-up link.
    if (isReady && output().includes('Stepdown is running')) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  child.kill('SIGKILL');
  throw new Error(`The server was not ready in ${STARTED_WITHIN_MS} ms:\n${output()}`);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

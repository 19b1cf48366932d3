#!/usr/bin/env node
// The front door: `npm start`, `npm test`, … on any Node from 18 up, from a bare clone.
// Plain JavaScript without dependencies, because it runs before anything is installed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildStaleApps } from './build.mjs';
import { installIfStale } from './install.mjs';
import { findToolchain } from './toolchain.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Each command: which browser apps it needs built, and the program it becomes. */
const COMMANDS = {
  start: { apps: ['widget', 'console', 'demo'], program: ['apps/server/src/main.ts'] },
  test: { apps: ['widget', 'console', 'demo'], program: ['scripts/test.ts'] },
  check: { apps: ['widget', 'console'], program: ['scripts/check.ts'] },
  bench: { apps: [], program: ['test/bench/main.ts'] },
  drill: { apps: [], program: ['scripts/drill.ts'] },
  faq: { apps: [], program: ['packages/faq/src/cli.ts'] },
  prepare: { apps: ['widget', 'console', 'demo'], program: null },
};

async function main() {
  const [name = '', ...rest] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (command === undefined) {
    console.error(`Unknown command "${name}". Use one of: ${Object.keys(COMMANDS).join(', ')}.`);
    return 2;
  }
  const toolchain = await findToolchain(root);
  await installIfStale(root, toolchain);
  await buildStaleApps(root, toolchain, command.apps);
  if (command.program === null) return 0;
  return runProgram(toolchain, [...command.program, ...rest]);
}

function runProgram(toolchain, args) {
  const child = spawn(toolchain.node, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: toolchain.env,
  });
  // The terminal sends Ctrl-C to the whole group; others (a supervisor, a test) tell only this process.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => undefined);
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128 + 15)));
    child.on('error', (error) => {
      console.error(`Could not start ${toolchain.node}: ${error.message}`);
      resolve(1);
    });
  });
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(`\n${error.message}`);
    process.exit(1);
  },
);

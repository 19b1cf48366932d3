import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, isFresh, remember } from './stamp.mjs';

const SHARED = ['packages/client/src', 'packages/protocol/src', 'pnpm-lock.yaml', 'tsconfig.base.json', 'tsconfig.browser.json'];

/** Builds the browser apps whose sources have changed. Server code runs as written. */
export async function buildStaleApps(root, toolchain, apps) {
  for (const app of apps) {
    const folder = path.join(root, 'apps', app);
    if (!existsSync(path.join(folder, 'package.json'))) continue;
    const wanted = fingerprint(root, [`apps/${app}`, ...SHARED]);
    if (existsSync(path.join(folder, 'dist')) && isFresh(root, `build-${app}`, wanted)) continue;
    console.log(`Building the ${app} …`);
    await buildApp(folder, app, toolchain);
    remember(root, `build-${app}`, wanted);
  }
}

function buildApp(folder, app, toolchain) {
  const child = spawn(toolchain.pnpm, ['run', '--silent', 'build'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...toolchain.env, NODE_ENV: 'production' },
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`Could not build the ${app}: ${error.message}`)));
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`Building the ${app} failed:\n${output}`))));
  });
}

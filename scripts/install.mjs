import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, isFresh, remember } from './stamp.mjs';

/** Installs from the lockfile when it or a package.json has changed since the last time. */
export async function installIfStale(root, toolchain) {
  const manifests = ['apps', 'packages'].flatMap((folder) =>
    readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}/package.json`),
  );
  const wanted = fingerprint(root, ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]);
  if (existsSync(path.join(root, 'node_modules', '.pnpm')) && isFresh(root, 'install', wanted)) return;
  console.log('Installing dependencies …');
  await runPnpm(root, toolchain, ['install', '--frozen-lockfile', '--reporter=append-only']);
  remember(root, 'install', wanted);
}

function runPnpm(root, toolchain, args) {
  const child = spawn(toolchain.pnpm, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // With NODE_ENV=production pnpm would leave out what builds the browser apps.
    env: { ...toolchain.env, NODE_ENV: '' },
    shell: process.platform === 'win32',
  });
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`Could not run pnpm: ${error.message}`)));
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('pnpm install failed; its message is above.'))));
  });
}

// Finds Node 24 and pnpm 12, or brings them through npx and remembers where they landed.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NODE_MAJOR = 24;
const PNPM_MAJOR = 12;

/**
 * @param {string} root
 * @returns {Promise<{ node: string, pnpm: string, env: NodeJS.ProcessEnv }>} programs to run, and the environment that finds them
 */
export async function findToolchain(root) {
  const own = await ownToolchain();
  if (own !== undefined) return withEnvironment(own);
  const remembered = await rememberedToolchain(root);
  if (remembered !== undefined) return withEnvironment(remembered);
  return withEnvironment(await bringToolchain(root));
}

async function ownToolchain() {
  if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) return undefined;
  const pnpm = findOnPath('pnpm');
  if (pnpm === undefined || !(await isPnpm(process.execPath, pnpm))) return undefined;
  return { node: process.execPath, pnpm };
}

/** A path may have been cleaned away since it was written down, so it is tried before it is believed. */
async function rememberedToolchain(root) {
  try {
    const { node, pnpm } = JSON.parse(readFileSync(recordFile(root), 'utf8'));
    return existsSync(node) && existsSync(pnpm) ? { node, pnpm } : undefined;
  } catch {
    return undefined;
  }
}

async function bringToolchain(root) {
  console.log(`Bringing Node ${NODE_MAJOR} and pnpm ${PNPM_MAJOR} (once; nothing is installed outside npm's cache) …`);
  const script = `process.stdout.write(JSON.stringify({ node: process.execPath, path: process.env.PATH }))`;
  const packages = ['-y', '-p', `node@${NODE_MAJOR}`, '-p', `pnpm@${PNPM_MAJOR}`];
  const output = await capture('npx', [...packages, '-c', `node -e "${script.replaceAll('"', '\\"')}"`], root);
  const { node, path: searchPath } = JSON.parse(output);
  const pnpm = findOnPath('pnpm', searchPath);
  if (pnpm === undefined) throw new Error('npx brought no pnpm. Install it with "npm install --global pnpm@12" and try again.');
  mkdirSync(path.dirname(recordFile(root)), { recursive: true });
  writeFileSync(recordFile(root), JSON.stringify({ node, pnpm }));
  return { node, pnpm };
}

function capture(program, args, cwd) {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let output = '';
  let complaints = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', () => reject(new Error('npx was not found. Install Node.js with npm (https://nodejs.org) and try again.')));
    child.on('exit', (code) => {
      if (code === 0) resolve(output);
      else
        reject(
          new Error(`Could not bring Node ${NODE_MAJOR} and pnpm ${PNPM_MAJOR} with npx. Is the npm registry reachable?\n${complaints}`),
        );
    });
  });
}

function findOnPath(name, searchPath = process.env.PATH ?? '') {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  for (const folder of searchPath.split(path.delimiter)) {
    for (const candidate of names) {
      const file = path.join(folder, candidate);
      if (folder !== '' && existsSync(file)) return realpathSync(file);
    }
  }
  return undefined;
}

async function isPnpm(node, pnpm) {
  try {
    const { stdout } = await run(pnpm, ['--version'], {
      env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` },
    });
    return Number(stdout.split('.')[0]) === PNPM_MAJOR;
  } catch {
    return false;
  }
}

function withEnvironment({ node, pnpm }) {
  const folders = [path.dirname(node), path.dirname(pnpm)].join(path.delimiter);
  return { node, pnpm, env: { ...process.env, PATH: `${folders}${path.delimiter}${process.env.PATH}` } };
}

function recordFile(root) {
  return path.join(root, 'node_modules', '.cache', 'stepdown', 'toolchain.json');
}

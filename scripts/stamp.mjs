// Remembers what a step was last done for, so that unchanged things are not done again.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const IGNORED = new Set(['node_modules', 'dist', '.git']);

/** A fingerprint of all files below the given paths, by name and content. */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((each) => filesBelow(path.join(root, each))).sort()) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

export function isFresh(root, name, value) {
  const file = stampFile(root, name);
  return existsSync(file) && readFileSync(file, 'utf8') === value;
}

export function remember(root, name, value) {
  const file = stampFile(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, value);
}

function filesBelow(entry) {
  if (!existsSync(entry)) return [];
  if (!statSync(entry).isDirectory()) return [entry];
  return readdirSync(entry)
    .filter((name) => !IGNORED.has(name))
    .flatMap((name) => filesBelow(path.join(entry, name)));
}

function stampFile(root, name) {
  return path.join(root, 'node_modules', '.cache', 'stepdown', `${name}.stamp`);
}

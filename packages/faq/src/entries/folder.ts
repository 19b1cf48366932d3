import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { messageOf } from '@stepdown/kernel';
import type { FaqEntry } from '../types.ts';
import { parseEntry } from './parse-entry.ts';
import type { FaqProblem } from './problem.ts';

export interface FaqFolder {
  /** Entries that may be served now: valid, not expired, ids unique per locale; ordered by locale and id. */
  readonly entries: readonly FaqEntry[];
  readonly problems: readonly FaqProblem[];
}

/** The last good revision of a file and what is wrong with its present text. */
export interface FileState {
  readonly entry: FaqEntry | undefined;
  readonly problems: readonly FaqProblem[];
}

/** Reads all entries below a folder once. Throws only when the folder itself can't be read. */
export async function loadFaqFolder(dir: string, now: number = Date.now()): Promise<FaqFolder> {
  return assemble(await readStates(dir), now);
}

/** States of all files, by path relative to `dir`. */
export async function readStates(dir: string): Promise<Map<string, FileState>> {
  const states = new Map<string, FileState>();
  const files = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => relative(dir, join(file.parentPath, file.name)));
  for (const path of paths.filter(isEntryFile).sort()) {
    const state = await readState(dir, path, undefined);
    if (state !== undefined) states.set(path, state);
  }
  return states;
}

/** `<locale>/<slug>.md` and nothing deeper or above, so that a README beside the locales is no entry. */
export function isEntryFile(path: string): boolean {
  const pieces = path.split(sep);
  return (
    pieces.length === 2 &&
    path.endsWith('.md') &&
    !pieces.some((piece) => piece.startsWith('.') || piece.startsWith('_')) &&
    pieces[1] !== 'README.md'
  );
}

/** Reads one file; a broken text keeps the last good revision. Undefined when the file does not exist. */
export async function readState(dir: string, path: string, before: FileState | undefined): Promise<FileState | undefined> {
  try {
    const parsed = parseEntry(await readFile(join(dir, path), 'utf8'), path);
    if (parsed.ok) return { entry: parsed.value, problems: [] };
    return { entry: before?.entry, problems: parsed.error };
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    const problem: FaqProblem = {
      path,
      line: 1,
      reason: `the file can't be read: ${messageOf(cause)}`,
      remedy: 'check its permissions',
      severity: 'error',
    };
    return { entry: before?.entry, problems: [problem] };
  }
}

/** Live entries and all problems of a set of files. */
export function assemble(states: ReadonlyMap<string, FileState>, now: number): FaqFolder {
  const today = new Date(now).toISOString().slice(0, 10);
  const problems: FaqProblem[] = [];
  const entries: FaqEntry[] = [];
  const pathByKey = new Map<string, string>();
  for (const [path, state] of [...states].sort(([a], [b]) => (a < b ? -1 : 1))) {
    problems.push(...state.problems);
    if (state.entry === undefined) continue;
    const key = `${state.entry.locale.toLowerCase()}/${state.entry.id}`;
    const first = pathByKey.get(key);
    if (first !== undefined) {
      problems.push({
        path,
        line: 2,
        reason: `id ${state.entry.id} is already used by ${first}`,
        remedy: 'give one of the two another id',
        severity: 'error',
      });
      continue;
    }
    pathByKey.set(key, path);
    if (state.entry.expires !== undefined && state.entry.expires < today) {
      problems.push({
        path,
        line: 1,
        reason: `the entry expired on ${state.entry.expires}`,
        remedy: 'renew the date or delete the file',
        severity: 'warning',
      });
    } else entries.push(state.entry);
  }
  return { entries, problems };
}

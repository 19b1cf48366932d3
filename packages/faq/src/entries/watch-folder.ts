import { relative, resolve } from 'node:path';
import type { Log } from '@stepdown/kernel';
import { messageOf, silentLog } from '@stepdown/kernel';
import { watch } from 'chokidar';
import type { FaqEntry } from '../types.ts';
import type { FileState } from './folder.ts';
import { assemble, isEntryFile, readState, readStates } from './folder.ts';
import type { FaqProblem } from './problem.ts';
import { formatProblem } from './problem.ts';

export interface WatchFaqOptions {
  readonly dir: string;
  /** All live entries, at the start and after every change that alters them. */
  readonly onChange: (entries: readonly FaqEntry[]) => void;
  /** All present problems, at the start if there are any and whenever they change; an empty list means that all is well again. */
  readonly onProblem?: ((problems: readonly FaqProblem[]) => void) | undefined;
  /** State of every file by its path, at the start and after every change on disk: before `onChange` and `onProblem`. */
  readonly onFiles?: ((files: ReadonlyMap<string, FileState>) => void) | undefined;
  readonly log?: Log | undefined;
  readonly now?: (() => number) | undefined;
}

/** Editors write a file in several steps; changes this close together are one change (ms). */
const SETTLE_MS = 80;

/**
 * Keeps the entries of a folder live: a change on disk is published within a second, without polling. A broken file is named
 * and its last good revision stays. Resolves after the first load; the returned function stops watching.
 */
export async function watchFaqFolder(options: WatchFaqOptions): Promise<() => Promise<void>> {
  const dir = resolve(options.dir);
  const states = await readStates(dir);
  const publish = createPublisher(states, options);
  publish();
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let work = Promise.resolve();
  const note = (path: string): void => {
    const name = relative(dir, path);
    if (!isEntryFile(name)) return;
    changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const names = [...changed];
      changed.clear();
      work = work.then(() => refresh(dir, names, states)).then(publish);
    }, SETTLE_MS);
  };
  const watcher = watch(dir, { ignoreInitial: true, depth: 2 });
  // A deletion is noted like a change: many editors save by deleting and renaming, which must not lose the last good revision.
  watcher.on('add', note).on('change', note).on('unlink', note);
  watcher.on('error', (cause) => options.log?.error({ dir, cause: messageOf(cause) }, 'watching the FAQ folder failed'));
  await new Promise<void>((ready) => watcher.once('ready', () => ready()));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
    await work;
  };
}

async function refresh(dir: string, names: readonly string[], states: Map<string, FileState>): Promise<void> {
  for (const name of names) {
    const state = await readState(dir, name, states.get(name));
    if (state === undefined) states.delete(name);
    else states.set(name, state);
  }
}

function createPublisher(states: ReadonlyMap<string, FileState>, options: WatchFaqOptions): () => void {
  const log = options.log ?? silentLog;
  const now = options.now ?? Date.now;
  let lastEntries: string | undefined;
  let lastProblems = '[]';
  return () => {
    options.onFiles?.(states);
    const { entries, problems } = assemble(states, now());
    const entriesNow = JSON.stringify(entries);
    if (entriesNow !== lastEntries) {
      lastEntries = entriesNow;
      log.info({ entries: entries.length }, 'FAQ entries are live');
      options.onChange(entries);
    }
    const problemsNow = JSON.stringify(problems);
    if (problemsNow === lastProblems) return;
    lastProblems = problemsNow;
    for (const problem of problems) log.warn({ path: problem.path, line: problem.line }, formatProblem(problem));
    options.onProblem?.(problems);
  };
}

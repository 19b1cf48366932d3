import { type FaqEntry, type FaqProblem, type FileState, watchFaqFolder } from '@stepdown/faq';
import type { Log } from '@stepdown/kernel';
import type { FaqProblemView } from '@stepdown/protocol';
import { type CleanContent, cleanContent } from './clean-content.ts';
import { contentOfEntry, type EntryKey, keyOf } from './entry-content.ts';

/** The folder as it was read last: which file is which entry, and what is wrong. */
export interface FolderReading {
  readonly files: ReadonlyMap<string, ReadFile>;
  readonly problems: readonly FaqProblemView[];
}

export interface ReadFile {
  /** Undefined: broken since the start, so nobody knows yet whose file it is. */
  readonly key: EntryKey | undefined;
  readonly isBroken: boolean;
  readonly clean: CleanContent | undefined;
  /** The same object as long as the file has not been read again. */
  readonly state: FileState;
}

export interface FolderWatchOptions {
  readonly dir: string;
  readonly log: Log;
  readonly now: () => number;
  readonly onReading: (reading: FolderReading) => void;
}

/** Watches the folder and tells what stands in it, from the start. Returns what stops it. */
export async function watchFolder({ dir, log, now, onReading }: FolderWatchOptions): Promise<() => Promise<void>> {
  const cleaned = new WeakMap<FaqEntry, CleanContent>();
  const clean = (entry: FaqEntry): CleanContent => {
    const known = cleaned.get(entry) ?? cleanContent(contentOfEntry(entry));
    cleaned.set(entry, known);
    return known;
  };
  const tell = (states: ReadonlyMap<string, FileState>): void => {
    const files = new Map([...states].map(([path, state]) => [path, readFile(state, clean)]));
    onReading({ files, problems: [...states.values()].flatMap(({ problems }) => problems.map(problemView)) });
  };
  return watchFaqFolder({ dir, log, now, onFiles: tell, onChange: () => undefined });
}

function readFile(state: FileState, clean: (entry: FaqEntry) => CleanContent): ReadFile {
  const { entry, problems } = state;
  const isBroken = problems.some(({ severity }) => severity === 'error');
  if (entry === undefined) return { key: undefined, isBroken: true, clean: undefined, state };
  return { key: { entryId: entry.id, locale: entry.locale }, isBroken, clean: clean(entry), state };
}

function problemView({ path, line, reason, remedy, severity }: FaqProblem): FaqProblemView {
  return { path, line, reason, remedy, severity };
}

/** Problems that only show between files: the same entry twice, or text that was taken over with a warning. */
export function problemsBetween(files: ReadonlyMap<string, ReadFile>): FaqProblemView[] {
  const firstByKey = new Map<string, string>();
  return [...files].sort(byPath).flatMap(([path, file]): FaqProblemView[] => {
    if (file.key === undefined) return [];
    const first = firstByKey.get(keyOf(file.key));
    if (first === undefined) firstByKey.set(keyOf(file.key), path);
    else {
      const reason = `id ${file.key.entryId} is already used by ${first}`;
      return [{ path, line: 2, reason, remedy: 'give one of the two another id', severity: 'error' }];
    }
    if (file.isBroken) return [];
    return (file.clean?.warnings ?? []).map(({ message, field }) => ({
      path,
      line: 1,
      reason: `${field}: ${message}`,
      remedy: 'look at it in the console or correct the file',
      severity: 'warning',
    }));
  });
}

function byPath([first]: readonly [string, unknown], [second]: readonly [string, unknown]): number {
  return first < second ? -1 : 1;
}

/** The first file of each entry. */
export function filesByKey(files: ReadonlyMap<string, ReadFile>): Map<string, { readonly path: string; readonly file: ReadFile }> {
  const byKey = new Map<string, { path: string; file: ReadFile }>();
  for (const [path, file] of [...files].sort(byPath)) {
    if (file.key !== undefined && !byKey.has(keyOf(file.key))) byKey.set(keyOf(file.key), { path, file });
  }
  return byKey;
}

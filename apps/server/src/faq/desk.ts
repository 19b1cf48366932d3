import { hostname } from 'node:os';
import path from 'node:path';
import type { FaqEntry } from '@stepdown/faq';
import type { Clock, Log, NewId } from '@stepdown/kernel';
import type { FaqProblemView } from '@stepdown/protocol';
import type { Store } from '@stepdown/store';
import { type DeskFolderPorts, reconcileEntries } from './desk-folder.ts';
import { deskProblems } from './desk-problems.ts';
import { createDeskState, type DeskEntry, type DeskFile, type DeskState, liveEntries } from './desk-state.ts';
import { keyOf } from './entry-content.ts';
import { createFolderFiles } from './folder-files.ts';
import { type FolderReading, filesByKey, type ReadFile, watchFolder } from './folder-watch.ts';
import { createQueue } from './queue.ts';

/** Other processes' changes are looked for this often; only where there can be other processes. */
const POLL_MS = 700;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface FaqDeskOptions {
  readonly dir: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Told at the start and whenever what visitors get has changed. */
  readonly onLive: (entries: readonly FaqEntry[]) => void;
}

/** The FAQ with its files and revisions, in step. */
export interface FaqDesk extends Pick<FaqDeskOptions, 'store' | 'clock' | 'newId' | 'log'> {
  readonly state: DeskState;
  readonly problems: readonly FaqProblemView[];
  readonly live: readonly FaqEntry[];
  /** Runs alone; afterwards folder and store are brought together for the entries that were touched, and live follows. */
  change<Value>(work: (touch: (entry: DeskEntry) => void) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

/** Opens the desk: after this the store knows every file of the folder, and the folder what was published meanwhile. */
export async function openFaqDesk(options: FaqDeskOptions): Promise<FaqDesk> {
  const { store, clock, newId, log } = options;
  const state = createDeskState();
  const dir = path.resolve(options.dir);
  const folder = `${hostname()}:${dir}`;
  const ports: DeskFolderPorts = { store, state, files: createFolderFiles(dir), folder, dir, newId, now: () => clock.now(), log };
  const queue = createQueue();
  let reading: FolderReading = { files: new Map(), problems: [] };
  let isFolderGone = false;
  let live: readonly FaqEntry[] = [];
  let liveText = '';
  let version = '';

  function publishLive(): void {
    const entries = liveEntries(state, clock.now());
    const text = entries.map(({ id, locale }) => `${locale}/${id}@${state.find({ entryId: id, locale })?.standing?.id}`).join('\n');
    if (text === liveText) return;
    [live, liveText] = [entries, text];
    options.onLive(entries);
  }

  async function reconcileTouched(touched: ReadonlySet<DeskEntry>, pass = { isAtStart: false, isNewFolder: false }): Promise<void> {
    // Into a folder that has gone nothing is written: one new file in it would look as if all others had been deleted.
    if (touched.size > 0 && !isFolderGone) {
      if (!pass.isAtStart) for (const entry of touched) await readAgain(ports, entry);
      await reconcileEntries(ports, [...touched], pass);
    }
    publishLive();
  }

  /** Entries whose files were read anew since the last look. */
  function takeOver(next: FolderReading): ReadonlySet<DeskEntry> {
    const before = reading.files;
    reading = next;
    isFolderGone = next.files.size === 0 && [...state.entries.values()].filter(({ known }) => known !== undefined).length > 1;
    return isFolderGone ? new Set() : changedEntries(state, before, next.files);
  }

  async function load(): Promise<readonly string[]> {
    version = await store.faqRevisions.version();
    const news = state.load(await store.faqRevisions.standing());
    for (const entry of state.entries.values()) entry.conflict = undefined;
    for (const conflict of await store.faqConflicts.listOpen()) state.of(conflict).conflict = conflict;
    return news;
  }

  async function start(): Promise<() => Promise<void>> {
    await load();
    const known = await store.faqFiles.list(folder);
    for (const record of known) state.of(record).known = record;
    let isStarted = false;
    let first: FolderReading = reading;
    const stop = await watchFolder({
      dir,
      log,
      now: () => clock.now(),
      onReading: (next) => {
        if (isStarted) void queue.run(() => reconcileTouched(takeOver(next))).catch(logFailure(log));
        else first = next;
      },
    });
    isStarted = true;
    takeOver(first);
    if (!isFolderGone) await reconcileTouched(new Set(state.entries.values()), { isAtStart: true, isNewFolder: known.length === 0 });
    else publishLive();
    return stop;
  }

  async function look(): Promise<void> {
    if ((await store.faqRevisions.version()) === version) return;
    const news = await load();
    await reconcileTouched(new Set(news.flatMap((name) => state.entries.get(name) ?? [])));
  }

  const stopWatching = await queue.run(start);
  const poll =
    store.kind === 'postgres'
      ? every(
          clock,
          () => POLL_MS,
          () => queue.run(look).catch(logFailure(log)),
        )
      : undefined;
  // Entries expire at midnight, and files that could not be written are tried again.
  const hourly = every(
    clock,
    () => untilNextLook(clock.now()),
    () => queue.run(() => reconcileTouched(unwritten(state))).catch(logFailure(log)),
  );

  return {
    store,
    clock,
    newId,
    log,
    state,
    get live() {
      return live;
    },
    get problems() {
      return deskProblems({ reading, state, isFolderGone, now: clock.now() });
    },
    change: (work) =>
      queue.run(async () => {
        const touched = new Set<DeskEntry>();
        const value = await work((entry) => touched.add(entry));
        // Visitors first, the disk after.
        publishLive();
        await reconcileTouched(touched);
        version = await store.faqRevisions.version();
        return value;
      }),
    async close() {
      poll?.();
      hourly();
      await stopWatching();
      await queue.run(async () => undefined);
    },
  };
}

/** What the watcher has read may be older than what this process has written since; the disk itself is not. */
async function readAgain({ files }: DeskFolderPorts, entry: DeskEntry): Promise<void> {
  const path = entry.file?.path ?? entry.known?.path;
  if (path === undefined) return;
  const found = await files.read(path);
  if (found.kind === 'missing') entry.file = undefined;
  else if (found.kind !== 'entry') entry.file = { path, content: undefined };
  else if (keyOf({ entryId: found.entry.id, locale: found.entry.locale }) === keyOf(entry.key))
    entry.file = { path, content: found.content };
  else entry.file = undefined;
}

/** Gives every entry that a changed, new or deleted file belongs to what its file says now. */
function changedEntries(
  state: DeskState,
  before: ReadonlyMap<string, ReadFile>,
  files: ReadonlyMap<string, ReadFile>,
): ReadonlySet<DeskEntry> {
  const paths = new Set([...before.keys(), ...files.keys()].filter((each) => before.get(each)?.state !== files.get(each)?.state));
  const fresh = [...paths].flatMap((each) => files.get(each)?.key ?? []).map((key) => state.of(key));
  const owners = [...state.entries.values()].filter(({ file, known }) => paths.has(file?.path ?? '') || paths.has(known?.path ?? ''));
  const changed = new Set([...fresh, ...owners]);
  const byKey = filesByKey(files);
  for (const entry of changed) entry.file = fileOf(entry, byKey.get(keyOf(entry.key)), files);
  return changed;
}

function fileOf(
  entry: DeskEntry,
  found: { readonly path: string; readonly file: ReadFile } | undefined,
  files: ReadonlyMap<string, ReadFile>,
): DeskFile | undefined {
  if (found !== undefined) return { path: found.path, content: found.file.isBroken ? undefined : found.file.clean?.content };
  // Broken since the start: whose file it is, only its path tells.
  const path = entry.known?.path;
  const isBroken = path !== undefined && files.has(path) && files.get(path)?.key === undefined;
  return isBroken ? { path, content: undefined } : undefined;
}

function unwritten(state: DeskState): ReadonlySet<DeskEntry> {
  return new Set([...state.entries.values()].filter(({ writeProblem }) => writeProblem !== undefined));
}

function logFailure(log: Log): (cause: unknown) => void {
  return (cause) => log.error({ cause }, 'FAQ folder and store could not be brought together; the last good entries stay live.');
}

/** At the latest in an hour; at midnight (UTC) for what expires with the day. */
function untilNextLook(now: number): number {
  return Math.min(HOUR_MS, DAY_MS - (now % DAY_MS) + 1);
}

function every(clock: Clock, periodMs: () => number, work: () => Promise<unknown>): () => void {
  let timer = clock.setTimeout(run, periodMs());
  let isStopped = false;
  function run(): void {
    void work().finally(() => {
      if (!isStopped) timer = clock.setTimeout(run, periodMs());
    });
  }
  return () => {
    isStopped = true;
    clock.clearTimeout(timer);
  };
}

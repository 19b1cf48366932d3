import { err, ok, type Result } from '@stepdown/kernel';
import type { FaqContent, FaqWarning } from '@stepdown/protocol';
import type { FaqRevision, FaqRevisionStatus } from '@stepdown/store';
import { cleanContent } from './clean-content.ts';
import type { FaqDesk } from './desk.ts';
import { contentOf, type DeskEntry, isoDay } from './desk-state.ts';
import { dated, type EntryKey, pathOfKey, plainContent } from './entry-content.ts';

export interface Saved {
  readonly revision: FaqRevision;
  readonly warnings: readonly FaqWarning[];
  readonly file: { readonly path: string; readonly isWritten: boolean; readonly problem: string | null } | null;
}

/** Nothing was written. `conflict`: somebody else saved first, `latest` is theirs. */
export type SaveRefusal =
  | { readonly kind: 'conflict'; readonly latest: FaqRevision | undefined }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'nothing-to-undo' };

export interface SaveCommand {
  readonly key: EntryKey;
  readonly baseRevision: number;
  readonly content: FaqContent;
  readonly status: 'draft' | 'published';
  readonly author: string;
}

/** Saves a draft, or publishes: live at once, then on disk. */
export async function saveEntry(desk: FaqDesk, command: SaveCommand): Promise<Result<Saved, SaveRefusal>> {
  const { content, warnings } = cleanContent(command.content);
  const updated = command.status === 'published' ? { ...content, updated: isoDay(desk.clock.now()) } : content;
  const result = await append(desk, { ...command, content: updated });
  return result.ok ? ok({ ...result.value, warnings }) : result;
}

export interface UndoCommand {
  readonly key: EntryKey;
  readonly baseRevision: number;
  readonly toRevision: number | undefined;
  readonly author: string;
}

const UNDO_REACH = 200;

/** Undo adds a revision with an older text; history is never rewritten. */
export async function undoEntry(desk: FaqDesk, command: UndoCommand): Promise<Result<Saved, SaveRefusal>> {
  const { key, author, baseRevision } = command;
  const history = await desk.store.faqRevisions.history(key.entryId, key.locale, UNDO_REACH);
  if (history.length === 0) return err({ kind: 'unknown' });
  const target = undoTarget(history, command.toRevision);
  if (target === undefined) return err({ kind: 'nothing-to-undo' });
  return append(desk, { key, author, baseRevision, content: plainContent(contentOf(target)), status: 'published' });
}

function undoTarget(history: readonly FaqRevision[], toRevision: number | undefined): FaqRevision | undefined {
  if (toRevision !== undefined) return history.find(({ revision }) => revision === toRevision);
  const [standing] = history.filter(({ status }) => status !== 'draft');
  const published = history.filter(({ status }) => status === 'published');
  if (standing?.status === 'archived') return published[0];
  return published.find(({ content }) => JSON.stringify(textOf(content)) !== JSON.stringify(textOf(standing?.content ?? '{}')));
}

/** Publishing the same text again is no step to go back to. */
function textOf(json: string): object {
  const {
    meaningfulAt: _meaning,
    reviewedAt: _review,
    fromFolder: _folder,
    updated: _updated,
    ...text
  }: Record<string, unknown> = JSON.parse(json);
  return text;
}

/** Archives locales of an entry, or all: offline at once, its files removed, brought back by undo. */
export async function archiveEntry(
  desk: FaqDesk,
  command: {
    readonly entryId: string;
    readonly locale: string | undefined;
    readonly baseRevision: number | undefined;
    readonly author: string;
  },
): Promise<Result<readonly FaqRevision[], SaveRefusal>> {
  return desk.change(async (touch) => {
    const all = desk.state.localesOf(command.entryId);
    const meant = command.locale === undefined ? all : all.filter(({ key }) => key.locale === command.locale);
    const entries = meant.filter(({ latest }) => latest !== undefined && latest.status !== 'archived');
    if (meant.length === 0) return err({ kind: 'unknown' } as const);
    const archived: FaqRevision[] = [];
    for (const entry of entries) {
      const baseRevision = command.baseRevision ?? entry.latest?.revision ?? 0;
      const content = (entry.standing ?? entry.latest)?.content ?? '{}';
      const result = await appendRaw(desk, { key: entry.key, content, status: 'archived', author: command.author, baseRevision });
      if (result.kind === 'conflict') return err(result);
      touch(desk.state.added(result.revision));
      archived.push(result.revision);
    }
    return ok(archived);
  });
}

export interface ResolveCommand {
  readonly conflictId: string;
  readonly choice: 'file' | 'store' | 'merged';
  readonly content: FaqContent | undefined;
  readonly baseRevision: number;
  readonly author: string;
}

/** Ends a conflict with one of the two texts, or a third; the others stay in the history. */
export async function resolveConflict(desk: FaqDesk, command: ResolveCommand): Promise<Result<Saved, SaveRefusal>> {
  const entry = [...desk.state.entries.values()].find(({ conflict }) => conflict?.id === command.conflictId);
  const conflict = entry?.conflict;
  if (entry === undefined || conflict === undefined) return err({ kind: 'unknown' });
  const side = await desk.store.faqRevisions.history(conflict.entryId, conflict.locale, UNDO_REACH);
  const store = side.find(({ revision }) => revision === conflict.storeRevision) ?? entry.standing;
  // Written by this server only, from a plain content.
  const file: FaqContent = JSON.parse(conflict.fileContent);
  const chosen = command.choice === 'file' ? file : command.choice === 'merged' ? command.content : store && contentOf(store);
  if (chosen === undefined) return err({ kind: 'unknown' });
  const { content, warnings } = cleanContent(chosen);
  const save = { key: entry.key, content: plainContent(content), status: 'published', author: command.author } as const;
  const result = await append(desk, { ...save, baseRevision: command.baseRevision }, async () => {
    const resolution = { by: command.author, choice: command.choice, at: desk.clock.now() };
    await desk.store.faqConflicts.resolve(conflict.id, resolution);
    // What stands in the file has been seen by the one who decided; it may be replaced now.
    entry.conflict = undefined;
    if (entry.known !== undefined) entry.known = { ...entry.known, content: conflict.fileContent };
    else if (entry.file !== undefined) entry.known = seenFile(desk, entry, conflict.fileContent);
  });
  return result.ok ? ok({ ...result.value, warnings }) : result;
}

function seenFile(desk: FaqDesk, entry: DeskEntry, content: string): NonNullable<DeskEntry['known']> {
  return { ...entry.key, folder: '', path: entry.file?.path ?? pathOfKey(entry.key), content, revision: 0, at: desk.clock.now() };
}

interface Append {
  readonly key: EntryKey;
  readonly baseRevision: number;
  readonly content: FaqContent;
  readonly status: 'draft' | 'published';
  readonly author: string;
}

async function append(desk: FaqDesk, command: Append, afterwards?: () => Promise<void>): Promise<Result<Saved, SaveRefusal>> {
  const result = await desk.change(async (touch) => {
    const { key, author, baseRevision, status } = command;
    const before = desk.state.find(key)?.standing;
    const content = JSON.stringify(dated(command.content, before && contentOf(before), desk.clock.now()));
    const appended = await appendRaw(desk, { key, content, status, author, baseRevision });
    if (appended.kind === 'conflict') return appended;
    const entry = desk.state.added(appended.revision);
    await afterwards?.();
    if (status === 'published') touch(entry);
    return { kind: 'appended', entry, revision: appended.revision } as const;
  });
  if (result.kind === 'conflict') return err(result);
  return ok({ revision: result.revision, warnings: [], file: command.status === 'draft' ? null : fileOf(result.entry) });
}

interface RawAppend {
  readonly key: EntryKey;
  readonly content: string;
  readonly status: FaqRevisionStatus;
  readonly author: string;
  readonly baseRevision: number;
}

function appendRaw(desk: FaqDesk, { key, ...revision }: RawAppend) {
  return desk.store.faqRevisions.append({ ...key, ...revision, id: desk.newId('rev'), at: desk.clock.now() });
}

function fileOf(entry: DeskEntry): Saved['file'] {
  const path = entry.file?.path ?? pathOfKey(entry.key);
  const isWritten = entry.known?.revision === entry.standing?.revision;
  if (isWritten) return { path, isWritten, problem: null };
  const isConflict = entry.conflict?.kind === 'published';
  const problem = isConflict
    ? 'the file holds another text; see the conflict'
    : (entry.writeProblem ?? 'the file or its folder is not usable now; it is written when it is');
  return { path, isWritten, problem };
}

import { type FaqEntry, pathOfEntry } from '@stepdown/faq';
import type { Log, NewId } from '@stepdown/kernel';
import type { FaqContent } from '@stepdown/protocol';
import type { FaqRevision, NewFaqRevision, Store } from '@stepdown/store';
import { contentOf, type DeskEntry, type DeskState, draftOf } from './desk-state.ts';
import { dated, datedByFile, entryOf, isSameContent, keyOf, plainContent } from './entry-content.ts';
import type { FileReading, FolderFiles } from './folder-files.ts';
import { type Comparison, type Origin, type Reconciliation, reconcile } from './reconcile.ts';

export const FILE_AUTHOR = 'file';
/** Revisions that are looked through to recognise an old text. */
const OLD_TEXTS = 50;

export interface DeskFolderPorts {
  readonly store: Pick<Store, 'faqRevisions' | 'faqFiles' | 'faqConflicts'>;
  readonly state: DeskState;
  readonly files: FolderFiles;
  /** Names the folder on its machine. */
  readonly folder: string;
  /** Its path alone, the same on every machine of an installation. */
  readonly dir: string;
  readonly newId: NewId;
  readonly now: () => number;
  readonly log: Log;
}

export interface FolderPass {
  readonly isAtStart: boolean;
  readonly isNewFolder: boolean;
}

/** Brings store and folder together for these entries. Not to be run twice at the same time. */
export async function reconcileEntries(ports: DeskFolderPorts, entries: readonly DeskEntry[], pass: FolderPass): Promise<void> {
  const adopting: DeskEntry[] = [];
  const agreeing: DeskEntry[] = [];
  for (const entry of entries) {
    const decision = reconcile(await comparisonOf(ports, entry, pass));
    if (decision === 'adopt') adopting.push(entry);
    else if (decision === 'agree') agreeing.push(entry);
    else await carryOut(ports, entry, decision);
  }
  await adopt(ports, adopting, pass);
  await agree(ports, agreeing);
}

async function comparisonOf(ports: DeskFolderPorts, entry: DeskEntry, pass: FolderPass): Promise<Comparison> {
  const { file, known, standing, conflict } = entry;
  const standingContent = standing && plainContent(contentOf(standing));
  const fileContent = file === undefined ? 'missing' : (file.content ?? 'broken');
  const mayBeOld = typeof fileContent === 'object' && standing !== undefined && standing.author !== FILE_AUTHOR;
  const isOther = standing?.status === 'archived' || JSON.stringify(fileContent) !== JSON.stringify(standingContent);
  const isAsked = mayBeOld && isOther && (known === undefined || pass.isAtStart);
  return {
    ...pass,
    file: fileContent,
    known: known && { content: knownContent(known.content), revision: known.revision },
    standing:
      standing === undefined || standingContent === undefined
        ? undefined
        : {
            content: standingContent,
            revision: standing.revision,
            isArchived: standing.status === 'archived',
            origin: originOf(ports, standing),
          },
    hasConflict: conflict?.kind === 'published',
    isOldText: isAsked && typeof fileContent === 'object' && (await isOldText(ports, standing, fileContent)),
  };
}

function originOf({ dir }: DeskFolderPorts, standing: FaqRevision): Origin {
  if (standing.author !== FILE_AUTHOR) return 'editor';
  return contentOf(standing).fromFolder === dir ? 'this-folder' : 'other-folder';
}

/** `faq_file.content` is written by this module only, from a plain content. */
function knownContent(json: string): FaqContent {
  return JSON.parse(json) as FaqContent;
}

async function isOldText({ store }: DeskFolderPorts, standing: FaqRevision, content: FaqContent): Promise<boolean> {
  const history = await store.faqRevisions.history(standing.entryId, standing.locale, OLD_TEXTS);
  return history.some((each) => each.revision < standing.revision && isSameContent(contentOf(each), content));
}

async function carryOut(ports: DeskFolderPorts, entry: DeskEntry, decision: Exclude<Reconciliation, 'adopt' | 'agree'>): Promise<void> {
  if (decision === 'write') await writeFile(ports, entry);
  if (decision === 'remove-file') await removeFile(ports, entry);
  if (decision === 'archive') await archiveDeleted(ports, entry);
  if (decision === 'conflict') await recordConflict(ports, entry, 'published');
  if (decision === 'nothing' && entry.file === undefined) await forgetFile(ports, entry);
}

async function adopt(ports: DeskFolderPorts, entries: readonly DeskEntry[], pass: FolderPass): Promise<void> {
  const drafts = entries.map(draftOf);
  const revisions = entries.map((entry) => adoptedRevision(ports, entry));
  const results = revisions.length === 0 ? [] : await ports.store.faqRevisions.appendAll(revisions);
  const adopted: DeskEntry[] = [];
  for (const [index, result] of results.entries()) {
    const [entry, draft] = [entries[index], drafts[index]];
    if (entry === undefined) continue;
    if (result.kind === 'conflict') {
      // Another process was faster: decide again on what is true now.
      await refresh(ports, entry);
      await reconcileEntries(ports, [entry], pass);
      continue;
    }
    ports.state.added(result.revision);
    adopted.push(entry);
    const isOtherDraft = draft !== undefined && entry.file?.content !== undefined && !isSameContent(contentOf(draft), entry.file.content);
    if (isOtherDraft) await recordConflict(ports, entry, 'draft', draft);
  }
  await agree(ports, adopted);
}

async function refresh({ store, state }: DeskFolderPorts, entry: DeskEntry): Promise<void> {
  const history = await store.faqRevisions.history(entry.key.entryId, entry.key.locale, OLD_TEXTS);
  const [latest] = history;
  if (latest !== undefined) state.load([{ latest, standing: history.find(({ status }) => status !== 'draft') }]);
}

function adoptedRevision({ newId, now, dir }: DeskFolderPorts, entry: DeskEntry): NewFaqRevision {
  const { file, standing, latest, key } = entry;
  if (file?.content === undefined) throw new RangeError('Only a file with a text can be adopted.');
  const content = standing === undefined ? datedByFile(file.content, now()) : dated(file.content, contentOf(standing), now());
  return {
    ...key,
    id: newId('rev'),
    status: 'published',
    content: JSON.stringify({ ...content, fromFolder: dir }),
    author: FILE_AUTHOR,
    at: now(),
    baseRevision: latest?.revision ?? 0,
  };
}

/** Notes that file and store say the same, which settles a conflict between them. */
async function agree({ store, folder, now }: DeskFolderPorts, entries: readonly DeskEntry[]): Promise<void> {
  const news = entries.filter(({ file, known, standing }) => known?.revision !== standing?.revision || known?.path !== file?.path);
  const records = news.flatMap(({ key, file, standing }) => {
    if (file?.content === undefined || standing === undefined) return [];
    const content = JSON.stringify(plainContent(contentOf(standing)));
    return [{ ...key, folder, path: file.path, content, revision: standing.revision, at: now() }];
  });
  await store.faqFiles.putAll(records);
  for (const [index, record] of records.entries()) {
    const entry = news[index];
    if (entry !== undefined) entry.known = record;
  }
  for (const entry of entries) {
    entry.writeProblem = undefined;
    if (entry.conflict?.kind !== 'published') continue;
    await store.faqConflicts.resolve(entry.conflict.id, { by: FILE_AUTHOR, choice: 'agreed', at: now() });
    entry.conflict = undefined;
  }
}

async function writeFile(ports: DeskFolderPorts, entry: DeskEntry): Promise<void> {
  const { standing, known } = entry;
  if (standing === undefined) return;
  const faqEntry = entryOf(entry.key, contentOf(standing));
  const path = entry.file?.path ?? known?.path ?? freePath(ports.state, faqEntry);
  const result = await ports.files.write(path, faqEntry, known && knownContent(known.content));
  if (result.kind === 'written') {
    entry.file = { path, content: plainContent(contentOf(standing)) };
    await agree(ports, [entry]);
  } else if (result.kind === 'failed') {
    entry.writeProblem = result.reason;
    ports.log.warn({ path, cause: result.reason }, 'What was published is live, but could not be written to the FAQ folder.');
  } else await meetOtherText(ports, entry, path, result.found);
}

async function meetOtherText(ports: DeskFolderPorts, entry: DeskEntry, path: string, found: FileReading): Promise<void> {
  if (found.kind !== 'entry') {
    entry.writeProblem = 'the file there is broken or not readable, and was not overwritten';
    return;
  }
  if (keyOf({ entryId: found.entry.id, locale: found.entry.locale }) !== keyOf(entry.key)) {
    entry.writeProblem = `the file there holds another entry (${found.entry.id}), and was not overwritten`;
    return;
  }
  entry.file = { path, content: found.content };
  await recordConflict(ports, entry, 'published');
}

/** `<locale>/<id>.md`, or with a number where another entry has that file. */
function freePath(state: DeskState, entry: FaqEntry): string {
  const taken = new Set([...state.entries.values()].map(({ file }) => file?.path));
  const wanted = pathOfEntry(entry);
  for (let count = 1; ; count += 1) {
    const path = count === 1 ? wanted : wanted.replace(/\.md$/, `-${count}.md`);
    if (!taken.has(path)) return path;
  }
}

async function removeFile(ports: DeskFolderPorts, entry: DeskEntry): Promise<void> {
  const { file, known } = entry;
  if (file === undefined) return;
  const result = await ports.files.remove(file.path, file.content ?? (known && knownContent(known.content)));
  if (result.kind === 'failed') {
    entry.writeProblem = result.reason;
    return;
  }
  if (result.kind === 'changed') return;
  entry.file = undefined;
  await forgetFile(ports, entry);
}

async function forgetFile({ store, folder }: DeskFolderPorts, entry: DeskEntry): Promise<void> {
  if (entry.known === undefined) return;
  await store.faqFiles.remove(folder, entry.key.entryId, entry.key.locale);
  entry.known = undefined;
  entry.writeProblem = undefined;
}

async function archiveDeleted(ports: DeskFolderPorts, entry: DeskEntry): Promise<void> {
  const { standing, latest } = entry;
  if (standing === undefined || latest === undefined) return;
  const { newId, now, store, state, log, dir } = ports;
  const result = await store.faqRevisions.append({
    ...entry.key,
    id: newId('rev'),
    status: 'archived',
    content: JSON.stringify({ ...contentOf(standing), fromFolder: dir }),
    author: FILE_AUTHOR,
    at: now(),
    baseRevision: latest.revision,
  });
  if (result.kind === 'conflict') return;
  state.added(result.revision);
  await forgetFile(ports, entry);
  log.info({ entry: keyOf(entry.key) }, 'An FAQ file was deleted; its entry is archived and can be brought back.');
}

async function recordConflict(ports: DeskFolderPorts, entry: DeskEntry, kind: 'published' | 'draft', side = entry.standing): Promise<void> {
  const { file, known, conflict } = entry;
  if (file?.content === undefined || side === undefined) return;
  const fileContent = JSON.stringify(file.content);
  if (conflict?.fileContent === fileContent && conflict.storeRevision === side.revision) return;
  entry.conflict = await ports.store.faqConflicts.record({
    ...entry.key,
    id: ports.newId('evt'),
    path: file.path,
    kind,
    baseRevision: kind === 'draft' ? side.baseRevision : (known?.revision ?? 0),
    storeRevision: side.revision,
    fileContent,
    at: ports.now(),
  });
  ports.log.warn({ path: file.path, kind }, 'An FAQ file and the console were changed apart from each other; both texts are kept.');
}

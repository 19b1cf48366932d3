import type { FaqProblemView } from '@stepdown/protocol';
import { contentOf, type DeskEntry, type DeskState, isExpired } from './desk-state.ts';
import { pathOfKey } from './entry-content.ts';
import { type FolderReading, problemsBetween } from './folder-watch.ts';

export interface ProblemsInput {
  readonly reading: FolderReading;
  readonly state: DeskState;
  readonly isFolderGone: boolean;
  readonly now: number;
}

/** Everything an editor should look at, worst first. */
export function deskProblems({ reading, state, isFolderGone, now }: ProblemsInput): FaqProblemView[] {
  const entries = [...state.entries.values()];
  const problems = [
    ...(isFolderGone ? [FOLDER_GONE] : []),
    ...reading.problems,
    ...problemsBetween(reading.files),
    ...entries.flatMap((entry) => [...unwritten(entry), ...conflicted(entry), ...expired(entry, now), ...leftBehind(entry)]),
  ];
  return problems.sort((first, second) => Number(first.severity === 'warning') - Number(second.severity === 'warning'));
}

const FOLDER_GONE: FaqProblemView = {
  path: '.',
  line: 1,
  reason: 'all FAQ files are gone at once; the last good entries stay live',
  remedy: 'bring the folder back, or archive the entries in the console if that is meant',
  severity: 'error',
};

function unwritten(entry: DeskEntry): FaqProblemView[] {
  if (entry.writeProblem === undefined) return [];
  const reason = `what was published is live, but not on disk: ${entry.writeProblem}`;
  const remedy = 'give the server write permission on the FAQ folder, or export the entry';
  return [{ path: entry.file?.path ?? pathOfKey(entry.key), line: 1, reason, remedy, severity: 'error' }];
}

function conflicted({ conflict }: DeskEntry): FaqProblemView[] {
  if (conflict === undefined) return [];
  const reason =
    conflict.kind === 'published'
      ? 'the file and the console were changed apart from each other; visitors get the text of the console'
      : 'the file was changed while a draft was waiting; visitors get the text of the file';
  return [{ path: conflict.path, line: 1, reason, remedy: 'choose one of the two texts, or merge them', severity: 'error' }];
}

function expired(entry: DeskEntry, now: number): FaqProblemView[] {
  if (entry.standing?.status !== 'published') return [];
  const content = contentOf(entry.standing);
  if (!isExpired(content, now)) return [];
  const reason = `the entry expired on ${content.expires} and is offline`;
  const path = entry.file?.path ?? pathOfKey(entry.key);
  return [{ path, line: 1, reason, remedy: 'renew the date or archive the entry', severity: 'warning' }];
}

function leftBehind({ standing, file }: DeskEntry): FaqProblemView[] {
  if (standing?.status !== 'archived' || file === undefined) return [];
  const reason = `the entry was archived by ${standing.author}, but its file is still there`;
  return [{ path: file.path, line: 1, reason, remedy: 'delete the file, or bring the entry back in the console', severity: 'warning' }];
}

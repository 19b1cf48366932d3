import type { FaqContent } from '@stepdown/protocol';

/** Who wrote what stands: an editor, a file of this folder (here or on another machine), or a file of a folder used before. */
export type Origin = 'editor' | 'this-folder' | 'other-folder';

/** What is known of one entry and locale when folder and store are compared. All contents are clean. */
export interface Comparison {
  /** The file as it is; `broken` and `missing` have no text. */
  readonly file: FaqContent | 'missing' | 'broken';
  /** What the file was last known to say, and the revision it equalled; undefined: never seen in this folder. */
  readonly known: { readonly content: FaqContent; readonly revision: number } | undefined;
  /** The newest revision that is no draft; undefined: never published. */
  readonly standing:
    | { readonly content: FaqContent; readonly revision: number; readonly isArchived: boolean; readonly origin: Origin }
    | undefined;
  readonly hasConflict: boolean;
  /** The file says what an older revision said. Only looked up where an editor wrote what stands. */
  readonly isOldText: boolean;
  readonly isAtStart: boolean;
  /** Nothing of this folder is known yet: the first start on it. */
  readonly isNewFolder: boolean;
}

type Standing = NonNullable<Comparison['standing']>;

export type Reconciliation =
  | 'nothing'
  /** Both agree; note it. */
  | 'agree'
  /** The file becomes a new published revision. */
  | 'adopt'
  /** The store's text goes to disk. */
  | 'write'
  /** The entry was archived here; its file goes. */
  | 'remove-file'
  /** The file was deleted; the entry is archived. */
  | 'archive'
  /** Neither may overwrite the other. */
  | 'conflict';

/** Decides what folder and store do about each other, so that nothing anyone wrote is overwritten unseen. */
export function reconcile(comparison: Comparison): Reconciliation {
  const { file, standing } = comparison;
  // Somebody is in the middle of editing; the last good revision stays.
  if (file === 'broken') return 'nothing';
  if (file === 'missing') return withoutFile(comparison);
  if (standing === undefined) return 'adopt';
  if (standing.isArchived) return withArchived(comparison, file);
  if (isEqual(file, standing.content)) return 'agree';
  return withOtherText(comparison, file, standing);
}

function withoutFile({ known, standing, hasConflict, isNewFolder, isAtStart }: Comparison): Reconciliation {
  if (standing === undefined || standing.isArchived) return 'nothing';
  // The server was pointed at another folder: what came from the files of the first is not meant here.
  if (standing.origin === 'other-folder') return isAtStart || known !== undefined ? 'archive' : 'nothing';
  if (known === undefined) return isNewFolder && standing.origin === 'this-folder' ? 'archive' : 'write';
  // Deleted while something newer was published: the newer text is kept.
  return known.revision === standing.revision && !hasConflict ? 'archive' : 'write';
}

/** Only what an editor archived takes its file along, and only a file that nobody has touched since. */
function withArchived({ known, isOldText, standing, isAtStart }: Comparison, file: FaqContent): Reconciliation {
  const isUntouched = known !== undefined && isEqual(file, known.content);
  if (standing?.origin === 'editor') {
    if (isUntouched) return 'remove-file';
    // A folder that was never seen still holds it: files nobody knows are not deleted, and the entry stays archived.
    return known === undefined && isOldText ? 'nothing' : 'adopt';
  }
  return isUntouched && !isAtStart ? 'nothing' : 'adopt';
}

function withOtherText(comparison: Comparison, file: FaqContent, standing: Standing): Reconciliation {
  const { known, hasConflict, isOldText, isAtStart } = comparison;
  if (hasConflict) return 'conflict';
  const isUntouched = known !== undefined && isEqual(file, known.content);
  // Back from another folder: this one is the truth about its own files. While running, two folders must not take turns.
  if (standing.origin === 'other-folder') return isAtStart || !isUntouched ? 'adopt' : 'nothing';
  if (known === undefined) {
    if (standing.origin === 'this-folder') return 'adopt';
    return isOldText ? 'write' : 'conflict';
  }
  // The file is as we left it: the store has moved on.
  if (isUntouched) return 'write';
  if (known.revision !== standing.revision) return 'conflict';
  // Files put back to an older text while the server was down: meant as an edit, or a container that started from its image?
  return isAtStart && isOldText && standing.origin === 'editor' ? 'conflict' : 'adopt';
}

function isEqual(first: FaqContent, second: FaqContent): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

import type { FaqContent } from '@stepdown/protocol';

/** What is known of one entry and locale when folder and store are compared. All contents are clean. */
export interface Comparison {
  /** The file as it is; `broken` and `missing` have no text. */
  readonly file: FaqContent | 'missing' | 'broken';
  /** What the file was last known to say, and the revision it equalled; undefined: never seen in this folder. */
  readonly known: { readonly content: FaqContent; readonly revision: number } | undefined;
  /** The newest revision that is no draft; undefined: never published. */
  readonly standing:
    | { readonly content: FaqContent; readonly revision: number; readonly isArchived: boolean; readonly isByFile: boolean }
    | undefined;
  readonly hasConflict: boolean;
  /** The file says what an older revision said. Only looked up where it matters. */
  readonly isOldText: boolean;
  readonly isAtStart: boolean;
  /** Nothing of this folder is known yet: the first start on it. */
  readonly isNewFolder: boolean;
}

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

function withoutFile({ known, standing, hasConflict, isNewFolder }: Comparison): Reconciliation {
  if (standing === undefined || standing.isArchived) return 'nothing';
  // A folder that is new to us: what came from files came from another folder and is not meant here.
  if (known === undefined) return isNewFolder && standing.isByFile ? 'archive' : 'write';
  // Deleted while an editor published something newer: the newer text is kept.
  return known.revision === standing.revision && !hasConflict ? 'archive' : 'write';
}

/** An untouched file goes with its entry; a text that is new brings the entry back. */
function withArchived({ known, isOldText, standing }: Comparison, file: FaqContent): Reconciliation {
  if (known !== undefined && isEqual(file, known.content)) return 'remove-file';
  return known === undefined && isOldText && standing?.isByFile === false ? 'remove-file' : 'adopt';
}

function withOtherText(comparison: Comparison, file: FaqContent, standing: NonNullable<Comparison['standing']>): Reconciliation {
  const { known, hasConflict, isOldText, isAtStart } = comparison;
  if (hasConflict) return 'conflict';
  if (known === undefined) {
    if (standing.isByFile) return 'adopt';
    return isOldText ? 'write' : 'conflict';
  }
  // The file is as we left it: the store has moved on.
  if (isEqual(file, known.content)) return 'write';
  if (known.revision !== standing.revision) return 'conflict';
  // Files put back to an older text while the server was down: meant as an edit, or a container that started from its image?
  return isAtStart && isOldText && !standing.isByFile ? 'conflict' : 'adopt';
}

function isEqual(first: FaqContent, second: FaqContent): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

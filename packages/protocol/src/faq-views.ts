import type { FaqContent } from './faq.ts';
import type { WireError } from './model.ts';

/** `live`: visitors get it. `draft`: never published. `expired`: its `expires` day has passed. */
export type FaqLocaleState = 'live' | 'draft' | 'archived' | 'expired';
export type FaqRevisionStatus = 'draft' | 'published' | 'archived';

export interface FaqRevisionView {
  readonly entryId: string;
  readonly locale: string;
  /** Counts from 1 in each entry and locale. */
  readonly revision: number;
  readonly baseRevision: number;
  readonly status: FaqRevisionStatus;
  /** Name of an editor, or `file` for a change on disk. */
  readonly author: string;
  readonly at: number;
  readonly content: FaqContent;
}

/** Where one locale of an entry stands. */
export interface FaqLocaleView {
  readonly locale: string;
  readonly state: FaqLocaleState;
  readonly question: string;
  /** The newest one, draft or not; send it back as `baseRevision`. */
  readonly revision: number;
  readonly liveRevision: number | null;
  /** There is a draft newer than what is live. */
  readonly hasDraft: boolean;
  /** The source locale has changed in meaning since this translation was published. */
  readonly isStale: boolean;
  readonly hasConflict: boolean;
  readonly updated: string | null;
  readonly expires: string | null;
  readonly author: string;
  readonly at: number;
  /** Relative to the FAQ folder; null while the entry has no file. */
  readonly path: string | null;
}

export interface FaqListItem {
  readonly id: string;
  /** In the source locale, else in the first one there is. */
  readonly question: string;
  readonly tags: readonly string[];
  readonly locales: readonly FaqLocaleView[];
  /** Locales the FAQ has, but this live entry has not. */
  readonly missingLocales: readonly string[];
}

export interface FaqProblemView {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
  readonly remedy: string;
  /** `error`: the text on disk is not used (or could not be written). `warning`: it is used, but somebody should look. */
  readonly severity: 'error' | 'warning';
}

export interface FaqDiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** A file and the console were changed apart from each other. Both texts are kept until somebody decides. */
export interface FaqConflictView {
  readonly id: string;
  readonly entryId: string;
  readonly locale: string;
  readonly path: string;
  readonly detectedAt: number;
  /** What visitors get meanwhile. `file`: the other side is a draft that was begun on an older text. */
  readonly live: 'store' | 'file';
  /** What both sides started from, where that is known. */
  readonly base: FaqContent | null;
  readonly file: FaqContent;
  readonly store: FaqRevisionView;
  /** Send it back as `baseRevision`. */
  readonly latestRevision: number;
  /** From the store's text to the file's. */
  readonly diff: readonly FaqDiffLine[];
}

/** Answer of `GET /api/faq`. */
export interface FaqList {
  readonly items: readonly FaqListItem[];
  /** Matching items before `offset` and `limit`. */
  readonly total: number;
  readonly locales: readonly string[];
  /** Translations are compared with this one. */
  readonly sourceLocale: string;
  readonly tags: readonly string[];
  readonly problems: readonly FaqProblemView[];
  readonly conflicts: readonly FaqConflictView[];
  /** False: what is published is live, but can't be written to the folder (see `problems`). */
  readonly isFolderWritable: boolean;
  readonly liveEntries: number;
  /** Changes with everything that is live. */
  readonly contentVersion: string;
}

/** Answer of `GET /api/faq/:id`. */
export interface FaqEntryDetail {
  readonly id: string;
  readonly sourceLocale: string;
  readonly locales: readonly (FaqLocaleView & { readonly live: FaqRevisionView | null; readonly draft: FaqRevisionView | null })[];
  readonly missingLocales: readonly string[];
  readonly conflicts: readonly FaqConflictView[];
  /** Real questions that ended at this entry and are not among its phrasings yet. */
  readonly suggestedPhrasings: readonly FaqPhrasingSuggestion[];
  /** Phrasings that visitors and agents have confirmed; the matcher knows them already. */
  readonly confirmedPhrasings: readonly string[];
}

export interface FaqPhrasingSuggestion {
  readonly locale: string;
  readonly text: string;
  readonly count: number;
}

export type FaqWarningCode = 'invisible-removed' | 'html-as-text' | 'unsafe-link' | 'image' | 'instruction-like';

/** The text was saved, but somebody should look at it. */
export interface FaqWarning {
  readonly code: FaqWarningCode;
  readonly field: string;
  readonly message: string;
}

/** Answer of `PUT /api/faq/:id`, of undo and of resolving a conflict. */
export interface FaqSaved {
  readonly ok: true;
  readonly revision: FaqRevisionView;
  readonly warnings: readonly FaqWarning[];
  /** Null for a draft: drafts are not written to disk. `problem`: live, but not on disk. */
  readonly file: { readonly path: string; readonly isWritten: boolean; readonly problem: string | null } | null;
}

/** 409: somebody else saved first. Nothing was written; `latest` is theirs, and what was sent is still the sender's. */
export interface FaqSaveConflict {
  readonly ok: false;
  readonly error: WireError & { readonly code: 'conflict' };
  readonly latest: FaqRevisionView | null;
  /** From `latest` to what was sent. */
  readonly diff: readonly FaqDiffLine[];
}

export interface FaqArchived {
  readonly ok: true;
  readonly archived: readonly FaqRevisionView[];
}

/** Answer of `GET /api/faq/:id/history`, newest first. */
export interface FaqHistory {
  readonly id: string;
  readonly locale: string;
  readonly revisions: readonly (FaqRevisionView & {
    /** From the revision before to this one. */
    readonly diff: readonly FaqDiffLine[];
    readonly isLive: boolean;
  })[];
}

import type { TierId } from '@stepdown/kernel';

/** What one file of an FAQ folder was last known to say, and the revision it equals. */
export interface FaqFileRecord {
  /** Names the folder on its machine. */
  readonly folder: string;
  readonly entryId: string;
  readonly locale: string;
  readonly path: string;
  /** JSON text, as in `FaqRevision.content`. */
  readonly content: string;
  readonly revision: number;
  readonly at: number;
}

export interface FaqFileStore {
  list(folder: string): Promise<readonly FaqFileRecord[]>;
  /** Replaces what is known of the same entry and locale in the folder. */
  putAll(records: readonly FaqFileRecord[]): Promise<void>;
  remove(folder: string, entryId: string, locale: string): Promise<void>;
}

/** `published`: visitors get the store's text. `draft`: they get the file's, and a draft was begun on an older one. */
export type FaqConflictKind = 'published' | 'draft';

export interface FaqConflict {
  readonly id: string;
  readonly entryId: string;
  readonly locale: string;
  readonly path: string;
  readonly kind: FaqConflictKind;
  /** What both sides started from; 0 = unknown. */
  readonly baseRevision: number;
  /** The revision that the file disagrees with. */
  readonly storeRevision: number;
  /** JSON text. */
  readonly fileContent: string;
  readonly at: number;
}

export interface FaqConflictStore {
  /** Unresolved ones, oldest first. */
  listOpen(): Promise<readonly FaqConflict[]>;
  /** One open conflict per entry and locale: a second one replaces what the first says of the file, and keeps its id. */
  record(conflict: FaqConflict): Promise<FaqConflict>;
  /** False when it is not open. */
  resolve(conflictId: string, resolution: { readonly by: string; readonly choice: string; readonly at: number }): Promise<boolean>;
}

export type FaqReadingDecision = 'answer' | 'choices' | 'ask-back' | 'abstain';

/** What the FAQ alone would have said to a question, beside what was said. */
export interface FaqReading {
  readonly turnId: string;
  /** The question. */
  readonly messageId: string;
  readonly conversationId: string;
  readonly locale: string;
  readonly decision: FaqReadingDecision;
  /** The best entry, whether or not it was sure enough. */
  readonly entryId: string | undefined;
  /** 0–1, kept to three digits. */
  readonly score: number | undefined;
  /** Entries that a model named as its sources; empty when no model answered. */
  readonly citedIds: readonly string[];
  readonly resultTier: TierId | undefined;
  /** The models could not answer. */
  readonly wasDown: boolean;
  readonly at: number;
}

export interface FaqAskedQuestion extends FaqReading {
  readonly text: string;
  readonly rating: 'up' | 'down' | undefined;
}

/** Counts of one day (days since 1970, UTC) and locale. */
export interface FaqReadingDay {
  readonly day: number;
  readonly questions: number;
  readonly answered: number;
  readonly offered: number;
  readonly askedBack: number;
  readonly abstained: number;
  readonly whenDown: number;
  /** A model answered with sources while the FAQ was sure of an entry. */
  readonly comparable: number;
  /** Of these: that entry was among the sources. */
  readonly agreed: number;
}

export interface FaqAgentReply {
  readonly conversationId: string;
  readonly messageId: string;
  readonly seq: number;
  readonly text: string;
  readonly agentName: string;
}

export interface FaqReadingStore {
  /** Once per turn; adds to the day in the same transaction. */
  add(reading: FaqReading): Promise<void>;
  /** A visitor's rating of what answered the question; the last one counts. */
  rate(messageId: string, rating: 'up' | 'down'): Promise<void>;
  /** Newest first. */
  list(query: {
    readonly since: number;
    readonly locale?: string | undefined;
    readonly limit: number;
  }): Promise<readonly FaqAskedQuestion[]>;
  /** Oldest first, from `sinceDay`; locales added up unless one is given. */
  days(query: { readonly sinceDay: number; readonly locale?: string | undefined }): Promise<readonly FaqReadingDay[]>;
  /** What agents wrote right after each of these questions. By question. */
  agentReplies(messageIds: readonly string[]): Promise<ReadonlyMap<string, FaqAgentReply>>;
}

/** Who said that an entry answers a question: a team member outweighs a pick, a pick outweighs a rating. */
export type FaqConfirmationOrigin = 'rating' | 'choice' | 'agent';

export interface FaqConfirmation {
  readonly messageId: string;
  readonly entryId: string;
  readonly locale: string;
  readonly origin: FaqConfirmationOrigin;
  readonly confirmedBy: string;
  readonly at: number;
}

export interface FaqLearningStore {
  /** One per question; a weaker origin never replaces a stronger one. False when nothing was written. */
  confirm(confirmation: FaqConfirmation): Promise<boolean>;
  /** Takes back what a rating had confirmed. */
  withdrawRating(messageId: string): Promise<boolean>;
  /** Newest first, with the text of the question. */
  confirmed(limit: number): Promise<readonly (FaqConfirmation & { readonly text: string })[]>;
  dismiss(messageIds: readonly string[], by: string, at: number): Promise<void>;
  dismissedSince(since: number): Promise<ReadonlySet<string>>;
}

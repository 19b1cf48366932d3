import type { TierId } from '@stepdown/kernel';

/** An answer saved for the next one who asks the same. */
export interface CacheEntry {
  readonly fingerprint: string;
  readonly locale: string;
  readonly question: string;
  readonly normalized: string;
  readonly answer: string;
  /** FAQ entries it rests on; an edit of one evicts it. */
  readonly sourceIds: readonly string[];
  readonly tier: TierId;
  readonly model: string | undefined;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly faqRevision: string;
  /** Where the answer was first given; deleted together with that conversation. */
  readonly conversationId: string | undefined;
}

export type NewCacheEntry = Omit<CacheEntry, 'model' | 'conversationId'> & {
  readonly model?: string | undefined;
  readonly conversationId?: string | undefined;
};

export interface CacheStore {
  /** Also expired ones: whether they may be served is the caller's decision. */
  get(fingerprint: string): Promise<CacheEntry | undefined>;
  /** Replaces an entry with the same fingerprint. */
  put(entry: NewCacheEntry): Promise<void>;
  evict(fingerprint: string): Promise<boolean>;
  /** Returns how many went. */
  evictBySource(entryId: string): Promise<number>;
  /** Not yet expired, newest first. */
  listByLocale(locale: string, query: { readonly now: number; readonly limit: number }): Promise<readonly CacheEntry[]>;
}

export type FaqRevisionStatus = 'draft' | 'published' | 'archived';

export interface FaqRevision {
  readonly id: string;
  readonly entryId: string;
  readonly locale: string;
  /** Counts from 1 in each entry and locale. */
  readonly revision: number;
  readonly status: FaqRevisionStatus;
  /** JSON text. */
  readonly content: string;
  readonly author: string;
  readonly at: number;
  readonly baseRevision: number;
}

export type NewFaqRevision = Omit<FaqRevision, 'revision'>;

export type FaqAppendResult =
  | { readonly kind: 'appended'; readonly revision: FaqRevision }
  /** Someone else was faster; undefined: the entry does not exist although `baseRevision` says so. */
  | { readonly kind: 'conflict'; readonly latest: FaqRevision | undefined };

export interface FaqRevisionStore {
  /** Adds revision `baseRevision + 1` (0 = a new entry), or tells the conflict and writes nothing. */
  append(revision: NewFaqRevision): Promise<FaqAppendResult>;
  /** The same for many, in one transaction; each stands for itself. In the order given. */
  appendAll(revisions: readonly NewFaqRevision[]): Promise<readonly FaqAppendResult[]>;
  latest(entryId: string, locale: string): Promise<FaqRevision | undefined>;
  /** Newest first. */
  history(entryId: string, locale: string, limit: number): Promise<readonly FaqRevision[]>;
  /** What is live: of each entry and locale the newest revision that is no draft, unless it is archived. */
  publishedAll(): Promise<readonly FaqRevision[]>;
  /** Of each entry and locale the newest revision, and the newest that is no draft where that is another one. By entry and locale. */
  standing(): Promise<readonly FaqStanding[]>;
  /** Changes with every revision that anyone adds. */
  version(): Promise<string>;
}

export interface FaqStanding {
  readonly latest: FaqRevision;
  /** Published or archived; undefined while there are only drafts. */
  readonly standing: FaqRevision | undefined;
}

/** One FAQ item as editors write it. `locale` is a BCP 47 tag such as `en` or `de-AT`. */
export interface FaqEntry {
  readonly id: string;
  readonly question: string;
  readonly variants: readonly string[];
  /** Markdown. */
  readonly answer: string;
  readonly locale: string;
  readonly tags?: readonly string[] | undefined;
  /** ISO date (`2026-11-02`) of the last review. */
  readonly updated?: string | undefined;
  /** ISO date after which the entry must not be served. */
  readonly expires?: string | undefined;
}

export type PhrasingOrigin = 'editor' | 'confirmed' | 'id';

/** Why an entry was chosen, in words an editor can check. */
export interface MatchReason {
  /** The phrasing of the entry that is nearest to the question. */
  readonly phrasing: string;
  /** Words of the question that the phrasing shares, as they were understood. */
  readonly matchedWords: readonly string[];
  /** Words of the question that no phrasing of the FAQ knows. */
  readonly unknownWords: readonly string[];
  /** Share (0–1) of what the question says that no phrasing of the FAQ says, by rarity of its words; 0 in a small FAQ. */
  readonly foreignShare: number;
  readonly corrections: readonly { readonly from: string; readonly to: string }[];
  /** The phrasing says the opposite (on/off, with/without, not); such an entry is never served alone. */
  readonly isOpposite: boolean;
  /** Who wrote the nearest phrasing: the editor as question or variant, a visitor whose question was confirmed, or the words of the id. */
  readonly origin: PhrasingOrigin;
  /** Share of the vote (about 0–1) of this entry and of its strongest rival; the score is calibrated from the two. */
  readonly vote: number;
  readonly rivalVote: number;
}

export interface FaqMatch {
  readonly entry: FaqEntry;
  /** Calibrated probability (0–1) that this entry answers the question. */
  readonly score: number;
  readonly why: MatchReason;
  /** True when the entry is not in the asked locale but in its base language or English. */
  readonly isLocaleFallback: boolean;
}

/** A question that a person confirmed to be answered by an entry. */
export interface ConfirmedQuestion {
  readonly question: string;
  readonly entryId: string;
  /** Trust relative to the editor's own phrasing, 0–1. Default 0.8. */
  readonly weight?: number | undefined;
}

export interface FaqThresholds {
  /** `match` gives an entry at and above this score: the best balance of right and missing answers for a caller that can't offer choices. */
  readonly matchAt: number;
  /** `decide` serves an entry alone at and above this score: about 5 % of all messages get a wrong answer. */
  readonly answerAt: number;
  /** `decide` offers up to three entries when the best one is at or above this score. */
  readonly offerAt: number;
}

export interface FaqMatcherOptions {
  readonly thresholds?: Partial<FaqThresholds> | undefined;
  readonly confirmed?: readonly ConfirmedQuestion[] | undefined;
  /** Locale used when a question comes without one. Without it every locale is searched. */
  readonly defaultLocale?: string | undefined;
  /**
   * Reads the words of an id such as `returns-window` as one more phrasing of low trust. Default false: it helps only where
   * editors name entries by their subject, and public question sets would give their labels away.
   */
  readonly readIds?: boolean | undefined;
  /** Switches parts off, for ablation benchmarks. */
  readonly parts?: Partial<EngineParts> | undefined;
}

/** The parts of the engine; all on by default. */
export interface EngineParts {
  readonly bigrams: boolean;
  readonly characterGrams: boolean;
  readonly concepts: boolean;
  readonly correction: boolean;
  readonly classifier: boolean;
  readonly background: boolean;
  readonly polarity: boolean;
}

export interface MatchRequest {
  readonly locale?: string | undefined;
}

export interface DecideRequest extends MatchRequest {
  /** What the visitor asked before, so that a follow-up can be recognised. */
  readonly previousQuestion?: string | undefined;
}

export type FaqDecision =
  | { readonly kind: 'answer'; readonly match: FaqMatch }
  | { readonly kind: 'choices'; readonly matches: readonly FaqMatch[] }
  | { readonly kind: 'ask-back'; readonly reason: 'depends-on-context'; readonly nearest: readonly FaqMatch[] }
  | { readonly kind: 'abstain'; readonly reason: 'nothing-asked' | 'nothing-close' | 'no-entries'; readonly nearest: readonly FaqMatch[] };

export interface FaqMatcher {
  /** The entry that answers the question, or null: honest abstention. */
  match(question: string, request?: MatchRequest): FaqMatch | null;
  /** The best entries whatever their score, best first, at most `limit`. */
  rank(question: string, limit: number, request?: MatchRequest): FaqMatch[];
  /** What the FAQ tier should do with the question. */
  decide(question: string, request?: DecideRequest): FaqDecision;
  readonly thresholds: FaqThresholds;
  readonly size: number;
}

import type { FaqFormat } from './faq.ts';
import type { FaqPhrasingSuggestion, FaqWarning } from './faq-views.ts';
import type { Tier } from './model.ts';

export type FaqDecisionKind = 'answer' | 'choices' | 'ask-back' | 'abstain';

export interface FaqRanked {
  readonly id: string;
  readonly locale: string;
  readonly question: string;
  /** Calibrated, 0–1. */
  readonly score: number;
  readonly isLocaleFallback: boolean;
  readonly why: {
    readonly phrasing: string;
    readonly origin: 'editor' | 'confirmed' | 'id';
    readonly matchedWords: readonly string[];
    readonly unknownWords: readonly string[];
    readonly corrections: readonly { readonly from: string; readonly to: string }[];
    readonly isOpposite: boolean;
    readonly vote: number;
    readonly rivalVote: number;
  };
}

/** Answer of `POST /api/faq/test`. */
export interface FaqTestResult {
  readonly against: 'live' | 'draft';
  readonly decision: { readonly kind: FaqDecisionKind; readonly reason: string | null; readonly entryIds: readonly string[] };
  readonly ranking: readonly FaqRanked[];
  readonly thresholds: { readonly matchAt: number; readonly answerAt: number; readonly offerAt: number };
  /** What each tier would get: models the entries as data, the FAQ tier the text it would show. */
  readonly tiers: readonly {
    readonly tier: Tier;
    readonly grounding: readonly { readonly id: string; readonly question: string; readonly answer: string }[];
    /** What the visitor would read without any model; null for a model tier. */
    readonly served: string | null;
  }[];
}

export interface FaqOutcome {
  readonly kind: FaqDecisionKind;
  readonly entryId: string | null;
  readonly score: number | null;
}

/** Answer of `POST /api/faq/replay`. */
export interface FaqReplayResult {
  readonly asked: number;
  readonly unchanged: number;
  readonly changes: readonly {
    readonly messageId: string;
    readonly conversationId: string;
    readonly question: string;
    readonly locale: string;
    readonly at: number;
    readonly before: FaqOutcome;
    readonly after: FaqOutcome;
    /** `broken`: answered confidently before, now by another entry or not at all. `gained`: answered now. */
    readonly effect: 'broken' | 'gained' | 'moved';
  }[];
  readonly broken: number;
  readonly gained: number;
}

export interface FaqGapQuestion {
  readonly messageId: string;
  readonly conversationId: string;
  readonly text: string;
  readonly at: number;
  /** The models could not answer then. */
  readonly wasDown: boolean;
  readonly decision: FaqDecisionKind;
  readonly tier: Tier | null;
  readonly rating: 'up' | 'down' | null;
}

export interface FaqGap {
  /** For `POST /api/faq/gaps/:id/dismiss`. */
  readonly id: string;
  readonly locale: string;
  /** The one asked most. */
  readonly question: string;
  readonly count: number;
  readonly whenDown: number;
  readonly ratedDown: number;
  /** 1 for each question, 3 more if the models were down, 2 more if the answer was rated down. */
  readonly weight: number;
  /** At most 20, newest first. */
  readonly questions: readonly FaqGapQuestion[];
  /** Entry that came nearest without being sure. */
  readonly nearest: { readonly entryId: string; readonly score: number } | null;
  /** What an agent answered to one of these questions, for approval. */
  readonly suggestion: {
    readonly answer: string;
    readonly agent: string;
    readonly conversationId: string;
    readonly messageId: string;
    /** Take it out before publishing. */
    readonly hasPersonalData: boolean;
  } | null;
  /** A free id made from the question. */
  readonly suggestedId: string;
}

/** Answer of `GET /api/faq/gaps`, heaviest first. */
export interface FaqGaps {
  readonly days: number;
  readonly gaps: readonly FaqGap[];
  readonly total: number;
  readonly dismissed: number;
  /** Real questions that existing entries could add as variants. */
  readonly phrasings: readonly { readonly entryId: string; readonly suggestions: readonly FaqPhrasingSuggestion[] }[];
}

/** Answer of `GET /api/faq/duplicates`. */
export interface FaqDuplicates {
  readonly pairs: readonly {
    /** `contradiction`: the same question with answers that take opposite sides. `opposite`: look alike but ask for the opposite; keep both. */
    readonly kind: 'duplicate' | 'contradiction' | 'opposite';
    readonly locale: string;
    readonly first: { readonly id: string; readonly phrasing: string };
    readonly second: { readonly id: string; readonly phrasing: string };
    readonly similarity: number;
  }[];
}

export interface FaqReadinessDay {
  /** ISO date, UTC. */
  readonly day: string;
  readonly questions: number;
  readonly answered: number;
  readonly offered: number;
  readonly askedBack: number;
  readonly abstained: number;
  readonly whenDown: number;
  /** Of `comparable` (a model answered, cited sources, and the FAQ was sure): the FAQ's entry was cited. */
  readonly comparable: number;
  readonly agreed: number;
}

/** Answer of `GET /api/faq/readiness`: what the FAQ alone would have done. */
export interface FaqReadiness {
  readonly days: number;
  readonly totals: Omit<FaqReadinessDay, 'day'>;
  /** 0–1; null without questions. */
  readonly answeredShare: number | null;
  readonly agreementShare: number | null;
  readonly summary: string;
  readonly daily: readonly FaqReadinessDay[];
  readonly confirmedPhrasings: number;
}

/** Answer of `POST /api/faq/import`. */
export interface FaqImportResult {
  readonly ok: true;
  readonly format: FaqFormat;
  readonly isDryRun: boolean;
  readonly counts: { readonly new: number; readonly changed: number; readonly unchanged: number; readonly bad: number };
  readonly entries: readonly {
    readonly kind: 'new' | 'changed' | 'unchanged';
    readonly id: string;
    readonly locale: string;
    readonly question: string;
    /** Fields that differ, for `changed`. */
    readonly fields: readonly string[];
    readonly warnings: readonly FaqWarning[];
  }[];
  /** `row`: line of a CSV, position in a JSON list, file of a Markdown import. */
  readonly bad: readonly { readonly row: number; readonly path: string | null; readonly reason: string }[];
  readonly imported: number;
  readonly problems: readonly string[];
}

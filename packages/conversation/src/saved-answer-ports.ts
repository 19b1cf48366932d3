import type { GroundingEntry, TierId } from '@stepdown/kernel';

export interface SavedAnswerQuestion {
  readonly conversationId: string;
  readonly text: string;
  readonly locale: string;
  /** Something was said before, so that an answer to this question is shaped by it. */
  readonly hasHistory: boolean;
}

export interface FinishedAnswer {
  readonly text: string;
  readonly tier: TierId;
  readonly model: string;
  readonly sourceIds: readonly string[];
  /** What the model was given. */
  readonly grounding: readonly GroundingEntry[];
}

/** An answer that a model gave in an earlier conversation, and that its sources still bear out. */
export interface SavedAnswer {
  readonly text: string;
  readonly sourceIds: readonly string[];
  /** Who wrote it, and when (epoch ms). */
  readonly tier: TierId;
  readonly model: string | undefined;
  readonly savedAt: number;
}

export interface SavedAnswerLookUp {
  /** Settles soon (`savedAnswerLookUpMs`) and never rejects. */
  readonly found: Promise<SavedAnswer | undefined>;
  /** Offers a finished answer for saving; returns at once and never throws. */
  keep(answer: FinishedAnswer): void;
}

/** Answers of earlier conversations. Implemented by packages/tiers over the store. */
export interface SavedAnswers {
  /** Starts looking at once. */
  open(question: SavedAnswerQuestion): SavedAnswerLookUp;
  /** Somebody was not helped by the answer to this question. */
  evict(question: { readonly text: string; readonly locale: string }): Promise<void>;
}

import type { AttemptOutcome } from './failure.ts';
import type { ModelTierId } from './tier.ts';

/** Provider + model + credential + URL: what health is kept of. Example: `claude:claude-opus-5-5`. */
export type RouteId = string;

/** One piece of earlier conversation, rebuilt from the store; clients can't write it. */
export interface HistoryTurn {
  readonly author: 'visitor' | 'assistant' | 'agent';
  readonly text: string;
}

/** An FAQ entry found for the question; goes into every model prompt as delimited data. */
export interface GroundingEntry {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
}

export interface AnswerRequest {
  readonly question: string;
  readonly locale: string;
  readonly history: readonly HistoryTurn[];
  readonly grounding: readonly GroundingEntry[];
  /** Opaque, stable per visitor; never a name or e-mail. */
  readonly visitorHash: string;
  /** Text of an interrupted attempt, as quoted context; never sent as the model's own words. */
  readonly interruptedText?: string;
  /** Drop older history and grounding, after a context-too-long refusal. */
  readonly isTrimmed?: boolean;
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
}

/**
 * What a tier streams. Exactly one `end`, always last; a failure is an `end`, never an exception.
 * `delta` is visible text only. `thinking` opens or closes a block in which silence is normal.
 * `sourceIds` are the grounding entries that the answer names.
 */
export type AnswerEvent =
  | { readonly type: 'headers'; readonly requestId?: string }
  | { readonly type: 'thinking'; readonly isOpen: boolean }
  | { readonly type: 'delta'; readonly text: string }
  | {
      readonly type: 'end';
      readonly outcome: AttemptOutcome;
      readonly model?: string;
      readonly usage?: Usage;
      readonly sourceIds?: readonly string[];
    };

/** Port that every model route implements. Silence is watched by the turn, not by the source. */
export interface AnswerSource {
  readonly routeId: RouteId;
  readonly tier: ModelTierId;
  readonly model: string;
  answer(request: AnswerRequest, signal: AbortSignal): AsyncIterable<AnswerEvent>;
  /** A real, tiny streamed answer for probes; same event rules as `answer`. */
  probe(signal: AbortSignal): AsyncIterable<AnswerEvent>;
}

/** An entry or article that an answer rests on. */
export interface AnswerSourceReference {
  readonly id: string;
  readonly title: string;
}

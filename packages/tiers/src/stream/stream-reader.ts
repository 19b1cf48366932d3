import type { AnswerEvent, AttemptOutcome, Usage } from '@stepdown/kernel';

/** Text and thinking; the frame around them belongs to `streamAnswer`. */
export type ReadEvent = Extract<AnswerEvent, { type: 'thinking' | 'delta' }>;

/**
 * Turns the chunks of one provider stream into events. A plain state machine without I/O: one reader per attempt.
 * Chunks are `unknown` on purpose: a provider, or what stands in front of it, may send anything.
 */
export interface StreamReader {
  read(chunk: unknown): readonly ReadEvent[];
  /** Defined once a terminal event was read. Until then the answer is not complete, however much text came. */
  readonly outcome: AttemptOutcome | undefined;
  /** The model that answered, as the provider names it. */
  readonly model: string | undefined;
  readonly usage: Usage | undefined;
}

export function delta(text: string): readonly ReadEvent[] {
  return text === '' ? [] : [{ type: 'delta', text }];
}

export function thinking(isOpen: boolean): readonly ReadEvent[] {
  return [{ type: 'thinking', isOpen }];
}

import type { JsonObject } from '../json.ts';
import type { ModelRequest } from './model-request.ts';
import type { WireFamily, WireProblem } from './problem.ts';

/** Why an answer ends: done, at its token limit, declined by the model, stopped by a content filter. */
export type AnswerFinish = 'complete' | 'limit' | 'refusal' | 'filter';

/** An answer before it takes the shape of a wire format. */
export interface SimulatedAnswer {
  readonly id: string;
  readonly model: string;
  /** Pieces in streaming order; empty for an answer without text. */
  readonly chunks: readonly string[];
  readonly finish: AnswerFinish;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly createdAtSeconds: number;
  readonly includesUsage: boolean;
}

/** The pieces of one stream. Ask in the order opening, deltas, closing: some formats number their events. */
export interface StreamEncoder {
  opening(): string;
  delta(text: string): string;
  closing(): string;
  /** An error told inside the stream, after status 200. */
  errorEvent(): string;
  /** What keeps an idle stream open: bytes without text. */
  keepAlive(): string;
  /** A delta cut off in the middle of its JSON. */
  broken(): string;
}

export interface Dialect {
  readonly id: 'anthropic' | 'openai-responses' | 'openai-chat';
  readonly family: WireFamily;
  /** Reads a request body the way the provider does, refusals included. */
  read(body: JsonObject, rules: ReadingRules): ModelRequest | WireProblem;
  encoder(answer: SimulatedAnswer): StreamEncoder;
  /** The answer of a request that does not stream. */
  whole(answer: SimulatedAnswer): JsonObject;
}

export interface ReadingRules {
  /** Refuses fields that the wire format does not know. Servers for open models ignore them. */
  readonly isStrict: boolean;
  allowsPrefill(model: string): boolean;
}

import { composeAnswer } from '../answers/compose-answer.ts';
import { tokenChunks, tokenCount } from '../answers/tokens.ts';
import type { ProviderId } from '../providers.ts';
import type { AnswerFinish, SimulatedAnswer } from '../wire/dialect.ts';
import { inputText, type ModelRequest } from '../wire/model-request.ts';
import type { Fault } from './fault.ts';

export interface AnswerIdentity {
  readonly id: string;
  readonly nowMs: number;
}

const REFUSAL = "I can't help with that.";
const DEFAULT_TOKENS_BEFORE_FAULT = 3;

/** Writes the answer to a request, within its token limit and in the shape the fault asks for. */
export function buildAnswer(provider: ProviderId, request: ModelRequest, fault: Fault, identity: AnswerIdentity): SimulatedAnswer {
  const written = tokenChunks(composeAnswer(provider, request));
  const { chunks, finish } = shape(written, fault);
  const kept = withinLimit(chunks, request.maxTokens);
  return {
    id: identity.id,
    model: request.model,
    chunks: kept,
    finish: kept.length < chunks.length ? 'limit' : finish,
    inputTokens: tokenCount(inputText(request)),
    outputTokens: tokenCount(kept.join('')),
    createdAtSeconds: Math.floor(identity.nowMs / 1000),
    includesUsage: request.includesUsage,
  };
}

interface Shape {
  readonly chunks: readonly string[];
  readonly finish: AnswerFinish;
}

function shape(written: readonly string[], fault: Fault): Shape {
  const some = written.slice(0, tokensBeforeFault(fault, written.length));
  switch (fault.mode) {
    case 'empty':
      return { chunks: [], finish: 'complete' };
    case 'refusal':
      return { chunks: tokenChunks(REFUSAL), finish: 'refusal' };
    case 'content-filter':
      return { chunks: some, finish: 'filter' };
    case 'output-limit':
      return { chunks: some, finish: 'limit' };
    default:
      return { chunks: written, finish: 'complete' };
  }
}

/** How many tokens a fault lets through: what it asks for, but never the whole answer. */
export function tokensBeforeFault(fault: Fault, length: number): number {
  return Math.max(0, Math.min(fault.afterTokens ?? DEFAULT_TOKENS_BEFORE_FAULT, length - 1));
}

/** The pieces that fit a limit. A limit of 0 keeps none, as when a prompt is only to be cached. */
function withinLimit(chunks: readonly string[], maxTokens: number | null): readonly string[] {
  if (maxTokens === null) return chunks;
  let text = '';
  const end = chunks.findIndex((chunk) => {
    text += chunk;
    return tokenCount(text) > maxTokens;
  });
  return end === -1 ? chunks : chunks.slice(0, end);
}

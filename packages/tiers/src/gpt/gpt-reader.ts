import type { AttemptOutcome, Usage } from '@stepdown/kernel';
import { failed } from '../failure/outcome.ts';
import { readCount, readList, readText, readValue } from '../json.ts';
import { providerErrorOf } from '../openai/openai-error.ts';
import { openaiOutcome } from '../openai/openai-failure.ts';
import { delta, type ReadEvent, type StreamReader, thinking } from '../stream/stream-reader.ts';

const NOTHING: readonly ReadEvent[] = [];

/** Reads a Responses stream. Ends with `response.completed`, `.incomplete`, `.failed` or `error`; other events are passed over. */
export function createGptReader(secrets: readonly string[] = []): StreamReader {
  let outcome: AttemptOutcome | undefined;
  let model: string | undefined;
  let usage: Usage | undefined;
  let hasText = false;
  let isRefused = false;

  function text(piece: string | undefined): readonly ReadEvent[] {
    if (piece === undefined) return NOTHING;
    hasText ||= piece.trim() !== '';
    return delta(piece);
  }

  function finish(chunk: unknown, toOutcome: (response: unknown) => AttemptOutcome): readonly ReadEvent[] {
    const response = readValue(chunk, 'response');
    model = readText(response, 'model') ?? model;
    usage = responseUsage(readValue(response, 'usage'));
    outcome = toOutcome(response);
    return NOTHING;
  }

  return {
    read(chunk) {
      switch (readText(chunk, 'type')) {
        case 'response.created':
          model = readText(chunk, 'response', 'model');
          return NOTHING;
        case 'response.output_item.added':
          return readText(chunk, 'item', 'type') === 'reasoning' ? thinking(true) : NOTHING;
        case 'response.output_item.done':
          return readText(chunk, 'item', 'type') === 'reasoning' ? thinking(false) : NOTHING;
        case 'response.output_text.delta':
          return text(readText(chunk, 'delta'));
        case 'response.refusal.delta':
        case 'response.refusal.done':
          isRefused = true;
          return NOTHING;
        case 'response.completed':
          return finish(chunk, (response) => completedOutcome(response, { hasText, isRefused }));
        case 'response.incomplete':
          return finish(chunk, (response) => incompleteOutcome(response, { hasText, isRefused }));
        case 'response.failed':
          return finish(chunk, (response) => openaiOutcome(providerErrorOf(readValue(response, 'error')), 'stream', secrets));
        case 'error':
          outcome = openaiOutcome(providerErrorOf({ ...asFields(chunk), type: undefined }), 'stream', secrets);
          return NOTHING;
        default:
          return NOTHING;
      }
    },
    get outcome() {
      return outcome;
    },
    get model() {
      return model;
    },
    get usage() {
      return usage;
    },
  };
}

interface Seen {
  readonly hasText: boolean;
  readonly isRefused: boolean;
}

function completedOutcome(response: unknown, seen: Seen): AttemptOutcome {
  const items = readList(response, 'output');
  if (seen.isRefused || items.some(isRefusal)) return { kind: 'refused' };
  // We offer no tools, so a wish for one is a broken answer and nothing is executed.
  const tool = items.map((item) => readText(item, 'type')).find((type) => type?.endsWith('_call'));
  if (tool !== undefined) return failed('malformed', `asked for a tool: ${tool}`);
  return seen.hasText ? { kind: 'complete' } : failed('empty', 'response.completed without text');
}

function incompleteOutcome(response: unknown, seen: Seen): AttemptOutcome {
  const reason = readText(response, 'incomplete_details', 'reason');
  if (seen.isRefused || reason === 'content_filter') return { kind: 'refused' };
  if (reason !== 'max_output_tokens') return failed('malformed', `incomplete: ${reason ?? 'no reason'}`);
  return seen.hasText ? { kind: 'output-limit' } : failed('empty', 'output limit reached before any text');
}

function isRefusal(item: unknown): boolean {
  return readList(item, 'content').some((part) => readText(part, 'type') === 'refusal');
}

/** The `error` event carries its own `type: "error"`, which names nothing. */
function asFields(chunk: unknown): object {
  return typeof chunk === 'object' && chunk !== null ? chunk : {};
}

function responseUsage(counts: unknown): Usage | undefined {
  const inputTokens = readCount(counts, 'input_tokens');
  const outputTokens = readCount(counts, 'output_tokens');
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return { inputTokens, outputTokens, cachedInputTokens: readCount(counts, 'input_tokens_details', 'cached_tokens') ?? 0 };
}

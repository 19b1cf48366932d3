import type { AttemptOutcome, Usage } from '@stepdown/kernel';
import { failed } from '../failure/outcome.ts';
import { readCount, readText, readValue } from '../json.ts';
import { delta, type ReadEvent, type StreamReader, thinking } from '../stream/stream-reader.ts';

const NOTHING: readonly ReadEvent[] = [];

/** Reads a Messages stream. Only `message_stop` ends it, and only after a stop reason that means an answer is it complete. */
export function createClaudeReader(): StreamReader {
  let outcome: AttemptOutcome | undefined;
  let model: string | undefined;
  let stopReason: string | undefined;
  let hasText = false;
  let usage: Usage | undefined;
  const thinkingBlocks = new Set<unknown>();

  function blockStart(chunk: unknown): readonly ReadEvent[] {
    const kind = readText(chunk, 'content_block', 'type');
    if (kind === 'text') return text(readText(chunk, 'content_block', 'text'));
    if (kind !== 'thinking' && kind !== 'redacted_thinking') return NOTHING;
    thinkingBlocks.add(readValue(chunk, 'index'));
    return thinking(true);
  }

  function blockStop(chunk: unknown): readonly ReadEvent[] {
    return thinkingBlocks.delete(readValue(chunk, 'index')) ? thinking(false) : NOTHING;
  }

  function text(piece: string | undefined): readonly ReadEvent[] {
    if (piece === undefined) return NOTHING;
    hasText ||= piece.trim() !== '';
    return delta(piece);
  }

  return {
    read(chunk) {
      switch (readText(chunk, 'type')) {
        case 'message_start':
          model = readText(chunk, 'message', 'model');
          usage = mergedUsage(usage, readValue(chunk, 'message', 'usage'));
          return NOTHING;
        case 'content_block_start':
          return blockStart(chunk);
        case 'content_block_delta':
          return readText(chunk, 'delta', 'type') === 'text_delta' ? text(readText(chunk, 'delta', 'text')) : NOTHING;
        case 'content_block_stop':
          return blockStop(chunk);
        case 'message_delta':
          stopReason = readText(chunk, 'delta', 'stop_reason') ?? stopReason;
          usage = mergedUsage(usage, readValue(chunk, 'usage'));
          return NOTHING;
        case 'message_stop':
          outcome = claudeStopOutcome(stopReason, hasText);
          return NOTHING;
        default:
          // New event kinds may appear at any time; the SDK passes them on since 0.136.
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

/** What a stop reason means at `message_stop`. We offer no tools, so a wish for one is a broken answer and nothing is executed. */
export function claudeStopOutcome(stopReason: string | undefined, hasText: boolean): AttemptOutcome {
  switch (stopReason) {
    case 'end_turn':
    case 'stop_sequence':
      return hasText ? { kind: 'complete' } : failed('empty', `${stopReason} without text`);
    case 'max_tokens':
      return hasText ? { kind: 'output-limit' } : failed('empty', 'output limit reached before any text');
    case 'refusal':
      return { kind: 'refused' };
    case 'model_context_window_exceeded':
      return failed('context-too-long', 'context window exceeded while answering');
    default:
      return failed('malformed', `stop reason ${stopReason ?? 'missing'}`);
  }
}

/** Counts are cumulative, and a later event may leave some out. Tokens read from or written to the cache are input too. */
function mergedUsage(before: Usage | undefined, counts: unknown): Usage | undefined {
  const outputTokens = readCount(counts, 'output_tokens');
  const uncached = readCount(counts, 'input_tokens');
  if (outputTokens === undefined && uncached === undefined) return before;
  const cachedInputTokens = readCount(counts, 'cache_read_input_tokens') ?? before?.cachedInputTokens ?? 0;
  const inputTokens =
    uncached === undefined
      ? (before?.inputTokens ?? 0)
      : uncached + cachedInputTokens + (readCount(counts, 'cache_creation_input_tokens') ?? 0);
  return { inputTokens, outputTokens: outputTokens ?? before?.outputTokens ?? 0, cachedInputTokens };
}

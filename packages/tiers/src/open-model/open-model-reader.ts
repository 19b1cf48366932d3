import type { AttemptOutcome, Usage } from '@stepdown/kernel';
import { failed } from '../failure/outcome.ts';
import { readCount, readList, readText, readValue } from '../json.ts';
import { providerErrorOf } from '../openai/openai-error.ts';
import { openaiOutcome } from '../openai/openai-failure.ts';
import { type ReadEvent, type StreamReader, thinking } from '../stream/stream-reader.ts';
import { createThinkTagReader } from './think-tags.ts';

/** Reads a Chat Completions stream. Ends with a `finish_reason`; `[DONE]` may be missing, usage may follow. */
export function createOpenModelReader(secrets: readonly string[] = []): StreamReader {
  const tags = createThinkTagReader();
  let outcome: AttemptOutcome | undefined;
  let model: string | undefined;
  let usage: Usage | undefined;
  let hasText = false;
  let isRefused = false;
  let isThinking = false;

  function visible(events: readonly ReadEvent[]): readonly ReadEvent[] {
    for (const event of events) if (event.type === 'delta' && event.text.trim() !== '') hasText = true;
    return events;
  }

  /** Reasoning that the server separated: `reasoning_content` (vLLM, llama.cpp) or `reasoning` (Ollama). */
  function reasoning(choice: unknown, hasContent: boolean): readonly ReadEvent[] {
    const isReasoning = Boolean(readText(choice, 'delta', 'reasoning_content') || readText(choice, 'delta', 'reasoning'));
    if (isReasoning && !isThinking) return flip(true);
    return hasContent && isThinking ? flip(false) : [];
  }

  function flip(isOpen: boolean): readonly ReadEvent[] {
    isThinking = isOpen;
    return thinking(isOpen);
  }

  function readChoice(choice: unknown): readonly ReadEvent[] {
    const content = readText(choice, 'delta', 'content') ?? '';
    if (readText(choice, 'delta', 'refusal')) isRefused = true;
    const events = [...reasoning(choice, content !== ''), ...(content === '' ? [] : visible(tags.read(content)))];
    const finishReason = readText(choice, 'finish_reason');
    if (finishReason === undefined || outcome !== undefined) return events;
    events.push(...visible(tags.end()));
    outcome = isRefused ? { kind: 'refused' } : finishOutcome(finishReason, hasText);
    return events;
  }

  return {
    read(chunk) {
      model = readText(chunk, 'model') ?? model;
      usage = chatUsage(readValue(chunk, 'usage')) ?? usage;
      if (readText(chunk, 'object') === 'error') {
        outcome = openaiOutcome(providerErrorOf(chunk), 'stream', secrets);
        return [];
      }
      return readList(chunk, 'choices').flatMap((choice) => ((readCount(choice, 'index') ?? 0) === 0 ? readChoice(choice) : []));
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

/** What a `finish_reason` means. We offer no tools, so a wish for one is a broken answer and nothing is executed. */
export function finishOutcome(finishReason: string, hasText: boolean): AttemptOutcome {
  switch (finishReason) {
    case 'stop':
      return hasText ? { kind: 'complete' } : failed('empty', 'finished without text');
    case 'length':
      return hasText ? { kind: 'output-limit' } : failed('empty', 'output limit reached before any text');
    case 'content_filter':
      return { kind: 'refused' };
    case 'error':
    case 'abort':
      return failed('stream-error', `finish reason ${finishReason}`);
    default:
      return failed('malformed', `finish reason ${finishReason}`);
  }
}

function chatUsage(counts: unknown): Usage | undefined {
  const inputTokens = readCount(counts, 'prompt_tokens');
  const outputTokens = readCount(counts, 'completion_tokens');
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return { inputTokens, outputTokens, cachedInputTokens: readCount(counts, 'prompt_tokens_details', 'cached_tokens') ?? 0 };
}

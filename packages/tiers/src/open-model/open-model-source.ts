import type { AnswerSource, Clock } from '@stepdown/kernel';
import { systemClock } from '@stepdown/kernel';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { connectionOf, type SourceOptions } from '../connection.ts';
import { createOpenaiClient } from '../openai/openai-client.ts';
import { openaiErrorInBody, outcomeOfOpenaiException } from '../openai/openai-error.ts';
import { openaiOutcome } from '../openai/openai-failure.ts';
import { PROBE_OUTPUT_TOKENS, PROBE_PROMPT } from '../probe.ts';
import { buildPrompt, type Prompt } from '../prompt/build-prompt.ts';
import type { Persona } from '../prompt/rules.ts';
import { openedStream, type StreamPorts, streamAnswer } from '../stream/stream-answer.ts';
import { createOpenModelReader } from './open-model-reader.ts';

export interface OpenModelSourceOptions extends Omit<SourceOptions, 'apiKey'> {
  /** Most self-hosted servers ask for none. */
  readonly apiKey?: string;
  readonly persona?: Persona;
}

/** Any server that speaks Chat Completions: vLLM, Ollama, llama.cpp. Nothing that identifies a visitor is sent. */
export function createOpenModelSource(options: OpenModelSourceOptions, clock: Clock = systemClock): AnswerSource {
  const connection = connectionOf({ ...options, apiKey: options.apiKey ?? '' });
  const client = createOpenaiClient(connection, clock);
  const secrets = [connection.apiKey];

  function ports(body: ChatCompletionCreateParamsStreaming): StreamPorts {
    return {
      clock,
      open: async (signal) => openedStream(await client.sdk.chat.completions.create(body, { signal }).withResponse()),
      createReader: () => createOpenModelReader(secrets),
      outcomeOfException: (cause, phase) => outcomeOfOpenaiException(cause, phase, { now: clock.now(), secrets }),
      outcomeOfBody(body) {
        const error = openaiErrorInBody(body);
        return error && openaiOutcome(error, 'body', secrets);
      },
    };
  }

  function body(prompt: Prompt, maxTokens: number): ChatCompletionCreateParamsStreaming {
    return {
      model: options.model,
      stream: true,
      stream_options: { include_usage: true },
      // The old name: every self-hosted server knows it, not all know `max_completion_tokens`.
      max_tokens: maxTokens,
      messages: [{ role: 'system', content: prompt.system }, ...prompt.messages],
    };
  }

  return {
    routeId: `open-model:${options.model}`,
    tier: 'open-model',
    model: options.model,
    answer: (request, signal) => streamAnswer(ports(body(buildPrompt(request, options.persona), options.maxOutputTokens)), signal),
    probe: (signal) => streamAnswer(ports(body(PROBE_PROMPT, PROBE_OUTPUT_TOKENS)), signal),
  };
}

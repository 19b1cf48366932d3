import type { AnswerSource, Clock } from '@stepdown/kernel';
import { systemClock } from '@stepdown/kernel';
import type { ResponseCreateParamsStreaming } from 'openai/resources/responses/responses';
import { connectionOf, type SourceOptions } from '../connection.ts';
import { opaqueVisitorId } from '../opaque-visitor.ts';
import { createOpenaiClient } from '../openai/openai-client.ts';
import { openaiErrorInBody, outcomeOfOpenaiException } from '../openai/openai-error.ts';
import { openaiOutcome } from '../openai/openai-failure.ts';
import { PROBE_OUTPUT_TOKENS, PROBE_PROMPT, PROBE_VISITOR_HASH } from '../probe.ts';
import { buildPrompt, type Prompt } from '../prompt/build-prompt.ts';
import { type Persona, PROMPT_VERSION } from '../prompt/rules.ts';
import { openedStream, type StreamPorts, streamAnswer } from '../stream/stream-answer.ts';
import { defaultGptEffort, type GptEffort } from './gpt-effort.ts';
import { createGptReader } from './gpt-reader.ts';

export interface GptSourceOptions extends SourceOptions {
  readonly persona?: Persona;
  /** How much the model reasons; null sends none. Default: "low" where the model is known to take it, else none. */
  readonly effort?: GptEffort | null;
}

/** GPT through the Responses API. Nothing is stored at the provider. One attempt is one request: retries belong to the ladder. */
export function createGptSource(options: GptSourceOptions, clock: Clock = systemClock): AnswerSource {
  const connection = connectionOf(options);
  const client = createOpenaiClient(connection, clock);
  const secrets = [connection.apiKey];
  const effort = options.effort === undefined ? defaultGptEffort(options.model) : options.effort;

  function ports(body: ResponseCreateParamsStreaming): StreamPorts {
    return {
      clock,
      // Never the `.stream()` helper: it throws on unknown events and reports success on cut and failed streams.
      open: async (signal) => openedStream(await client.sdk.responses.create(body, { signal }).withResponse()),
      createReader: () => createGptReader(secrets),
      outcomeOfException: (cause, phase) => outcomeOfOpenaiException(cause, phase, { now: clock.now(), secrets }),
      outcomeOfBody(body) {
        const error = openaiErrorInBody(body);
        return error && openaiOutcome(error, 'body', secrets);
      },
    };
  }

  function body(prompt: Prompt, visitorHash: string, maxOutputTokens: number): ResponseCreateParamsStreaming {
    return {
      model: options.model,
      stream: true,
      store: false,
      max_output_tokens: maxOutputTokens,
      instructions: prompt.system,
      input: prompt.messages.map((message) => ({ role: message.role, content: message.content })),
      safety_identifier: opaqueVisitorId('gpt', visitorHash),
      prompt_cache_key: `stepdown-${PROMPT_VERSION}`,
      ...(effort === null ? {} : { reasoning: { effort } }),
    };
  }

  return {
    routeId: `gpt:${options.model}`,
    tier: 'gpt',
    model: options.model,
    answer: (request, signal) =>
      streamAnswer(ports(body(buildPrompt(request, options.persona), request.visitorHash, options.maxOutputTokens)), signal),
    probe: (signal) => streamAnswer(ports(body(PROBE_PROMPT, PROBE_VISITOR_HASH, PROBE_OUTPUT_TOKENS)), signal),
  };
}

import type { Anthropic } from '@anthropic-ai/sdk';
import type { AnswerSource, Clock } from '@stepdown/kernel';
import { systemClock } from '@stepdown/kernel';
import { connectionOf, type SourceOptions } from '../connection.ts';
import { opaqueVisitorId } from '../opaque-visitor.ts';
import { PROBE_OUTPUT_TOKENS, PROBE_PROMPT, PROBE_VISITOR_HASH } from '../probe.ts';
import { buildPrompt, type Prompt } from '../prompt/build-prompt.ts';
import type { Persona } from '../prompt/rules.ts';
import { openedStream, type StreamPorts, streamAnswer } from '../stream/stream-answer.ts';
import { createClaudeClient } from './claude-client.ts';
import { type ClaudeEffort, defaultClaudeEffort } from './claude-effort.ts';
import { claudeErrorInBody, outcomeOfClaudeException } from './claude-error.ts';
import { claudeOutcome } from './claude-failure.ts';
import { createClaudeReader } from './claude-reader.ts';

export interface ClaudeSourceOptions extends SourceOptions {
  readonly persona?: Persona;
  /** How much the model thinks; null sends none. Default: "low" where the model is known to take it, else none. */
  readonly effort?: ClaudeEffort | null;
}

type MessageBody = Anthropic.MessageCreateParamsStreaming;

/** Claude through the Messages API. One attempt is one request: retries belong to the ladder. */
export function createClaudeSource(options: ClaudeSourceOptions, clock: Clock = systemClock): AnswerSource {
  const connection = connectionOf(options);
  const client = createClaudeClient(connection, clock);
  const secrets = [connection.apiKey];
  const effort = options.effort === undefined ? defaultClaudeEffort(options.model) : options.effort;

  function ports(body: MessageBody): StreamPorts {
    return {
      clock,
      open: async (signal) => openedStream(await client.sdk.messages.create(body, { signal }).withResponse()),
      createReader: createClaudeReader,
      outcomeOfException: (cause, phase) => outcomeOfClaudeException(cause, phase, { now: clock.now(), secrets }),
      outcomeOfBody(body) {
        const error = claudeErrorInBody(body);
        return error && claudeOutcome(error, 'body', secrets);
      },
    };
  }

  function body(prompt: Prompt, visitorHash: string, maxTokens: number): MessageBody {
    return {
      model: options.model,
      max_tokens: maxTokens,
      stream: true,
      system: systemBlocks(prompt),
      messages: prompt.messages.map((message) => ({ role: message.role, content: message.content })),
      metadata: { user_id: opaqueVisitorId('claude', visitorHash) },
      ...(effort === null ? {} : { output_config: { effort } }),
    };
  }

  return {
    routeId: `claude:${options.model}`,
    tier: 'claude',
    model: options.model,
    answer: (request, signal) =>
      streamAnswer(ports(body(buildPrompt(request, options.persona), request.visitorHash, options.maxOutputTokens)), signal),
    probe: (signal) => streamAnswer(ports(body(PROBE_PROMPT, PROBE_VISITOR_HASH, PROBE_OUTPUT_TOKENS)), signal),
  };
}

/** The rules are the same for every question and are cached; the entries change and stand behind them. Empty blocks are refused. */
function systemBlocks(prompt: Prompt): Anthropic.TextBlockParam[] {
  const rules: Anthropic.TextBlockParam = { type: 'text', text: prompt.rules, cache_control: { type: 'ephemeral' } };
  return prompt.knowledge === '' ? [rules] : [rules, { type: 'text', text: prompt.knowledge }];
}

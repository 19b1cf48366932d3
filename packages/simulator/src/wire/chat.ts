import type { JsonObject } from '../json.ts';
import { readChatRequest } from './chat-request.ts';
import type { Dialect, SimulatedAnswer, StreamEncoder } from './dialect.ts';
import { sse } from './sse.ts';

/** Chat Completions: `POST /v1/chat/completions`, at OpenAI and at every server for open models. */
export const chat: Dialect = {
  id: 'openai-chat',
  family: 'openai',
  read: readChatRequest,
  encoder,
  whole: (answer) => ({
    ...head(answer, 'chat.completion'),
    choices: [{ index: 0, message: wholeMessage(answer), logprobs: null, finish_reason: finishReason(answer) }],
    usage: usage(answer),
  }),
};

/** The last line of a stream. A stream that ends without it after a finish reason is complete all the same. */
export const DONE = sse(null, '[DONE]');

function encoder(answer: SimulatedAnswer): StreamEncoder {
  const withUsage = answer.includesUsage ? { usage: null } : {};
  const chunk = (delta: JsonObject, finish: string | null) =>
    sse(null, {
      ...head(answer, 'chat.completion.chunk'),
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
      ...withUsage,
    });
  const usageChunk = () => sse(null, { ...head(answer, 'chat.completion.chunk'), choices: [], usage: usage(answer) });
  return {
    opening: () => chunk({ role: 'assistant', content: '', refusal: null }, null),
    delta: (text) => chunk(answer.finish === 'refusal' ? { refusal: text } : { content: text }, null),
    closing: () => chunk({}, finishReason(answer)) + (answer.includesUsage ? usageChunk() : '') + DONE,
    errorEvent: () => sse(null, { error: { message: 'The server had an error', type: 'server_error', param: null, code: 'server_error' } }),
    keepAlive: () => ': keepalive\n\n',
    broken: () => chunk({ content: '' }, null).slice(0, 60).concat('\n\n'),
  };
}

function head(answer: SimulatedAnswer, object: string): JsonObject {
  return { id: `chatcmpl-${answer.id}`, object, created: answer.createdAtSeconds, model: answer.model, service_tier: 'default' };
}

function wholeMessage(answer: SimulatedAnswer): JsonObject {
  const text = answer.chunks.join('');
  const isRefusal = answer.finish === 'refusal';
  return { role: 'assistant', content: isRefusal ? null : text, refusal: isRefusal ? text : null, annotations: [] };
}

function finishReason({ finish }: SimulatedAnswer): string {
  switch (finish) {
    case 'complete':
    case 'refusal':
      return 'stop';
    case 'limit':
      return 'length';
    case 'filter':
      return 'content_filter';
  }
}

function usage({ inputTokens, outputTokens }: SimulatedAnswer): JsonObject {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}

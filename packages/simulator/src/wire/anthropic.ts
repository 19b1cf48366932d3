import type { JsonObject } from '../json.ts';
import { readAnthropicRequest } from './anthropic-request.ts';
import type { AnswerFinish, Dialect, SimulatedAnswer, StreamEncoder } from './dialect.ts';
import { sse } from './sse.ts';

/** The Messages API: `POST /v1/messages`. */
export const anthropic: Dialect = {
  id: 'anthropic',
  family: 'anthropic',
  read: readAnthropicRequest,
  encoder,
  whole: (answer) => ({
    ...head(answer),
    content: answer.chunks.length === 0 ? [] : [{ type: 'text', text: answer.chunks.join(''), citations: null }],
    ...stop(answer.finish),
    usage: usage(answer, answer.outputTokens),
  }),
};

function encoder(answer: SimulatedAnswer): StreamEncoder {
  const hasText = answer.chunks.length > 0;
  const event = (data: { readonly type: string } & JsonObject) => sse(data.type, data);
  const textDelta = (text: string) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
  return {
    opening: () =>
      event({ type: 'message_start', message: { ...head(answer), content: [], ...NOT_STOPPED, usage: usage(answer, 1) } }) +
      (hasText ? event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) : '') +
      event({ type: 'ping' }),
    delta: (text) => event(textDelta(text)),
    closing: () =>
      (hasText ? event({ type: 'content_block_stop', index: 0 }) : '') +
      event({ type: 'message_delta', delta: stop(answer.finish), usage: { ...CACHE_USAGE, output_tokens: answer.outputTokens } }) +
      event({ type: 'message_stop' }),
    errorEvent: () => event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
    keepAlive: () => event({ type: 'ping' }),
    broken: () => sse('content_block_delta', JSON.stringify(textDelta('')).slice(0, 48)),
  };
}

const NOT_STOPPED = { stop_reason: null, stop_sequence: null, stop_details: null };
const CACHE_USAGE = { cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };

function head({ id, model }: SimulatedAnswer): JsonObject {
  return { id: `msg_01${id}`, type: 'message', role: 'assistant', model };
}

function usage(answer: SimulatedAnswer, outputTokens: number): JsonObject {
  return { input_tokens: answer.inputTokens, output_tokens: outputTokens, ...CACHE_USAGE, service_tier: 'standard' };
}

function stop(finish: AnswerFinish): JsonObject {
  switch (finish) {
    case 'complete':
      return { stop_reason: 'end_turn', stop_sequence: null, stop_details: null };
    case 'limit':
      return { stop_reason: 'max_tokens', stop_sequence: null, stop_details: null };
    case 'refusal':
    case 'filter':
      return {
        stop_reason: 'refusal',
        stop_sequence: null,
        stop_details: { type: 'refusal', category: 'general_harms', explanation: null },
      };
  }
}

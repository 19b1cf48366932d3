import type { JsonObject } from '../json.ts';
import type { Dialect, SimulatedAnswer, StreamEncoder } from './dialect.ts';
import { readResponsesRequest } from './responses-request.ts';
import { sse } from './sse.ts';

/** The Responses API: `POST /v1/responses`. */
export const responses: Dialect = {
  id: 'openai-responses',
  family: 'openai',
  read: readResponsesRequest,
  encoder,
  whole: (answer) => ended(answer),
};

function encoder(answer: SimulatedAnswer): StreamEncoder {
  let sequenceNumber = 0;
  const event = (type: string, data: JsonObject) => {
    const text = sse(type, { type, sequence_number: sequenceNumber, ...data });
    sequenceNumber += 1;
    return text;
  };
  const hasText = answer.chunks.length > 0;
  const kind = isRefusal(answer) ? 'refusal' : 'output_text';
  const place = { item_id: messageId(answer), output_index: 0, content_index: 0 };
  const started = () =>
    event('response.created', { response: inProgress(answer) }) + event('response.in_progress', { response: inProgress(answer) });
  const openedItem = () =>
    event('response.output_item.added', { output_index: 0, item: { ...message(answer, 'in_progress'), content: [] } }) +
    event('response.content_part.added', { ...place, part: part(answer, '') });
  const closedItem = () => {
    const text = answer.chunks.join('');
    const done = kind === 'refusal' ? { refusal: text } : { text, logprobs: [] };
    const item = message(answer, statusOf(answer));
    return (
      event(`response.${kind}.done`, { ...place, ...done }) +
      event('response.content_part.done', { ...place, part: part(answer, text) }) +
      event('response.output_item.done', { output_index: 0, item })
    );
  };
  return {
    opening: () => started() + (hasText ? openedItem() : ''),
    delta: (text) => event(`response.${kind}.delta`, { ...place, delta: text, ...(kind === 'refusal' ? {} : { logprobs: [] }) }),
    closing: () => (hasText ? closedItem() : '') + event(`response.${statusOf(answer)}`, { response: ended(answer) }),
    errorEvent: () => event('error', { code: 'server_error', message: 'The server had an error', param: null }),
    keepAlive: () => ': keepalive\n\n',
    broken: () =>
      event('response.output_text.delta', { ...place, delta: '' })
        .slice(0, 80)
        .concat('\n\n'),
  };
}

function isRefusal(answer: SimulatedAnswer): boolean {
  return answer.finish === 'refusal';
}

/** A refusal is a completed response in this API; only a limit or a filter leaves it incomplete. */
function statusOf(answer: SimulatedAnswer): 'completed' | 'incomplete' {
  return answer.finish === 'limit' || answer.finish === 'filter' ? 'incomplete' : 'completed';
}

const messageId = (answer: SimulatedAnswer): string => `msg_${answer.id}`;

function part(answer: SimulatedAnswer, text: string): JsonObject {
  return isRefusal(answer) ? { type: 'refusal', refusal: text } : { type: 'output_text', text, annotations: [], logprobs: [] };
}

function message(answer: SimulatedAnswer, status: string): JsonObject {
  return { id: messageId(answer), type: 'message', status, role: 'assistant', content: [part(answer, answer.chunks.join(''))] };
}

function inProgress(answer: SimulatedAnswer): JsonObject {
  return {
    id: `resp_${answer.id}`,
    object: 'response',
    created_at: answer.createdAtSeconds,
    status: 'in_progress',
    model: answer.model,
    output: [],
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    parallel_tool_calls: true,
    temperature: null,
    tool_choice: 'auto',
    tools: [],
    top_p: null,
    usage: null,
  };
}

function ended(answer: SimulatedAnswer): JsonObject {
  const status = statusOf(answer);
  const reason = answer.finish === 'limit' ? 'max_output_tokens' : 'content_filter';
  return {
    ...inProgress(answer),
    status,
    incomplete_details: status === 'incomplete' ? { reason } : null,
    output: answer.chunks.length === 0 ? [] : [message(answer, status)],
    usage: {
      input_tokens: answer.inputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: answer.outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: answer.inputTokens + answer.outputTokens,
    },
  };
}

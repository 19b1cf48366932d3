import type { ServerResponse } from 'node:http';
import type { Dialect } from './dialects.ts';

const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify({ type: name, ...data })}\n\n`;
const chunk = (data: object) => `data: ${JSON.stringify({ object: 'chat.completion.chunk', model: 'm', ...data })}\n\n`;
const choice = (delta: object, finishReason: string | null = null) =>
  chunk({ choices: [{ index: 0, delta, finish_reason: finishReason }] });

/** The smallest streams the providers would send: a beginning, pieces of text, and an end that means "whole". */
export const WIRE_TEXT: Readonly<Record<Dialect, { start: string; piece(text: string): string; end: string }>> = {
  anthropic: {
    start: event('message_start', { message: { model: 'm', usage: { input_tokens: 3, output_tokens: 1 } } }),
    piece: (text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
    end: event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } }) + event('message_stop', {}),
  },
  'openai-responses': {
    start: event('response.created', { response: { model: 'm' } }),
    piece: (text) => event('response.output_text.delta', { delta: text }),
    end: event('response.completed', { response: { model: 'm', output: [], usage: { input_tokens: 3, output_tokens: 5 } } }),
  },
  'openai-chat': {
    start: choice({ role: 'assistant', content: '' }),
    piece: (text) => choice({ content: text }),
    end: `${choice({}, 'stop')}${chunk({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 5 } })}data: [DONE]\n\n`,
  },
};

/** Answers with one whole stream. */
export function sendAnswer(response: ServerResponse, dialect: Dialect, text = 'Choose "Forgot password".'): void {
  const wire = WIRE_TEXT[dialect];
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_1', 'x-request-id': 'req_1' });
  response.end(wire.start + wire.piece(text) + wire.end);
}

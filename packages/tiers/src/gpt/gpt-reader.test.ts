import { describe, expect, it } from 'vitest';
import { nameOf } from '../testing/collect.ts';
import { createGptReader } from './gpt-reader.ts';

const text = (delta: unknown) => ({ type: 'response.output_text.delta', delta });
const completed = (output: readonly unknown[] = []) => ({ type: 'response.completed', response: { model: 'gpt-x', output } });
const incomplete = (reason: unknown) => ({ type: 'response.incomplete', response: { incomplete_details: { reason } } });
const failedWith = (error: unknown) => ({ type: 'response.failed', response: { error } });

function read(chunks: readonly unknown[]) {
  const reader = createGptReader();
  const events = chunks.flatMap((chunk) => reader.read(chunk));
  return { reader, events, name: reader.outcome && nameOf(reader.outcome) };
}

describe('gpt reader', () => {
  it.each([
    ['complete', [text('Hi'), completed()]],
    ['empty', [completed()]],
    ['output-limit', [text('Hi'), incomplete('max_output_tokens')]],
    ['empty', [incomplete('max_output_tokens')]],
    ['refused', [text('Hi'), incomplete('content_filter')]],
    ['malformed', [text('Hi'), incomplete('steered')]],
    ['malformed', [text('Hi'), incomplete(undefined)]],
    ['refused', [{ type: 'response.refusal.delta', delta: 'No' }, completed()]],
    ['refused', [text('Hi'), completed([{ type: 'message', content: [{ type: 'refusal', refusal: 'No' }] }])]],
    ['malformed', [text('Let me look.'), completed([{ type: 'function_call', name: 'refund' }])]],
    ['rate-limited', [failedWith({ code: 'rate_limit_exceeded', message: 'slow' })]],
    ['stream-error', [text('Hi'), failedWith({ code: 'server_error', message: 'x' })]],
    ['refused', [failedWith({ code: 'invalid_prompt', message: 'flagged' })]],
    ['refused', [failedWith({ code: 'bio_policy', message: 'flagged' })]],
    ['stream-error', [failedWith(null)]],
    ['stream-error', [{ type: 'error', code: 'server_error', message: 'x' }]],
    ['overloaded', [{ type: 'error', code: 'server_is_overloaded', message: 'x' }]],
    [undefined, [text('Hi'), { type: 'response.output_text.done', text: 'Hi' }]],
  ])('[T4] [T5] [T6] [T7] [T8] [T23] gives %s', (expected, chunks) => {
    expect(read(chunks).name).toBe(expected);
  });

  it('[T2] [T3] shows reasoning as a block, and none of its text', () => {
    const { events } = read([
      { type: 'response.output_item.added', item: { type: 'reasoning' } },
      { type: 'response.reasoning_summary_text.delta', delta: 'secret' },
      { type: 'response.output_item.done', item: { type: 'reasoning' } },
      { type: 'response.output_item.added', item: { type: 'message' } },
      text('Hi'),
      { type: 'response.function_call_arguments.delta', delta: '{"amount":100}' },
    ]);
    expect(events).toEqual([
      { type: 'thinking', isOpen: true },
      { type: 'thinking', isOpen: false },
      { type: 'delta', text: 'Hi' },
    ]);
  });

  it.each([null, 42, [], { type: 'response.new_event' }, text(42), text('')])('[T2] passes over %j', (chunk) => {
    expect(read([chunk])).toMatchObject({ events: [], name: undefined });
  });

  it('[T14] counts tokens and names the model', () => {
    const usage = { input_tokens: 425, output_tokens: 9, input_tokens_details: { cached_tokens: 400 } };
    const { reader } = read([text('Hi'), { type: 'response.completed', response: { model: 'gpt-y', output: [], usage } }]);
    expect(reader.usage).toEqual({ inputTokens: 425, outputTokens: 9, cachedInputTokens: 400 });
    expect(reader.model).toBe('gpt-y');
  });
});

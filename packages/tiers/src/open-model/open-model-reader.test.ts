import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameOf } from '../testing/collect.ts';
import { createOpenModelReader, finishOutcome } from './open-model-reader.ts';

const chunk = (delta: object, finishReason: string | null = null) => ({
  model: 'qwen',
  choices: [{ index: 0, delta, finish_reason: finishReason }],
});
const text = (content: unknown) => chunk({ content });

function read(chunks: readonly unknown[]) {
  const reader = createOpenModelReader();
  const events = chunks.flatMap((each) => reader.read(each));
  const shown = events.map((event) => (event.type === 'delta' ? event.text : event.isOpen ? '(' : ')')).join('');
  return { reader, events, shown, name: reader.outcome && nameOf(reader.outcome) };
}

describe('open model reader', () => {
  it.each([
    ['stop', true, 'complete'],
    ['stop', false, 'empty'],
    ['length', true, 'output-limit'],
    ['length', false, 'empty'],
    ['content_filter', false, 'refused'],
    ['tool_calls', true, 'malformed'],
    ['function_call', true, 'malformed'],
    ['error', true, 'stream-error'],
    ['abort', true, 'stream-error'],
    ['something_new', true, 'malformed'],
  ])('[T4] [T5] [T6] [T7] [T8] finish reason %s (text: %s) is %s', (finishReason, hasText, expected) => {
    expect(nameOf(finishOutcome(finishReason, hasText))).toBe(expected);
  });

  it('[T4] takes text that comes with the finish reason', () => {
    expect(read([text('Hel'), chunk({ content: 'lo' }, 'stop')])).toMatchObject({ shown: 'Hello', name: 'complete' });
  });

  it('[T6] a refusal part is a refusal, not text', () => {
    expect(read([chunk({ refusal: 'No.' }), chunk({}, 'stop')])).toMatchObject({ shown: '', name: 'refused' });
  });

  it('[T7] [D31] a tool call gives no text and no answer', () => {
    const call = chunk({ tool_calls: [{ function: { name: 'refund', arguments: '{}' } }] });
    expect(read([call, chunk({}, 'tool_calls')])).toMatchObject({ events: [], name: 'malformed' });
  });

  it('[T14] reads usage that follows the finish reason', () => {
    const { reader } = read([text('Hi'), chunk({}, 'stop'), { choices: [], usage: { prompt_tokens: 7, completion_tokens: 2 } }]);
    expect(reader.usage).toEqual({ inputTokens: 7, outputTokens: 2, cachedInputTokens: 0 });
    expect(reader.model).toBe('qwen');
  });

  it('[T23] reads an error object that comes as a chunk', () => {
    expect(read([{ object: 'error', message: 'maximum context length is 4096', code: 400 }]).name).toBe('context-too-long');
    expect(read([{ object: 'error', message: 'boom', code: 500 }]).name).toBe('stream-error');
  });

  it('[T3] shows separated reasoning as a block', () => {
    const { shown, name } = read([chunk({ reasoning_content: 'hm' }), chunk({ reasoning: 'hm' }), text('Hi'), chunk({}, 'stop')]);
    expect({ shown, name }).toEqual({ shown: '()Hi', name: 'complete' });
  });

  it.each([
    ['<think>secret</think>\n\nHello', '()Hello'],
    ['\n<think>\nsecret < 5</think>Hello', '()Hello'],
    ['<think>never ends', '('],
    ['<thought> is fine', '<thought> is fine'],
    ['A <think> later is text', 'A <think> later is text'],
    ['<', '<'],
    ['<think></think>', '()'],
  ])('[T3] %j is shown as %j, however it is cut', (content, shown) => {
    const cuts = fc.array(fc.nat({ max: content.length }), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, (places) => {
        const edges = [0, ...places.sort((left, right) => left - right), content.length];
        const pieces = edges.slice(1).map((edge, index) => content.slice(edges[index], edge));
        expect(read([...pieces.map(text), chunk({}, 'stop')]).shown).toBe(shown);
      }),
    );
  });

  it.each([
    null,
    42,
    [],
    {},
    { choices: 'x' },
    { choices: [null] },
    text(42),
    text(''),
    { choices: [{ index: 1, delta: { content: 'other' } }] },
  ])('[T2] passes over %j', (each) => {
    expect(read([each])).toMatchObject({ events: [], name: undefined });
  });
});

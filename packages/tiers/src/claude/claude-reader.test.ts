import { describe, expect, it } from 'vitest';
import { nameOf } from '../testing/collect.ts';
import { claudeStopOutcome, createClaudeReader } from './claude-reader.ts';

const text = (piece: unknown) => ({ type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: piece } });
const stop = (stopReason: unknown) => [
  { type: 'message_delta', delta: { stop_reason: stopReason }, usage: { output_tokens: 9 } },
  { type: 'message_stop' },
];

function read(chunks: readonly unknown[]) {
  const reader = createClaudeReader();
  const events = chunks.flatMap((chunk) => reader.read(chunk));
  return { reader, events };
}

describe('claude reader', () => {
  it.each([
    ['end_turn', true, 'complete'],
    ['stop_sequence', true, 'complete'],
    ['end_turn', false, 'empty'],
    ['max_tokens', true, 'output-limit'],
    ['max_tokens', false, 'empty'],
    ['refusal', true, 'refused'],
    ['refusal', false, 'refused'],
    ['model_context_window_exceeded', true, 'context-too-long'],
    ['tool_use', true, 'malformed'],
    ['pause_turn', true, 'malformed'],
    ['something_new', true, 'malformed'],
    [undefined, true, 'malformed'],
  ])('[T4] [T5] [T6] [T7] [T8] stop reason %s (text: %s) is %s', (stopReason, hasText, expected) => {
    expect(nameOf(claudeStopOutcome(stopReason, hasText))).toBe(expected);
  });

  it('[T4] has no outcome before message_stop, whatever the stop reason was', () => {
    const { reader } = read([text('Hi'), stop('end_turn')[0]]);
    expect(reader.outcome).toBeUndefined();
  });

  it('[T8] blank text is no text', () => {
    const { reader, events } = read([text('\n'), ...stop('end_turn')]);
    expect(events).toEqual([{ type: 'delta', text: '\n' }]);
    expect(reader.outcome && nameOf(reader.outcome)).toBe('empty');
  });

  it('[T2] [T3] shows thinking as a block that opens and closes, and none of its text', () => {
    const { events } = read([
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'secret' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'x' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
      text('Hi'),
      { type: 'content_block_stop', index: 1 },
    ]);
    expect(events).toEqual([
      { type: 'thinking', isOpen: true },
      { type: 'thinking', isOpen: false },
      { type: 'delta', text: 'Hi' },
    ]);
  });

  it('[T7] [D31] a tool call gives no text and no answer', () => {
    const { reader, events } = read([
      { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', name: 'refund', input: {} } },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"amount":100}' } },
      { type: 'content_block_stop', index: 0 },
      ...stop('tool_use'),
    ]);
    expect(events).toEqual([]);
    expect(reader.outcome).toMatchObject({ failure: { reason: 'malformed', detail: 'stop reason tool_use' } });
  });

  it.each([null, 42, 'text', [], {}, { type: 7 }, { type: 'new_event' }, text(42), text(undefined), { type: 'content_block_delta' }])(
    '[T2] passes over %j',
    (chunk) => {
      const { reader, events } = read([chunk]);
      expect(events).toEqual([]);
      expect(reader.outcome).toBeUndefined();
    },
  );

  it('[T14] counts tokens, cached ones included', () => {
    const usage = { input_tokens: 25, output_tokens: 1, cache_read_input_tokens: 400, cache_creation_input_tokens: 10 };
    const { reader } = read([{ type: 'message_start', message: { model: 'claude-x', usage } }, text('Hi'), ...stop('end_turn')]);
    expect(reader.usage).toEqual({ inputTokens: 435, outputTokens: 9, cachedInputTokens: 400 });
    expect(reader.model).toBe('claude-x');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClaudeReader } from '../claude/claude-reader.ts';
import { createGptReader } from '../gpt/gpt-reader.ts';
import { createOpenModelReader } from '../open-model/open-model-reader.ts';

const readers = { claude: createClaudeReader, gpt: createGptReader, 'open model': createOpenModelReader };

/** Shapes that providers send, with anything in any place. */
const names = fc.constantFrom(
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
  'response.created',
  'response.output_item.added',
  'response.output_text.delta',
  'response.completed',
  'response.incomplete',
  'response.failed',
  'error',
);
const anyValue = fc.anything({ withNullPrototype: true, withBigInt: true, maxDepth: 3 });
const chunk = fc.oneof(
  anyValue,
  fc.record(
    {
      type: fc.oneof(names, anyValue),
      object: fc.constantFrom('error', 'chat.completion.chunk'),
      delta: fc.oneof(anyValue, fc.record({ type: fc.constant('text_delta'), text: anyValue, stop_reason: anyValue })),
      message: anyValue,
      response: fc.oneof(anyValue, fc.record({ output: anyValue, error: anyValue, usage: anyValue, incomplete_details: anyValue })),
      content_block: fc.oneof(anyValue, fc.record({ type: fc.constantFrom('text', 'thinking', 'tool_use'), text: anyValue })),
      choices: fc.oneof(anyValue, fc.array(fc.oneof(anyValue, fc.record({ index: anyValue, delta: anyValue, finish_reason: anyValue })))),
      usage: anyValue,
    },
    { requiredKeys: [] },
  ),
);

describe.each(Object.entries(readers))('%s reader', (_name, createReader) => {
  it('[T1] [T2] survives whatever is sent, and shows text only', () => {
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 8 }), (chunks) => {
        const reader = createReader();
        for (const event of chunks.flatMap((each) => reader.read(each))) {
          expect(event.type === 'delta' ? typeof event.text === 'string' && event.text !== '' : typeof event.isOpen === 'boolean').toBe(
            true,
          );
        }
        const allowed = ['complete', 'output-limit', 'refused', 'failed', undefined];
        expect(allowed).toContain(reader.outcome?.kind);
      }),
      { numRuns: 500 },
    );
  });
});

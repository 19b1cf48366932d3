import { describe, expect, it } from 'vitest';
import { anthropic } from './anthropic.ts';
import { chat } from './chat.ts';
import type { Dialect, ReadingRules } from './dialect.ts';
import { responses } from './responses.ts';

const STRICT: ReadingRules = { isStrict: true, allowsPrefill: () => false };
const LENIENT: ReadingRules = { isStrict: false, allowsPrefill: () => true };
const user = { role: 'user', content: 'Hi' };
const half = { role: 'assistant', content: 'Well,' };

const refusals: readonly (readonly [Dialect, object, string])[] = [
  [anthropic, { model: 'm', max_tokens: 1, messages: [user], temperature: 1 }, 'temperature: Extra inputs are not permitted'],
  [anthropic, { max_tokens: 1, messages: [user] }, 'model: Field required'],
  [anthropic, { model: 'm', messages: [user] }, 'max_tokens: Field required'],
  [anthropic, { model: 'm', max_tokens: -1, messages: [user] }, 'max_tokens: Input should be greater'],
  [anthropic, { model: 'm', max_tokens: 1 }, 'messages: Field required'],
  [anthropic, { model: 'm', max_tokens: 1, messages: [] }, 'at least one message is required'],
  [anthropic, { model: 'm', max_tokens: 1, messages: ['Hi'] }, 'messages.0: Input should be an object'],
  [
    anthropic,
    { model: 'm', max_tokens: 1, messages: [{ role: 'system', content: 'x' }] },
    "messages.0.role: Input should be 'user' or 'assistant'",
  ],
  [anthropic, { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: '' }] }, 'must have non-empty content'],
  [anthropic, { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 4 }] }, 'Input should be a valid string or list'],
  [
    anthropic,
    { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: [{ text: 'x' }] }] },
    'messages.0.content.0.type: Field required',
  ],
  [anthropic, { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: [{ type: 'text', text: '' }] }] }, 'must be non-empty'],
  [anthropic, { model: 'm', max_tokens: 1, messages: [user, half] }, 'does not support assistant message prefill'],
  [responses, { model: 'm', input: 'Hi', max_tokens: 50 }, "Use 'max_output_tokens' instead"],
  [responses, { model: 'm', input: 'Hi', foo: 1 }, "Unknown parameter: 'foo'."],
  [responses, { model: 'm', input: 'Hi', max_output_tokens: 15 }, 'integer below minimum value'],
  [responses, { input: 'Hi' }, "Missing required parameter: 'model'"],
  [responses, { model: 'm', input: [] }, "Missing required parameter: 'input'"],
  [responses, { model: 'm', input: ['Hi'] }, "Invalid type for 'input[0]'"],
  [responses, { model: 'm', input: [{ role: 'robot', content: 'x' }] }, "Invalid value: 'robot'"],
  [responses, { model: 'm', input: [{ role: 'user' }] }, "Missing required parameter: 'input[0].content'"],
  [
    responses,
    { model: 'm', input: [{ role: 'assistant', content: [{ type: 'input_text', text: 'x' }] }, user] },
    "'output_text', 'refusal'",
  ],
  [responses, { model: 'm', input: [user, half] }, 'does not support assistant message prefill'],
  [chat, { model: 'm', messages: [user], foo: 1 }, 'Unrecognized request argument supplied: foo'],
  [chat, { model: 'm', messages: [user], max_tokens: 1 }, "Use 'max_completion_tokens' instead"],
  [chat, { messages: [user] }, 'you must provide a model parameter'],
  [chat, { model: 'm' }, "Missing required parameter: 'messages'"],
  [chat, { model: 'm', messages: [] }, 'empty array'],
  [chat, { model: 'm', messages: ['Hi'] }, "Invalid type for 'messages[0]'"],
  [chat, { model: 'm', messages: [{ role: 'robot', content: 'x' }] }, "Invalid value: 'robot'"],
  [chat, { model: 'm', messages: [user, half] }, 'does not support assistant message prefill'],
];

describe('reading a request', () => {
  it.each(refusals.map(([dialect, body, message]) => ({ dialect: dialect.id, read: dialect.read, body: { ...body }, message })))(
    '[S8] $dialect refuses: $message',
    ({ read, body, message }) => {
      expect(read(body, STRICT)).toMatchObject({ status: 400, message: expect.stringContaining(message) });
    },
  );

  it.each<[Dialect, object]>([
    [
      anthropic,
      {
        model: 'm',
        max_tokens: 0,
        system: [{ type: 'text', text: 'Be kind.', cache_control: { type: 'ephemeral' } }],
        messages: [{ role: 'user', content: [{ type: 'image' }, { type: 'text', text: 'Hi' }] }, half],
        stream: true,
      },
    ],
    [
      responses,
      {
        model: 'm',
        max_output_tokens: 16,
        instructions: 'Be kind.',
        input: [{ type: 'reasoning', id: 'r' }, { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }, half],
        stream: true,
      },
    ],
    [chat, { model: 'm', max_tokens: 3, foo: 1, messages: [{ role: 'developer', content: 'Be kind.' }, user, half], stream: true }],
  ])('[S1] understands text, blocks and older turns of %o', (dialect, body) => {
    expect(dialect.read({ ...body }, LENIENT)).toMatchObject({
      model: 'm',
      instructions: 'Be kind.',
      turns: [
        { role: 'user', text: 'Hi' },
        { role: 'assistant', text: 'Well,' },
      ],
      isStream: true,
    });
  });
});

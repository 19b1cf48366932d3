/** Values that no field of any command takes, or takes only by mistake. */
const WRONG_VALUES: readonly unknown[] = [
  null,
  [],
  {},
  '',
  ' \n\t',
  '42',
  -1,
  1.5,
  1e308,
  true,
  ['con_1'],
  { toString: 'con_1' },
  'x'.repeat(300),
  '\ud83d',
  '\u0000',
  nested(1_000),
];

const FIELDS = ['conversationId', 'messageId', 'clientMessageId', 'text', 'rating', 'afterSeq', 'tier', 'reason', 'alertId'] as const;

/** A payload of every field, each right but one, and payloads that are no object at all. At least 30 for every command. */
export function malformedPayloads(): readonly unknown[] {
  const whole = [null, [], 'text', 7, true, [[]], ['conversationId', 'con_1'], nested(1_000)];
  const prototype: unknown = JSON.parse(
    '{"__proto__":{"conversationId":"con_1","isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}',
  );
  const single = FIELDS.flatMap((field, index) => {
    const values = WRONG_VALUES.filter((_value, place) => place % FIELDS.length === index % 4 || place === WRONG_VALUES.length - 1);
    return values.map((value) => ({ ...valid(), [field]: value }));
  });
  return [...whole, prototype, ...single];
}

function valid(): Record<string, unknown> {
  return { conversationId: 'con_none', messageId: 'msg_none', clientMessageId: 'c', text: 'hello', rating: 'up', afterSeq: 0 };
}

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { text: value };
  return value;
}

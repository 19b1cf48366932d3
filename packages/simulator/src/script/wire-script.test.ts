import { describe, expect, it } from 'vitest';
import { readScripts } from './wire-script.ts';

const entry = (attempt: unknown, rest: object = {}) => [{ id: 'x', wire: { any: { attempts: [attempt], ...rest } } }];

describe('readScripts', () => {
  it('[S36] reads a catalogue and a bare list alike, without scenarios', () => {
    const list = [
      { id: 'a', wire: { any: { listener: 'refuse' } } },
      { id: 'b', wire: { scenario: { calls: 'a' } } },
    ];
    expect(readScripts({ entries: list }).map(({ id }) => id)).toEqual(['a']);
    expect(readScripts(list)).toHaveLength(1);
  });

  it.each([
    ['nonsense', 'a fault catalogue is a list'],
    [[{ id: 'x' }], 'needs "id" and "wire"'],
    [[{ id: 'x', wire: { any: { listener: 'carrier-pigeon' } } }], 'x.any.listener: unknown "carrier-pigeon"'],
    [[{ id: 'x', wire: { any: 'y' } }], 'x.any is no script'],
    [[{ id: 'x', wire: { any: { attempts: 1 } } }], 'x.any.attempts must be a list'],
    [entry('y'), 'x.any.attempts[0] is no attempt'],
    [entry({ end: 'explode' }), 'x.any.attempts[0].end: unknown "explode"'],
    [entry({ status: '200' }), 'status must be a number'],
    [entry({ rawHead: 1 }), 'rawHead must be text'],
    [entry({ headers: 'a' }), 'headers must be an object'],
    [entry({ chunks: [{ afterMs: 1 }] }), 'chunks must be a list of text or base64'],
  ])('[S36] refuses %j', (catalogue, message) => {
    expect(() => readScripts(catalogue)).toThrow(message);
  });
});

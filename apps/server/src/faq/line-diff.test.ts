import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff } from './line-diff.ts';

const show = (before: string, after: string): string =>
  lineDiff(before, after)
    .map(({ kind, text }) => `${kind === 'same' ? ' ' : kind === 'added' ? '+' : '-'}${text}`)
    .join('\n');

describe('line diff', () => {
  it('shows the lines that changed, in place', () => {
    expect(show('a\nb\nc\n', 'a\nx\nc\nd\n')).toBe(' a\n-b\n+x\n c\n+d');
    expect(show('', 'a\nb')).toBe('+a\n+b');
    expect(show('a', '')).toBe('-a');
  });

  it('gives back both texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.map((line) => `${line}.`).join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);
        const side = (kept: string): string =>
          lines
            .filter(({ kind }) => kind !== kept)
            .map(({ text: line }) => line)
            .join('\n');
        expect([side('added'), side('removed')]).toEqual([before, after]);
      }),
    );
  });
});

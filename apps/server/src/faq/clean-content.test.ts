import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanContent } from './clean-content.ts';

const clean = (answer: string) => cleanContent({ question: 'Q?', variants: [], answer });

describe('cleaning', () => {
  it('[D24] makes tags text, whatever backslashes stand in front, and leaves other marks alone', () => {
    expect(clean('<b>').content.answer).toBe('\\<b>');
    expect(clean('\\<b>').content.answer).toBe('\\<b>');
    expect(clean('\\\\<b>').content.answer).toBe('\\\\\\<b>');
    expect(clean('<!-- x --> </p> <?php').content.answer).toBe('\\<!-- x --> \\</p> \\<?php');
    expect(clean('1 < 2 <3 a<').content.answer).toBe('1 < 2 <3 a<');
  });

  it('[D20] names links that will not be links, and images', () => {
    const codes = clean('[a](javascript:alert(1)) [b](http://x.example) [c](https://x.example) ![d](https://x.example/d.png)').warnings;
    expect(codes.map(({ code }) => code)).toEqual(['unsafe-link', 'unsafe-link', 'image']);
  });

  it('changes nothing the second time', () => {
    const pieces = fc.array(fc.constantFrom('<', '\\', 'a', '/', '!', '\u200b', '\u202e', '\r\n', '`', ' ', '&', '\u{e0041}'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(pieces, (all) => {
        const once = clean(`x${all.join('')}x`);
        const twice = cleanContent(once.content);
        expect(twice.content).toEqual(once.content);
        expect(twice.warnings.filter(({ code }) => code === 'html-as-text' || code === 'invisible-removed')).toEqual([]);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenChunks, tokenCount } from './tokens.ts';

describe('tokenChunks', () => {
  it('[S18] joins to the text again, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.lorem()), (text) => tokenChunks(text).join('') === text));
  });

  it('[S18] holds one to four words in a piece', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 60 }), (text) => {
        const sizes = tokenChunks(text).map((chunk) => chunk.trim().split(/\s+/).length);
        return sizes.every((size) => size >= 1 && size <= 4);
      }),
    );
  });

  it('[S18] cuts where a script has no spaces', () => {
    const chunks = tokenChunks('商品到着後30日以内に未使用の商品であれば返品することができます。');
    expect(chunks.length).toBeGreaterThan(2);
    expect(Math.max(...chunks.map((chunk) => [...chunk].length))).toBeLessThanOrEqual(16);
  });
});

describe('tokenCount', () => {
  it('[S11] counts four characters, or one wide one', () => {
    expect([tokenCount(''), tokenCount('a'), tokenCount('x'.repeat(400)), tokenCount('返品')]).toEqual([0, 1, 100, 2]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInShare } from './share.ts';

const shareOfMany = (name: (index: number) => string, share: number) =>
  Array.from({ length: 4_000 }, (_, index) => isInShare(name(index), 'ramp r', share)).filter(Boolean).length / 4_000;

describe('shares', () => {
  it.each([0.25, 0.5, 0.8])('[L17] let %d of the conversations in, whatever their ids look like', (share) => {
    expect(shareOfMany((index) => `con_${index}`, share)).toBeCloseTo(share, 1);
    expect(shareOfMany((index) => `con_01jd${String(index).padStart(9, '0')}`, share)).toBeCloseTo(share, 1);
  });

  it('[L17] nobody at 0, all at 1, always the same ones, and a larger share keeps everyone of the smaller', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.double({ min: 0, max: 1, noNaN: true }), (id, salt, share) => {
        expect([isInShare(id, salt, 0), isInShare(id, salt, 1)]).toEqual([false, true]);
        expect(isInShare(id, salt, share)).toBe(isInShare(id, salt, share));
        if (isInShare(id, salt, share)) expect(isInShare(id, salt, Math.min(1, share + 0.1))).toBe(true);
      }),
    );
  });

  it('[L17] routes choose their own: two ramps at once do not hit the same conversations', () => {
    const both = Array.from(
      { length: 4_000 },
      (_, index) => isInShare(`con_${index}`, 'ramp a', 0.25) && isInShare(`con_${index}`, 'ramp b', 0.25),
    );
    expect(both.filter(Boolean).length / 4_000).toBeCloseTo(0.0625, 1);
  });
});

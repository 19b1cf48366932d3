import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readableInk } from '../../loader/styles.ts';
import { accentColours, contrast, parseColour } from './colours.ts';

const rgb = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255));
const hex = rgb.map((parts) => `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`);

function fromCss(text: string): readonly [number, number, number] {
  const [red = 0, green = 0, blue = 0] = text.match(/\d+/g)?.map(Number) ?? [];
  return [red, green, blue];
}

describe('accent colours', () => {
  it('are readable for any accent, on it and beside it, in both themes', () => {
    fc.assert(
      fc.property(rgb, fc.constantFrom([241, 243, 240] as const, [38, 44, 41] as const), (accent, surface) => {
        const colours = accentColours(accent, surface);
        expect(contrast(fromCss(colours.ink), accent)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(fromCss(colours.text), surface)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are readable on the launcher too, which computes with a shorter curve', () => {
    fc.assert(
      fc.property(hex, (accent) => {
        const ink = parseColour(readableInk(accent));
        const fill = parseColour(accent);
        expect(ink && fill && contrast(ink, fill)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 5_000 },
    );
  });

  it('keep the accent where it can be read as it is', () => {
    expect(accentColours([15, 95, 89], [255, 255, 255]).text).toBe('rgb(15 95 89)');
  });

  it('are read from #rgb and #rrggbb and nothing else', () => {
    expect(parseColour('#0af')).toEqual([0, 170, 255]);
    expect(parseColour('#00AAff')).toEqual([0, 170, 255]);
    expect(parseColour('red;} *{display:none')).toBeNull();
  });
});

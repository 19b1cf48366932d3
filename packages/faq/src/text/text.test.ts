import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_QUESTION, normaliseQuestion } from './normalise.ts';
import { stemOf } from './stem.ts';
import { wordsOf } from './tokenise.ts';

describe('normaliseQuestion', () => {
  it.each([
    ['Where’s my PARCEL??', 'en', 'where is my parcel'],
    ["I can't log-in", 'en', 'i can not log in'],
    ['isnt it', 'en', 'is not it'],
    ['Größe ändern', 'de', 'grosse andern'],
    ["qu'est-ce que l'adresse", 'fr', 'qu est ce que l adresse'],
    ['ｃａｆｅ\u200b', 'en', 'cafe'],
    ['إرجاعُ المنتجة', 'ar', 'ارجاع المنتجه'],
  ])('[F9] folds "%s" (%s)', (text, language, expected) => {
    expect(normaliseQuestion(text, language)).toBe(expected);
  });

  it('[F9] changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const once = normaliseQuestion(text, 'de');
        expect(normaliseQuestion(once, 'de')).toBe(once);
      }),
    );
  });

  it('[F11] reads no further than the longest question', () => {
    expect(normaliseQuestion('a'.repeat(5_000)).length).toBe(LONGEST_QUESTION);
  });
});

describe('wordsOf', () => {
  it('[F9] takes scripts without spaces apart, and leaves other words of the text whole', () => {
    expect(wordsOf('iPhoneの返品', 'ja')).toEqual(['iphone', 'の', '返', '品']);
    expect(wordsOf('退货 ok', 'zh')).toEqual(['退', '货', 'ok']);
  });

  it('[F9] takes article and ending off Arabic words', () => {
    expect(wordsOf('المنتجات', 'ar')).toEqual(wordsOf('منتج', 'ar'));
  });
});

describe('stemOf', () => {
  it.each([
    ['returned', 'returning'],
    ['deliveries', 'delivery'],
    ['cancellation', 'cancellations'],
    ['shipping', 'shipped'],
  ])('[F4] brings %s and %s together', (first, second) => {
    expect(stemOf(first, 'en')).toBe(stemOf(second, 'en'));
  });

  it.each([
    ['card', 'cart'],
    ['string', 'sting'],
  ])('[F4] keeps %s and %s apart', (first, second) => {
    expect(stemOf(first, 'en')).not.toBe(stemOf(second, 'en'));
  });
});

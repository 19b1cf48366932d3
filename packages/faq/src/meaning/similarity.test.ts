import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entry } from '../testing/shop.ts';
import { findDuplicates, groupQuestions } from './groups.ts';
import { contentWordsOf, sameMeaningGuard, similarity } from './similarity.ts';

describe('similarity', () => {
  it('[F14] is one for equal questions, symmetric and between 0 and 1', () => {
    expect(similarity('Where is my parcel?', 'where IS my parcel', 'en')).toBeCloseTo(1);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 80 }), (first, second) => {
        const alike = similarity(first, second, 'en');
        expect(alike).toBeCloseTo(similarity(second, first, 'en'), 6);
        expect(alike).toBeGreaterThanOrEqual(0);
        expect(alike).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });

  it('[F14] weighs the subject more than the frame', () => {
    const parcel = similarity('where is my parcel', 'parcel location', 'en');
    expect(parcel).toBeGreaterThan(similarity('where is my parcel', 'where is my husband', 'en') / 2);
    expect(similarity('where is my parcel', 'how do i bake bread', 'en')).toBeLessThan(0.15);
  });
});

describe('sameMeaningGuard', () => {
  it.each([
    ['How do I turn on alerts?', 'How do I turn off alerts?', 'en'],
    ['return with receipt', 'return without receipt', 'en'],
    ['I want to cancel my order', 'I do not want to cancel my order', 'en'],
    ['Do you ship to France?', 'Do you ship to Spain?', 'en'],
    ['discount for 2 mugs', 'discount for 20 mugs', 'en'],
    ['Benachrichtigungen aktivieren', 'Benachrichtigungen deaktivieren', 'de'],
    ['Rückgabe mit Beleg', 'Rückgabe ohne Beleg', 'de'],
  ])('[F15] keeps "%s" and "%s" apart', (first, second, locale) => {
    expect(sameMeaningGuard(first, second, locale)).toBe(false);
  });

  it.each([
    ['Where is my parcel?', 'where is my parcel please', 'en'],
    ['how do I return an item', 'how can I return items', 'en'],
    ['Wo ist mein Paket?', 'wo ist denn mein Paket', 'de'],
  ])('[F15] lets "%s" and "%s" share an answer', (first, second, locale) => {
    expect(sameMeaningGuard(first, second, locale)).toBe(true);
  });

  it('[F15] names the words that carry the subject', () => {
    expect(contentWordsOf('Where is my blue parcel?', 'en')).toEqual(['blue', 'parcel']);
  });
});

describe('groups', () => {
  it('[F16] finds phrasings that two entries of one locale share', () => {
    const pairs = findDuplicates([
      entry('a', 'Where is my parcel?', ['track it']),
      entry('b', 'Something else', ['where is my parcel']),
      entry('c', 'Where is my parcel?', [], 'de'),
    ]);
    expect(pairs.map(({ first, second }) => [first.id, second.id])).toEqual([['a', 'b']]);
  });

  it('[F17] groups unanswered questions by subject, most asked first', () => {
    const groups = groupQuestions([
      { text: 'do you have a student discount', locale: 'en' },
      { text: 'Can I park at the store?', locale: 'en', count: 3 },
      { text: 'student discount?', locale: 'en' },
      { text: 'is there parking at your store', locale: 'en' },
      { text: 'discount for students', locale: 'en' },
    ]);
    expect(groups.map(({ count, questions }) => [count, questions.length])).toEqual([
      [4, 2],
      [3, 3],
    ]);
  });
});

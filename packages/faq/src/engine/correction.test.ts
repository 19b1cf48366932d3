import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordKnowledgeOf } from '../words/word-knowledge.ts';
import { createCorrector } from './correction.ts';
import { editDistance } from './edit-distance.ts';

const vocabulary = new Map(['where', 'parcel', 'return', 'order', 'card', 'card', 'receive', 'my'].map((word) => [word, 1]));
const english = createCorrector(vocabulary, wordKnowledgeOf('en'));
const correct = (text: string): string => english.correct(text.split(' ')).words.join(' ');

describe('correction', () => {
  it.each([
    ['prcel', 'parcel'],
    ['parcle', 'parcel'],
    ['recieve', 'receive'],
    ['crad', 'card'],
    ['myorder', 'my order'],
  ])('[F5] turns %s into %s', (typed, meant) => {
    expect(correct(typed)).toBe(meant);
  });

  it.each(['cart', 'border', 'cord', 'pigeon', 'xy', 'crd1', 'zzzzzzz'])('[F5] leaves "%s" alone', (word) => {
    expect(correct(word)).toBe(word);
  });

  it('[F5] corrects nothing in a language without a word list', () => {
    const dutch = createCorrector(new Map([['pakket', 1]]), wordKnowledgeOf('nl'));
    expect(dutch.correct(['pakekt'])).toEqual({ words: ['pakekt'], corrections: [] });
  });

  it.each([
    ['de', 'ruckgabe', 'rukgabe'],
    ['fr', 'remboursement', 'rembousement'],
    ['es', 'seguimiento', 'segimiento'],
    ['pt', 'reembolso', 'rembolso'],
  ])('[F5] corrects in %s: %s', (language, meant, typed) => {
    const corrector = createCorrector(new Map([[meant, 1]]), wordKnowledgeOf(language));
    expect(corrector.correct([typed]).words).toEqual([meant]);
  });

  it('[F5] leaves a common word of German alone', () => {
    const german = createCorrector(new Map([['karte', 1]]), wordKnowledgeOf('de'));
    expect(german.correct(['warte']).corrections).toEqual([]);
  });

  it('[F11] looks at no more than eight unknown words of a message', () => {
    const words = [...Array.from({ length: 8 }, () => 'zzzzzzz'), 'prcel'];
    expect(english.correct(words).words).toEqual(words);
    expect(english.correct(words.slice(1)).words.at(-1)).toBe('parcel');
  });

  it('[F11] corrects at most eight words of a message', () => {
    expect(english.correct(Array.from({ length: 20 }, () => 'prcel')).corrections).toHaveLength(8);
  });
});

describe('editDistance', () => {
  it('counts a swap of neighbours as one slip', () => {
    expect(editDistance('crad', 'card', 2)).toBe(1);
    expect(editDistance('abcd', 'badc', 2)).toBe(2);
    expect(editDistance('abc', 'xyz', 2)).toBe(3);
  });

  it('is symmetric and zero only for equal words', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(word, word, (first, second) => {
        expect(editDistance(first, second, 9)).toBe(editDistance(second, first, 9));
        expect(editDistance(first, second, 9) === 0).toBe(first === second);
      }),
    );
  });
});

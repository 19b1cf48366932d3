import { describe, expect, it } from 'vitest';
import { createFaultBook, createSeededRandom } from './fault-book.ts';

const facts = { kind: 'answer', model: 'm', lastUserText: 'Where is my Order?' } as const;

describe('fault book', () => {
  it('[S22] spends times only on requests the fault applies to', () => {
    const book = createFaultBook(() => 0);
    book.set([{ mode: 'cut', times: 1, match: 'order' }]);
    expect(book.choose({ ...facts, lastUserText: 'Hi' }).mode).toBe('healthy');
    expect(book.choose({ ...facts, kind: 'model' }).mode).toBe('healthy');
    expect(book.choose(facts).mode).toBe('cut');
    expect(book.choose(facts).mode).toBe('healthy');
    expect(book.mode()).toBe('healthy');
  });

  it('[S22] draws below the share', () => {
    const drawn = (number: number, share: number) => {
      const book = createFaultBook(() => number);
      book.set([{ mode: 'cut', share }]);
      return book.choose(facts).mode;
    };
    expect([drawn(0.29, 0.3), drawn(0.3, 0.3), drawn(0, 0), drawn(0.999, 1)]).toEqual(['cut', 'healthy', 'healthy', 'cut']);
  });

  it('[S22] draws from a seed, evenly and the same again', () => {
    const numbers = (seed: number) => Array.from({ length: 1_000 }, createSeededRandom(seed));
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
    const below = numbers(1).filter((number) => number < 0.3).length;
    expect(below).toBeGreaterThan(250);
    expect(below).toBeLessThan(350);
  });
});

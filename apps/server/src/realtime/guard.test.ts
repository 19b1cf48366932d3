import { describe, expect, it } from 'vitest';
import { createSeats, createTurnstile } from './guard.ts';

describe('the turnstile', () => {
  it('[D17] lets one at a time through, in the order they came, and others pass beside', async () => {
    const inTurn = createTurnstile();
    const steps: string[] = [];
    const work = (name: string, pauses: number) => async (): Promise<string> => {
      steps.push(`${name} in`);
      for (let pause = 0; pause < pauses; pause += 1) await Promise.resolve();
      steps.push(`${name} out`);
      return name;
    };
    const results = await Promise.all([inTurn('ada', work('first', 9)), inTurn('ada', work('second', 1)), inTurn('bo', work('other', 1))]);
    expect(results).toEqual(['first', 'second', 'other']);
    expect(steps.filter((step) => !step.startsWith('other'))).toEqual(['first in', 'first out', 'second in', 'second out']);
    expect(steps.indexOf('other out')).toBeLessThan(steps.indexOf('first out'));
  });

  it('[D17] is not jammed by one who fails', async () => {
    const inTurn = createTurnstile();
    await expect(inTurn('ada', () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
    expect(await inTurn('ada', async () => 'next')).toBe('next');
  });
});

describe('seats', () => {
  it('[D16] are counted by key and given back', () => {
    const seats = createSeats(2);
    const leave = seats.take('one');
    seats.take('one');
    expect([seats.hasRoom('one'), seats.hasRoom('two')]).toEqual([false, true]);
    leave();
    expect(seats.hasRoom('one')).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { nextAgent } from './assign.ts';

const agent = (id: string, openCount: number, lastAssignedAt?: number, capacity = 2) => ({ id, openCount, capacity, lastAssignedAt });

describe('whose turn it is', () => {
  it('is who has waited longest for a conversation', () => {
    expect(nextAgent([agent('a', 0, 30), agent('b', 1, 10), agent('c', 0, 20)])).toBe('b');
    expect(nextAgent([agent('a', 0, 30), agent('b', 0)])).toBe('b');
    expect(nextAgent([agent('b', 0), agent('a', 0)])).toBe('a');
  });

  it('is nobody at capacity', () => {
    expect(nextAgent([agent('a', 2), agent('b', 1, 5)])).toBe('b');
    expect(nextAgent([agent('a', 2), agent('b', 3)])).toBeUndefined();
    expect(nextAgent([agent('a', 0, undefined, 0)])).toBeUndefined();
    expect(nextAgent([])).toBeUndefined();
  });
});

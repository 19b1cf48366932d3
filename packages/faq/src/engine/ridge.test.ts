import { describe, expect, it } from 'vitest';
import { ridgeVotes } from './ridge.ts';
import type { SparseVector } from './sparse.ts';

const vector = (...values: number[]): SparseVector => ({ ids: Int32Array.from(values, (_, id) => id), values: Float32Array.from(values) });

describe('ridgeVotes', () => {
  it('[F4] solves (K + noise) w = k', () => {
    const half = Math.SQRT1_2;
    const [first, second] = [vector(1, 0), vector(half, half)];
    const votes = ridgeVotes([
      { vector: first, similarity: 1, weight: 1 },
      { vector: second, similarity: half, weight: 1 },
    ]);
    // K = [[1, .5], [.5, 1]], noise .3, k = [1, .5]
    const determinant = 1.3 * 1.3 - 0.25;
    expect(votes[0]).toBeCloseTo((1.3 * 1 - 0.5 * 0.5) / determinant, 5);
    expect(votes[1]).toBeCloseTo((1.3 * 0.5 - 0.5 * 1) / determinant, 5);
  });

  it('[F4] lets near copies share one vote instead of doubling it', () => {
    const alone = ridgeVotes([{ vector: vector(1), similarity: 0.9, weight: 1 }]);
    const copies = ridgeVotes(Array.from({ length: 5 }, () => ({ vector: vector(1), similarity: 0.9, weight: 1 })));
    const sum = copies.reduce((total, vote) => total + vote, 0);
    expect(sum).toBeGreaterThan(alone[0] ?? 0);
    expect(sum).toBeLessThan(1);
  });

  it('gives nothing for nothing', () => {
    expect(ridgeVotes([])).toHaveLength(0);
  });
});

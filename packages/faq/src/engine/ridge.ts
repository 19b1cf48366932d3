import type { SparseVector } from './sparse.ts';
import { dot } from './sparse.ts';

/** One phrasing near the question. */
export interface Neighbour {
  readonly vector: SparseVector;
  /** Cosine with the question, 0–1. */
  readonly similarity: number;
  /** Trust, 0–1; a less trusted phrasing pulls less. */
  readonly weight: number;
}

/** Regularisation: the noise in a phrasing's label, in units of the kernel. */
const NOISE = 0.3;

/**
 * Kernel ridge classifier over the neighbours of one question, in its dual form: solves (K + noise) w = k once and gives every
 * neighbour its share of the vote. The share of an entry is the sum over its phrasings. The kernel is the squared cosine, which
 * lets two features together say more than each alone. Nothing is trained ahead, so an edited entry counts at once and ten
 * thousand entries cost no more than a hundred.
 */
export function ridgeVotes(neighbours: readonly Neighbour[]): Float64Array {
  const size = neighbours.length;
  const matrix = new Float64Array(size * size);
  for (const [row, neighbour] of neighbours.entries()) {
    for (let column = 0; column < row; column++) {
      const other = neighbours[column];
      if (other !== undefined) matrix[row * size + column] = dot(neighbour.vector, other.vector) ** 2;
    }
    matrix[row * size + row] = dot(neighbour.vector, neighbour.vector) ** 2 + NOISE / Math.max(0.05, neighbour.weight);
  }
  factorise(matrix, size);
  return solve(
    matrix,
    Float64Array.from(neighbours, ({ similarity }) => similarity ** 2),
  );
}

/** Cholesky factor in the lower triangle, in place. The noise keeps the matrix positive definite. */
function factorise(matrix: Float64Array, size: number): void {
  for (let column = 0; column < size; column++) {
    const pivot = Math.sqrt(Math.max(1e-12, (matrix[column * size + column] ?? 0) - dotRows(matrix, column * size, column * size, column)));
    matrix[column * size + column] = pivot;
    for (let row = column + 1; row < size; row++) {
      matrix[row * size + column] = ((matrix[row * size + column] ?? 0) - dotRows(matrix, row * size, column * size, column)) / pivot;
    }
  }
}

/** Dot product of the first `length` cells of two rows, given where they start. */
function dotRows(matrix: Float64Array, first: number, second: number, length: number): number {
  let sum = 0;
  for (let inner = 0; inner < length; inner++) sum += (matrix[first + inner] ?? 0) * (matrix[second + inner] ?? 0);
  return sum;
}

function solve(factor: Float64Array, target: Float64Array): Float64Array {
  const result = target.slice();
  substituteForward(factor, result);
  substituteBackward(factor, result);
  return result;
}

function substituteForward(factor: Float64Array, result: Float64Array): void {
  const size = result.length;
  for (let row = 0; row < size; row++) {
    const value = (result[row] ?? 0) / (factor[row * size + row] ?? 1);
    result[row] = value;
    for (let below = row + 1; below < size; below++) result[below] = (result[below] ?? 0) - (factor[below * size + row] ?? 0) * value;
  }
}

function substituteBackward(factor: Float64Array, result: Float64Array): void {
  const size = result.length;
  for (let row = size - 1; row >= 0; row--) {
    const value = (result[row] ?? 0) / (factor[row * size + row] ?? 1);
    result[row] = value;
    for (let above = 0; above < row; above++) result[above] = (result[above] ?? 0) - (factor[row * size + above] ?? 0) * value;
  }
}

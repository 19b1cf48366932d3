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
    for (let row = column; row < size; row++) {
      let sum = matrix[row * size + column] ?? 0;
      for (let inner = 0; inner < column; inner++) sum -= (matrix[row * size + inner] ?? 0) * (matrix[column * size + inner] ?? 0);
      matrix[row * size + column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (matrix[column * size + column] ?? 1);
    }
  }
}

function solve(factor: Float64Array, target: Float64Array): Float64Array {
  const size = target.length;
  const result = target.slice();
  for (let row = 0; row < size; row++) {
    let sum = result[row] ?? 0;
    for (let inner = 0; inner < row; inner++) sum -= (factor[row * size + inner] ?? 0) * (result[inner] ?? 0);
    result[row] = sum / (factor[row * size + row] ?? 1);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = result[row] ?? 0;
    for (let inner = row + 1; inner < size; inner++) sum -= (factor[inner * size + row] ?? 0) * (result[inner] ?? 0);
    result[row] = sum / (factor[row * size + row] ?? 1);
  }
  return result;
}

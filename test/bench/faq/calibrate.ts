import type { Row, SetRun } from './metrics.ts';

/** logit = intercept + logVote · ln(vote + 0.02) + margin · (vote − rival) */
export interface Coefficients {
  readonly intercept: number;
  readonly logVote: number;
  readonly margin: number;
}

const evidenceOf = (row: Row): readonly [number, number, number] => {
  const vote = row.vote ?? 0;
  return [1, Math.log(Math.max(0, vote) + 0.02), vote - (row.rivalVote ?? 0)];
};

/** Keeps the matrix invertible when all sets agree. */
const RIDGE: number = 1e-6;

/** Logistic regression of "the first entry is right" by Newton's method; every set weighs the same. */
export function fitCalibration(runs: readonly SetRun[]): Coefficients {
  const samples = runs.flatMap(({ rows }) =>
    rows.map((row) => ({ evidence: evidenceOf(row), isRight: row.rank === 0, weight: 1 / rows.length })),
  );
  let weights: [number, number, number] = [0, 0, 0];
  for (let iteration = 0; iteration < 30; iteration++) {
    const gradient = [0, 0, 0];
    const hessian = Array.from({ length: 3 }, (_, row) => Array.from({ length: 3 }, (_, column) => (row === column ? RIDGE : 0)));
    for (const { evidence, isRight, weight } of samples) {
      const chance = probability(weights, evidence);
      for (const [row, value] of evidence.entries()) {
        gradient[row] = (gradient[row] ?? 0) + weight * ((isRight ? 1 : 0) - chance) * value;
        const line = hessian[row] ?? [];
        for (const [column, other] of evidence.entries())
          line[column] = (line[column] ?? 0) + weight * chance * (1 - chance) * value * other;
      }
    }
    const [a, b, c] = solveThree(hessian, gradient);
    weights = [weights[0] + a, weights[1] + b, weights[2] + c];
  }
  return { intercept: weights[0], logVote: weights[1], margin: weights[2] };
}

/** The runs with scores as these coefficients would give them. */
export function rescore(runs: readonly SetRun[], { intercept, logVote, margin }: Coefficients): SetRun[] {
  return runs.map((run) => ({
    ...run,
    rows: run.rows.map((row) => ({ ...row, score: probability([intercept, logVote, margin], evidenceOf(row)) })),
  }));
}

function probability(weights: readonly [number, number, number], evidence: readonly [number, number, number]): number {
  return 1 / (1 + Math.exp(-(weights[0] * evidence[0] + weights[1] * evidence[1] + weights[2] * evidence[2])));
}

/** Gaussian elimination; the matrix is symmetric and positive definite. */
function solveThree(matrix: readonly (readonly number[])[], target: readonly number[]): [number, number, number] {
  const rows = matrix.map((line, row) => [...line, target[row] ?? 0]);
  for (let pivot = 0; pivot < 3; pivot++) {
    for (let row = 0; row < 3; row++) {
      const factor = row === pivot ? 0 : (rows[row]?.[pivot] ?? 0) / (rows[pivot]?.[pivot] ?? 1);
      rows[row] = (rows[row] ?? []).map((value, column) => value - factor * (rows[pivot]?.[column] ?? 0));
    }
  }
  const at = (row: number): number => (rows[row]?.[3] ?? 0) / (rows[row]?.[row] ?? 1);
  return [at(0), at(1), at(2)];
}

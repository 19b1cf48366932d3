/**
 * Slips between two words: insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). Gives
 * `limit + 1` when the distance is above `limit`.
 */
export function editDistance(first: string, second: string, limit: number): number {
  if (Math.abs(first.length - second.length) > limit) return limit + 1;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: second.length + 1 }, (_, column) => column);
  for (let row = 1; row <= first.length; row++) {
    const current = [row];
    for (let column = 1; column <= second.length; column++) {
      const substituted = at(last, column - 1) + (first[row - 1] === second[column - 1] ? 0 : 1);
      const swapped = isSwap(first, second, row, column) ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(at(last, column) + 1, at(current, column - 1) + 1, substituted, swapped));
    }
    beforeLast = last;
    last = current;
  }
  return Math.min(limit + 1, at(last, second.length));
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;

function isSwap(first: string, second: string, row: number, column: number): boolean {
  return row > 1 && column > 1 && first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1];
}

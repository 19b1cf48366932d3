/**
 * Slips between two words: insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). Gives
 * `limit + 1` as soon as the distance is above `limit`.
 */
export function editDistance(first: string, second: string, limit: number): number {
  if (Math.abs(first.length - second.length) > limit) return limit + 1;
  let beforeLast = new Uint8Array(second.length + 1);
  let last = Uint8Array.from({ length: second.length + 1 }, (_, column) => column);
  for (let row = 1; row <= first.length; row++) {
    const current = new Uint8Array(second.length + 1);
    current[0] = row;
    for (let column = 1; column <= second.length; column++) {
      const isSame = first[row - 1] === second[column - 1];
      let slips = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwap = row > 1 && column > 1 && first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1];
      if (isSwap) slips = Math.min(slips, (beforeLast[column - 2] ?? 0) + 1);
      current[column] = slips;
    }
    beforeLast = last;
    last = current;
  }
  return Math.min(limit + 1, last[second.length] ?? 0);
}

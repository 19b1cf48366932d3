import type { FaqDiffLine } from '@stepdown/protocol';

/** Longer texts are shown as one whole replaced by another: the table of the comparison would get too large. */
const MOST_LINES = 1_500;

/** What changes from one text to another, line by line, by their longest common subsequence. */
export function lineDiff(before: string, after: string): FaqDiffLine[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const head = commonStart(old, fresh);
  const tail = commonStart(old.slice(head).reverse(), fresh.slice(head).reverse());
  const middle = diffMiddle(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail));
  return [...same(old.slice(0, head)), ...middle, ...same(old.slice(old.length - tail))];
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function commonStart(first: readonly string[], second: readonly string[]): number {
  let count = 0;
  while (count < first.length && count < second.length && first[count] === second[count]) count += 1;
  return count;
}

function diffMiddle(old: readonly string[], fresh: readonly string[]): FaqDiffLine[] {
  if (old.length > MOST_LINES || fresh.length > MOST_LINES) return [...removed(old), ...added(fresh)];
  const lengths = commonLengths(old, fresh);
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  const lines: FaqDiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < old.length && column < fresh.length) {
    if (old[row] === fresh[column]) {
      lines.push(...same(old.slice(row, row + 1)));
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      lines.push(...removed(old.slice(row, row + 1)));
      row += 1;
    } else {
      lines.push(...added(fresh.slice(column, column + 1)));
      column += 1;
    }
  }
  return [...lines, ...removed(old.slice(row)), ...added(fresh.slice(column))];
}

/** Length of the longest common subsequence of what is left of both, from each pair of positions. */
function commonLengths(old: readonly string[], fresh: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let row = old.length - 1; row >= 0; row -= 1) {
    const [here, below] = [lengths[row], lengths[row + 1]];
    for (let column = fresh.length - 1; column >= 0; column -= 1) {
      const isCommon = old[row] === fresh[column];
      const best = isCommon ? (below?.[column + 1] ?? 0) + 1 : Math.max(below?.[column] ?? 0, here?.[column + 1] ?? 0);
      if (here !== undefined) here[column] = best;
    }
  }
  return lengths;
}

const same = (lines: readonly string[]): FaqDiffLine[] => lines.map((text) => ({ kind: 'same', text }));
const added = (lines: readonly string[]): FaqDiffLine[] => lines.map((text) => ({ kind: 'added', text }));
const removed = (lines: readonly string[]): FaqDiffLine[] => lines.map((text) => ({ kind: 'removed', text }));

/** Positions of the highest positive scores, best first, at most `limit`; equal scores keep their order. */
export function topPositions(scores: ArrayLike<number>, limit: number): number[] {
  const top: number[] = [];
  const scoreAt = (place: number): number => scores[top[place] ?? -1] ?? 0;
  for (let position = 0; position < scores.length; position++) {
    const score = scores[position] ?? 0;
    const isAmongTop = score > 0 && (top.length < limit || score > scoreAt(limit - 1));
    if (!isAmongTop) continue;
    let place = top.length;
    while (place > 0 && scoreAt(place - 1) < score) place -= 1;
    top.splice(place, 0, position);
    if (top.length > limit) top.pop();
  }
  return top;
}

/** Positions of the highest positive scores, best first, at most `limit`; equal scores keep their order. */
export function topPositions(scores: ArrayLike<number>, limit: number): number[] {
  const top: number[] = [];
  for (let position = 0; position < scores.length; position++) {
    const score = scores[position] ?? 0;
    if (score <= 0 || (top.length === limit && score <= (scores[top[limit - 1] ?? 0] ?? 0))) continue;
    let place = top.length;
    while (place > 0 && (scores[top[place - 1] ?? 0] ?? 0) < score) place -= 1;
    top.splice(place, 0, position);
    if (top.length > limit) top.pop();
  }
  return top;
}

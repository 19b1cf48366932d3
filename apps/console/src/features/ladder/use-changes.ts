import type { LadderView, TierChangeView, WireError } from '@stepdown/protocol';
import { useAnswer } from '../../desk/use-answer.ts';

/** Changes of the last `days` days, newest first: the socket tells those of the last one, the rest is read when it is asked for. */
export function useChanges(
  ladder: LadderView,
  days: number,
): { readonly changes: readonly TierChangeView[]; readonly failure: WireError | null } {
  const { value, failure } = useAnswer<LadderView>(days > 1 ? `/api/agent/ladder?days=${days}` : null);
  const newest = new Set(ladder.changes.map(({ at }) => at));
  const older = days > 1 ? (value?.changes ?? []).filter(({ at }) => !newest.has(at)) : [];
  return { changes: [...ladder.changes, ...older].sort((left, right) => right.at - left.at), failure: days > 1 ? failure : null };
}

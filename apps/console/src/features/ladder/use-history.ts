import type { LadderHistory, LadderMinute } from '@stepdown/protocol';
import { useEffect } from 'react';
import { useAnswer } from '../../desk/use-answer.ts';
import { useNow } from '../../desk/use-now.ts';

export const HISTORY_MINUTES = 60;
/** A minute is filled as it goes; reading it four times keeps the last bar honest. */
const EVERY_MS = 15_000;

/** The last hour of every route by its id, read anew while the page is looked at. Empty until the server has answered. */
export function useHistory(): ReadonlyMap<string, readonly LadderMinute[]> {
  const { value, reload } = useAnswer<LadderHistory>(`/api/agent/ladder/history?minutes=${HISTORY_MINUTES}`);
  const turn = Math.floor(useNow() / EVERY_MS);
  useEffect(() => {
    if (document.visibilityState === 'visible') void reload();
  }, [turn, reload]);
  return new Map(value?.routes?.map(({ id, buckets }) => [id, buckets]));
}

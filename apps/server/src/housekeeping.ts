import type { Clock, Log } from '@stepdown/kernel';
import type { Store } from '@stepdown/store';

const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 3_600_000;

/** Removes what has served its time (expired sessions, links, saved answers, ended jobs), every hour. Returns what stops it. */
export function startHousekeeping({
  store,
  clock,
  log,
}: {
  readonly store: Pick<Store, 'prune'>;
  readonly clock: Clock;
  readonly log: Log;
}): () => void {
  let timer: unknown;
  function plan(afterMs: number): void {
    timer = clock.setTimeout(() => {
      store
        .prune(clock.now())
        .catch((cause: unknown) => log.warn({ cause }, 'Housekeeping failed; trying again in an hour.'))
        .finally(() => plan(EVERY_MS));
    }, afterMs);
  }
  plan(FIRST_AFTER_MS);
  return () => clock.clearTimeout(timer);
}

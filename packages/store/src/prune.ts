import type { Engine } from './engine/engine.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long what has ended stays; the status page looks back 90 days. */
const KEPT_MS = {
  signInAttempts: DAY_MS,
  oneTimeLinks: 7 * DAY_MS,
  endedJobs: 30 * DAY_MS,
  healthBuckets: 91 * DAY_MS,
  faqReadings: 91 * DAY_MS,
} as const;

/** Removes what has served its time (`Store.prune`). Several short transactions, so that nobody waits long. */
export async function prune({ database }: Engine, now: number): Promise<void> {
  await database.deleteFrom('agent_session').where('expires_at', '<=', now).execute();
  await database
    .deleteFrom('one_time_link')
    .where('expires_at', '<=', now - KEPT_MS.oneTimeLinks)
    .execute();
  await database
    .deleteFrom('sign_in_attempt')
    .where('at', '<', now - KEPT_MS.signInAttempts)
    .execute();
  await database
    .deleteFrom('job')
    .where('ended_at', '<', now - KEPT_MS.endedJobs)
    .where('ended_at', 'is not', null)
    .execute();
  await database.deleteFrom('cache_entry').where('expires_at', '<=', now).execute();
  await database
    .deleteFrom('health_bucket')
    .where('minute', '<', now - KEPT_MS.healthBuckets)
    .execute();
  await database
    .deleteFrom('faq_reading')
    .where('at', '<', now - KEPT_MS.faqReadings)
    .execute();
}

import { type Clock, type Log, StepdownError } from '@stepdown/kernel';
import { sql } from 'kysely';
import { createAgentSessions } from './access/agent-sessions.ts';
import { createAgents } from './access/agents.ts';
import { createAudit } from './access/audit.ts';
import { createOneTimeLinks } from './access/one-time-links.ts';
import { createSignInAttempts } from './access/sign-in-attempts.ts';
import { createVisitors } from './access/visitors.ts';
import { createCache } from './content/cache.ts';
import { createFaqConflicts, createFaqFiles } from './content/faq-files.ts';
import { createFaqLearning } from './content/faq-learning.ts';
import { createFaqReadings } from './content/faq-readings.ts';
import { createFaqRevisions } from './content/faq-revisions.ts';
import { createConversations } from './conversations/conversations.ts';
import { createTurns } from './conversations/turns.ts';
import type { Engine } from './engine/engine.ts';
import { openPostgres } from './engine/open-postgres.ts';
import { openSqlite } from './engine/open-sqlite.ts';
import { createCannedReplies } from './inbox/canned-replies.ts';
import { createLabels } from './inbox/labels.ts';
import { createQueue } from './inbox/queue.ts';
import { createRatings } from './inbox/ratings.ts';
import { createJobs } from './jobs/jobs.ts';
import { createAlerts } from './ladder/alerts.ts';
import { createHealthBuckets } from './ladder/health-buckets.ts';
import { createIncidents } from './ladder/incidents.ts';
import { createLadderState } from './ladder/ladder-state.ts';
import { createPins } from './ladder/pins.ts';
import { createTierChanges } from './ladder/tier-changes.ts';
import { runMigrations } from './migrations/run-migrations.ts';
import { prune } from './prune.ts';
import type { Store } from './types.ts';

export interface OpenStoreOptions {
  /** `postgres://…`; without it the embedded store in `dataDir` is used. */
  readonly url?: string | undefined;
  /** Folder of the embedded store; made when missing. */
  readonly dataDir?: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @throws StepdownError `store-not-writable`, `store-locked`, `store-corrupt`, `store-newer`, `store-unreachable`,
 * `store-unconfigured`; each says what to do.
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const engine = await openEngine(options);
  try {
    await runMigrations(engine, options.clock.now());
  } catch (cause) {
    await engine.close();
    throw cause;
  }
  return createStore(engine);
}

async function openEngine({ url, dataDir, log }: OpenStoreOptions): Promise<Engine> {
  if (url !== undefined) return openPostgres(url, log);
  if (dataDir !== undefined) return openSqlite(dataDir);
  throw new StepdownError('store-unconfigured', 'No place for the data was given.', 'Set STEPDOWN_DATA_DIR or DATABASE_URL.');
}

/** The aggregates over an engine whose tables are there. */
export function createStore(engine: Engine): Store {
  return {
    kind: engine.kind,
    conversations: createConversations(engine),
    turns: createTurns(engine),
    visitors: createVisitors(engine),
    agents: createAgents(engine),
    agentSessions: createAgentSessions(engine),
    setUpTokens: createOneTimeLinks(engine, 'set-up'),
    invitations: createOneTimeLinks(engine, 'invitation'),
    signInAttempts: createSignInAttempts(engine),
    audit: createAudit(engine),
    tierChanges: createTierChanges(engine),
    ladderState: createLadderState(engine),
    healthBuckets: createHealthBuckets(engine),
    pins: createPins(engine),
    jobs: createJobs(engine),
    cache: createCache(engine),
    faqRevisions: createFaqRevisions(engine),
    faqFiles: createFaqFiles(engine),
    faqConflicts: createFaqConflicts(engine),
    faqReadings: createFaqReadings(engine),
    faqLearning: createFaqLearning(engine),
    incidents: createIncidents(engine),
    alerts: createAlerts(engine),
    queue: createQueue(engine),
    labels: createLabels(engine),
    cannedReplies: createCannedReplies(engine),
    ratings: createRatings(engine),
    prune: (now) => prune(engine, now),
    async ping() {
      await sql`select 1`.execute(engine.database);
    },
    close: () => engine.close(),
  };
}

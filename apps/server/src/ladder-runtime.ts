import { createHealthWindows, createProber, type MinuteBucket } from '@stepdown/health';
import type { Clock, Log, NewId, Random, Signal, TierId } from '@stepdown/kernel';
import { createLadder, type Ladder, type LadderEvent, OUTCOMES, type Policy } from '@stepdown/ladder';
import type { LadderHistory, LadderMinute, TierChangeView } from '@stepdown/protocol';
import type { Store } from '@stepdown/store';
import { type RecordPorts, recordLadderEvent as record } from './ladder-record.ts';
import type { ModelRoute } from './routes-config.ts';

export interface LadderRuntimePorts {
  readonly routes: readonly ModelRoute[];
  readonly policy: Policy;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: NewId;
  readonly log: Log;
  /** Conversations that a change touches now. */
  readonly affectedConversations: () => number;
  readonly isDrill: () => boolean;
  readonly onSignal: (signal: Signal) => void;
}

export interface LadderRuntime {
  readonly ladder: Ladder;
  report(signal: Signal): void;
  tier(): TierId;
  recentChanges(since: number): Promise<readonly TierChangeView[]>;
  /** How each route did, minute by minute, over 1–1,440 minutes. */
  history(minutes: number): LadderHistory;
  /** A status page names trouble (`undefined`: no longer). */
  suspect(tier: TierId, reason: string | undefined): void;
  /** What status pages name now, by tier. */
  readonly suspicions: ReadonlyMap<TierId, string>;
  on(listener: (event: LadderEvent) => void): () => void;
  /** Keeps an alert that did not come from the ladder itself. */
  alert(alert: { readonly code: 'model'; readonly routeId: string; readonly detail: string }): Promise<void>;
  close(): Promise<void>;
}

const SAVE_DELAY_MS = 500;
/** More changes than a ladder makes in 90 days, unless it is broken itself. */
const CHANGES_READ = 2_000;

/** The ladder with everything that feeds it and everything that must outlive it. */
export async function startLadder(ports: LadderRuntimePorts): Promise<LadderRuntime> {
  const saved = await ports.store.ladderState.load();
  const state = saved === undefined ? undefined : readState(saved.json);
  const windows = createHealthWindows({
    clock: ports.clock,
    policy: ports.policy,
    isHealthFailure: ({ reason }) => OUTCOMES[reason].health === 'failure',
  });
  windows.restore(state?.windows);
  const ladder = createLadder({
    routes: ports.routes.map((route) => route.descriptor),
    policy: ports.policy,
    clock: ports.clock,
    random: ports.random,
    restored: state?.ladder,
    conversationsAffected: ports.affectedConversations,
  });
  const report = (signal: Signal): void => {
    ladder.report(signal, windows.record(signal));
    ports.onSignal(signal);
  };
  const prober = createProber({
    clock: ports.clock,
    random: ports.random,
    policy: ports.policy,
    log: ports.log,
    sources: new Map(ports.routes.map(({ source }) => [source.routeId, source])),
    report,
  });
  const recordPorts: RecordPorts = { ...ports, topTier: ports.routes[0]?.descriptor.tier ?? 'faq' };
  const suspicions = new Map<TierId, string>();
  const save = createSaver(ports, () => ({ ladder: ladder.serialize(), windows: windows.serialize() }));
  const stopListening = ladder.on((event) => {
    if (event.type === 'probe.due') prober.onDue(event);
    else save.soon();
    void record(recordPorts, event).catch((cause: unknown) =>
      ports.log.warn({ cause, event: event.type }, 'A ladder event could not be stored.'),
    );
  });
  return {
    ladder,
    report,
    tier: () => ladder.snapshot().tier,
    on: (listener) => ladder.on(listener),
    alert: (alert) => record(recordPorts, { type: 'alert', ...alert }),
    recentChanges: async (since) => {
      const changes = await ports.store.tierChanges.list({ since, limit: CHANGES_READ });
      return changes.map(({ from, to, cause, signal, at, affectedConversations, isDrill }) => ({
        from,
        to,
        cause,
        signal: signal ?? '',
        at,
        affectedConversations,
        isDrill,
      }));
    },
    history: (minutes) => ({
      minutes,
      routes: ports.routes.map(({ descriptor: { id } }) => ({ id, buckets: windows.minuteBuckets(id, minutes).map(minuteView) })),
    }),
    suspect(tier, reason) {
      if (reason === undefined) suspicions.delete(tier);
      else suspicions.set(tier, reason);
      ladder.suspect(tier, reason);
    },
    suspicions,
    async close() {
      stopListening();
      prober.stop();
      await save.now();
      ladder.stop();
    },
  };
}

function minuteView({ at, samples, failures, firstTextP50Ms, firstTextP95Ms }: MinuteBucket): LadderMinute {
  return { at, samples, failures, ttftP50Ms: rounded(firstTextP50Ms), ttftP95Ms: rounded(firstTextP95Ms) };
}

function rounded(milliseconds: number | undefined): number | null {
  return milliseconds === undefined ? null : Math.round(milliseconds);
}

/** Unreadable state is no reason not to start: the ladder begins fresh and learns. */
function readState(json: string): { ladder?: unknown; windows?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Saves what must survive a restart: soon after a change, at most twice a second, and once at the end. */
function createSaver(ports: LadderRuntimePorts, read: () => object): { soon(): void; now(): Promise<void> } {
  let timer: unknown;
  async function now(): Promise<void> {
    ports.clock.clearTimeout(timer);
    timer = undefined;
    await ports.store.ladderState.save(JSON.stringify(read()), ports.clock.now());
  }
  return {
    soon() {
      timer ??= ports.clock.setTimeout(() => {
        now().catch((cause: unknown) => ports.log.warn({ cause }, 'The state of the ladder could not be saved.'));
      }, SAVE_DELAY_MS);
    },
    now,
  };
}

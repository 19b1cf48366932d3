import type { Clock, RouteId, RouteWindow, Signal, TierFailure } from '@stepdown/kernel';
import type { MinuteBucket } from './minute-buckets.ts';
import { createRouteRecord, type RouteRecord, type SerializedRecord, type WindowPolicy } from './route-record.ts';

export interface HealthWindowsOptions {
  readonly clock: Clock;
  readonly policy: WindowPolicy;
  /** Whether a failure counts against the route's health; the ladder's outcome table knows. */
  readonly isHealthFailure: (failure: TierFailure) => boolean;
}

export interface SerializedWindows {
  readonly version: 1;
  /** Epoch ms. */
  readonly savedAt: number;
  readonly routes: readonly (readonly [RouteId, SerializedRecord])[];
}

export interface HealthWindows {
  /** Takes one signal and says what the recent ones of its route say together. */
  record(signal: Signal): RouteWindow;
  view(routeId: RouteId): RouteWindow;
  /** The last `minutes` minutes (1–1,440) of a route, oldest first. */
  minuteBuckets(routeId: RouteId, minutes: number): readonly MinuteBucket[];
  serialize(): SerializedWindows;
  /** Takes back what `serialize` gave; anything else is ignored. Evidence has aged by the wall time between. */
  restore(serialized: unknown): void;
}

/** Keeps the recent health evidence of every route. Durations are measured on the monotonic clock. */
export function createHealthWindows({ clock, policy, isHealthFailure }: HealthWindowsOptions): HealthWindows {
  const records = new Map<RouteId, RouteRecord>();

  function recordOf(routeId: RouteId): RouteRecord {
    const known = records.get(routeId);
    if (known !== undefined) return known;
    const created = createRouteRecord(policy);
    records.set(routeId, created);
    return created;
  }

  return {
    record(signal) {
      const record = recordOf(signal.routeId);
      const { outcome } = signal;
      const isFailure = outcome.kind === 'failed' && isHealthFailure(outcome.failure);
      const moment = { monotonicMs: clock.monotonicMs(), epochMs: clock.now() };
      // Rate limits and our own faults say nothing about the route: they are no sample. Nor do cancelled attempts,
      // unless a rival had to answer because this one had been slow already.
      if (outcome.kind === 'ok' || isFailure) {
        record.add({ sourceId: signal.sourceId, isFailure, firstTextMs: signal.firstTextMs }, moment);
      } else if (outcome.kind === 'cancelled' && signal.firstTextMs !== undefined) {
        record.addLost(signal.sourceId, signal.firstTextMs, moment);
      }
      return record.window(clock.monotonicMs());
    },
    view: (routeId) => recordOf(routeId).window(clock.monotonicMs()),
    minuteBuckets: (routeId, minutes) => recordOf(routeId).minutes.last(minutes, clock.now()),
    serialize: () => ({
      version: 1,
      savedAt: clock.now(),
      routes: [...records].map(([routeId, record]) => [routeId, record.serialize(clock.monotonicMs())] as const),
    }),
    restore(serialized) {
      if (!isSerializedWindows(serialized)) return;
      const awayMs = Math.max(0, clock.now() - serialized.savedAt);
      for (const [routeId, record] of serialized.routes) recordOf(routeId).restore(record, clock.monotonicMs() - awayMs);
    },
  };
}

/** True for what `serialize` of this version wrote; it comes from our own store, so its inside is trusted. */
function isSerializedWindows(value: unknown): value is SerializedWindows {
  if (typeof value !== 'object' || value === null) return false;
  return 'version' in value && value.version === 1 && 'savedAt' in value && 'routes' in value && Array.isArray(value.routes);
}

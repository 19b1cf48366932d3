import type { Clock, RouteId } from '@stepdown/kernel';

export type ProbeKind = 'confirm' | 'recovery' | 'background' | 'recheck';

const DAY_MS = 86_400_000;
/** The rest is kept for outages. */
const BACKGROUND_SHARE = 0.75;
/** Above the cap: a cap may slow a recovery down, it may not prevent it. */
const OVER_CAP_EVERY_MS = 300_000;

export interface ProbeAllowance {
  /** True when one more probe of this kind may be paid for today (UTC). */
  take(routeId: RouteId, kind: ProbeKind): boolean;
}

interface Spent {
  day: number;
  count: number;
  lastAtMs: number;
}

/** The daily cost cap, per route. Background probes stop at 75 % of it; at 100 % the others go on once in 5 min. */
export function createProbeAllowance(probesPerDay: number, clock: Clock): ProbeAllowance {
  const spent = new Map<RouteId, Spent>();
  return {
    take(routeId, kind) {
      const day = Math.floor(clock.now() / DAY_MS);
      const known = spent.get(routeId);
      const today = known?.day === day ? known : { day, count: 0, lastAtMs: known?.lastAtMs ?? Number.NEGATIVE_INFINITY };
      spent.set(routeId, today);
      const limit = kind === 'background' ? probesPerDay * BACKGROUND_SHARE : probesPerDay;
      const isSpare = kind !== 'background' && clock.monotonicMs() - today.lastAtMs >= OVER_CAP_EVERY_MS;
      if (today.count >= limit && !isSpare) return false;
      today.count += 1;
      today.lastAtMs = clock.monotonicMs();
      return true;
    },
  };
}

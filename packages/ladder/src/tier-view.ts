import { isModelTier, type TierId } from '@stepdown/kernel';
import type { Pin, RouteSnapshot, RouteState, TierSnapshot, TierState } from './types.ts';

/** Best first: a tier is as well as its best route. */
const BEST_FIRST: readonly RouteState[] = ['healthy', 'degraded', 'ramping', 'probing', 'open', 'latched'];

function stateOf(id: TierId, routes: readonly RouteSnapshot[], pin: Pin | undefined): TierState {
  if (pin?.tier === id) return 'pinned';
  // FAQ and handoff run in process: they can never be open.
  if (!isModelTier(id)) return 'healthy';
  if (routes.length === 0) return 'unconfigured';
  if (routes.some((route) => route.isDrill)) return 'drill';
  return BEST_FIRST.find((state) => routes.some((route) => route.state === state)) ?? 'healthy';
}

/** One tier as the console and the status page show it. */
export function tierSnapshotOf(id: TierId, all: readonly RouteSnapshot[], pin: Pin | undefined): TierSnapshot {
  const routes = all.filter((route) => route.tier === id);
  return { id, state: stateOf(id, routes, pin), routes };
}

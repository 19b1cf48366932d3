import type { TierId } from '@stepdown/kernel';
import type { LadderSnapshot, RouteSnapshot } from '@stepdown/ladder';
import type { DrillView, LadderRouteView, LadderView, StatusResponse, TierChangeView } from '@stepdown/protocol';

interface LadderExtras {
  readonly affectedConversations: number;
  readonly isSimulated: boolean;
  readonly changes: readonly TierChangeView[];
  readonly drill: DrillView | null;
  readonly lastDrills: readonly DrillView[];
}

/** The ladder as agents see it, vendor names and causes included. */
export function ladderView(snapshot: LadderSnapshot, suspicions: ReadonlyMap<TierId, string>, extras: LadderExtras): LadderView {
  return {
    tier: snapshot.tier,
    since: snapshot.since,
    cause: snapshot.cause,
    tiers: snapshot.tiers.map((tier) => ({
      id: tier.id,
      state: tier.state,
      routes: tier.routes.map((route) => ({ ...routeView(route), suspicion: suspicions.get(tier.id) ?? null })),
    })),
    pin:
      snapshot.pin === undefined
        ? null
        : { tier: snapshot.pin.tier, reason: snapshot.pin.reason, by: snapshot.pin.by, until: snapshot.pin.until },
    egressSuspectedSince: snapshot.egressSuspectedSince ?? null,
    ...extras,
  };
}

function routeView(route: RouteSnapshot): LadderRouteView {
  return {
    id: route.id,
    model: route.model,
    state: route.state,
    since: route.since,
    cause: route.cause,
    rampShare: route.rampShare,
    nextProbeAt: route.nextProbeAt ?? null,
    saturatedUntil: route.saturatedUntil ?? null,
    ttftP50Ms: rounded(route.firstTextP50Ms),
    ttftP95Ms: rounded(route.firstTextP95Ms),
    errorRate: route.errorRatio ?? null,
    lastSuccessAt: route.lastSuccessAt ?? null,
  };
}

function rounded(milliseconds: number | undefined): number | null {
  return milliseconds === undefined ? null : Math.round(milliseconds);
}

/** `GET /api/status`: public, so the cause names the tier and not the provider's words. */
export function statusResponse(snapshot: LadderSnapshot, incident: StatusResponse['incident'], isSimulated: boolean): StatusResponse {
  return {
    tier: snapshot.tier,
    since: snapshot.since,
    cause: snapshot.cause,
    tiers: snapshot.tiers.map((tier) => ({
      id: tier.id,
      state: tier.state,
      models: tier.routes.map((route) => {
        const { ttftP50Ms, ttftP95Ms, errorRate, lastSuccessAt, nextProbeAt } = routeView(route);
        return { id: route.model, state: route.state, ttftP50Ms, ttftP95Ms, errorRate, lastSuccessAt, nextProbeAt };
      }),
    })),
    incident,
    isSimulated,
  };
}

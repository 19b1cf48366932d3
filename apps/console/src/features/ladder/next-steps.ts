import type { LadderRouteView, LadderView } from '@stepdown/protocol';
import { tierName } from '../../parts/tiers.ts';

export interface NextStep {
  readonly key: string;
  /** What happens; a time to count down to follows it. */
  readonly text: string;
  readonly at: number | null;
}

/** Three stages of a ramp, each as long (`rampStageMs` of the ladder's policy). */
const RAMP_MS = 3 * 20_000;

/** Nearest to serving customers again first. */
const NEARNESS = ['ramping', 'probing', 'open', 'latched', 'degraded'];

/** What the ladder will do by itself: one step a tier, the one that brings service back soonest first. */
export function nextSteps(ladder: LadderView): readonly NextStep[] {
  const nearest = ladder.tiers.flatMap((tier) => {
    const routes = tier.routes.filter((route) => NEARNESS.includes(route.state)).sort(byNearness);
    const route = routes[0];
    // A tier is as well as its best route: while one is healthy, customers do not wait for the others.
    const isServing = tier.routes.some((each) => each.state === 'healthy');
    return route === undefined ? [] : [{ route, isServing, name: tierName(tier.id) }];
  });
  const steps = nearest.sort((left, right) => Number(left.isServing) - Number(right.isServing) || byNearness(left.route, right.route));
  const held = ladder.pin === null ? [] : [{ key: 'pin', text: 'The hold ends and the ladder decides again', at: ladder.pin.until }];
  const all = [...held, ...steps.map(({ route, isServing, name }) => routeStep(isServing ? `${name} (${route.model})` : name, route))];
  return all.length > 0 ? all : [{ key: 'calm', text: 'Nothing to do. Quiet routes are checked about once a minute', at: null }];
}

function byNearness(left: LadderRouteView, right: LadderRouteView): number {
  const late = Number.MAX_SAFE_INTEGER;
  return NEARNESS.indexOf(left.state) - NEARNESS.indexOf(right.state) || (left.nextProbeAt ?? late) - (right.nextProbeAt ?? late);
}

function routeStep(name: string, route: LadderRouteView): NextStep {
  const key = route.id;
  switch (route.state) {
    case 'ramping':
      return {
        key,
        text: `${name} carries ${Math.round(route.rampShare * 100)} % of conversations, all of them`,
        at: route.since + RAMP_MS,
      };
    case 'probing':
      return { key, text: `${name} must pass one more probe`, at: route.nextProbeAt };
    case 'latched':
      return { key, text: `${name} needs you: ${route.cause}. It is tried again`, at: route.nextProbeAt };
    case 'degraded':
      return { key, text: `${name} is watched; the next tier jumps in when it is slow`, at: null };
    default:
      return { key, text: `${name} is probed`, at: route.nextProbeAt };
  }
}

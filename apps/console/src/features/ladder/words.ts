import type { LadderRouteView, LadderView, Tier } from '@stepdown/protocol';
import { TIERS, tierName } from '../../parts/tiers.ts';

/** How loud the page is. */
export type LadderMood = 'good' | 'warn' | 'bad';

export interface NextStep {
  readonly key: string;
  /** What happens; a time to count down to follows it. */
  readonly text: string;
  readonly at: number | null;
}

/** Three stages of a ramp, each as long (`rampStageMs` of the ladder's policy). */
const RAMP_STAGE_MS = 20_000;
const RAMP_STAGES = 3;

/** The top step that is configured: where the ladder stands when all is well. */
export function topTier(ladder: LadderView): Tier {
  return ladder.tiers.find((tier) => tier.state !== 'unconfigured')?.id ?? 'faq';
}

export function moodOf(ladder: LadderView): LadderMood {
  if (ladder.tier === 'faq' || ladder.tier === 'handoff') return ladder.pin?.tier === ladder.tier ? 'warn' : 'bad';
  const isTop = ladder.tier === topTier(ladder);
  return isTop && ladder.pin === null && ladder.tiers.every((tier) => tier.routes.every((route) => route.state === 'healthy'))
    ? 'good'
    : 'warn';
}

/** What is going on, in one sentence. */
export function headlineOf(ladder: LadderView): string {
  const top = topTier(ladder);
  const name = tierName(ladder.tier);
  if (ladder.pin?.tier === ladder.tier) return `Held here by ${ladder.pin.by}`;
  if (ladder.tier === 'handoff') return 'Nothing can answer by itself; customers are handed to people';
  if (ladder.tier === 'faq') return 'No AI model can answer; customers get written answers and can ask for a person';
  if (ladder.tier !== top) return `${name} answers instead of ${tierName(top)}; customers notice nothing`;
  const troubled = ladder.tiers.flatMap((tier) => tier.routes).filter((route) => route.state !== 'healthy').length;
  if (troubled === 0) return 'Everything works as it should';
  return `${name} answers; ${troubled === 1 ? 'one route is' : `${troubled} routes are`} in trouble`;
}

/** What the ladder will do by itself, the next thing first. */
export function nextSteps(ladder: LadderView): readonly NextStep[] {
  const steps: NextStep[] = [];
  if (ladder.pin !== null) steps.push({ key: 'pin', text: 'The hold ends and the ladder decides again', at: ladder.pin.until });
  for (const tier of ladder.tiers) {
    for (const route of tier.routes) {
      const step = routeStep(`${tierName(tier.id)} (${route.model})`, route);
      if (step !== null) steps.push(step);
    }
  }
  if (steps.length === 0) steps.push({ key: 'calm', text: 'Nothing to do. Quiet routes are checked about once a minute', at: null });
  return steps.sort((left, right) => (left.at ?? Number.MAX_SAFE_INTEGER) - (right.at ?? Number.MAX_SAFE_INTEGER));
}

function routeStep(name: string, route: LadderRouteView): NextStep | null {
  const key = route.id;
  switch (route.state) {
    case 'open':
      return { key, text: `${name} is probed`, at: route.nextProbeAt };
    case 'probing':
      return { key, text: `${name} must pass one more probe before customers come back`, at: route.nextProbeAt };
    case 'ramping':
      return {
        key,
        text: `${name} carries ${Math.round(route.rampShare * 100)} % of conversations, all of them`,
        at: route.since + RAMP_STAGE_MS * RAMP_STAGES,
      };
    case 'latched':
      return { key, text: `${name} needs you: ${route.cause}. It is tried again`, at: route.nextProbeAt };
    case 'degraded':
      return { key, text: `${name} is watched; another answer starts early when it is slow`, at: null };
    default:
      return null;
  }
}

const STATE_WORDS: Readonly<Record<string, string>> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  open: 'Open',
  probing: 'Probing',
  ramping: 'Ramping',
  latched: 'Latched',
  unconfigured: 'Not configured',
  pinned: 'Held',
  drill: 'Drill',
};

export function stateWords(state: string): string {
  return STATE_WORDS[state] ?? state;
}

/** What a state means to somebody who has not read the manual. */
const STATE_HINTS: Readonly<Record<string, string>> = {
  healthy: 'takes every question it gets',
  degraded: 'still answers, with the next tier ready to jump in',
  open: 'gets no customers; probes look for its return',
  probing: 'a probe succeeded; one more and customers come back',
  ramping: 'gets a growing share of conversations',
  latched: 'stays out until the cause is fixed',
  unconfigured: 'no key or address is set',
  pinned: 'an admin holds the ladder here',
  drill: 'rehearses an outage',
};

export function stateHint(state: string): string {
  return STATE_HINTS[state] ?? '';
}

export function stateTone(state: string): 'good' | 'warn' | 'bad' | 'calm' {
  switch (state) {
    case 'healthy':
      return 'good';
    case 'open':
    case 'latched':
      return 'bad';
    case 'unconfigured':
      return 'calm';
    default:
      return 'warn';
  }
}

export interface Band {
  readonly tier: Tier;
  readonly from: number;
  readonly to: number;
}

/** Which tier stood from when to when between `start` and `end`, oldest first. */
export function tierBands(ladder: Pick<LadderView, 'tier' | 'changes'>, start: number, end: number): readonly Band[] {
  const changes = ladder.changes.filter((change) => change.at > start && change.at <= end).sort((left, right) => left.at - right.at);
  const bands: Band[] = [];
  let tier = changes[0]?.from ?? ladder.tier;
  let from = start;
  for (const change of changes) {
    if (change.at > from) bands.push({ tier, from, to: change.at });
    tier = change.to;
    from = change.at;
  }
  return [...bands, { tier, from, to: end }];
}

/** Share of the time on the top tier, 0–1. */
export function shareOnTop(bands: readonly Band[], top: Tier): number {
  const length = (list: readonly Band[]) => list.reduce((sum, band) => sum + band.to - band.from, 0);
  const all = length(bands);
  return all === 0 ? 1 : length(bands.filter((band) => TIERS.indexOf(band.tier) <= TIERS.indexOf(top))) / all;
}

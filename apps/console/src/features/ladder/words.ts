import type { LadderView, Tier } from '@stepdown/protocol';
import { tierName } from '../../parts/tiers.ts';

/** How loud the page is. */
export type LadderMood = 'good' | 'warn' | 'bad';

/** The top step that is configured: where the ladder stands when all is well. */
export function topTier(ladder: LadderView): Tier {
  return ladder.tiers.find((tier) => tier.state !== 'unconfigured')?.id ?? 'faq';
}

export function moodOf(ladder: LadderView): LadderMood {
  if (ladder.tier === 'faq' || ladder.tier === 'handoff') return isHeld(ladder) || rampingTier(ladder) !== undefined ? 'warn' : 'bad';
  const isCalm = ladder.pin === null && troubledRoutes(ladder) === 0;
  return isCalm && ladder.tier === topTier(ladder) ? 'good' : 'warn';
}

/** What is going on, in one sentence. */
export function headlineOf(ladder: LadderView): string {
  if (isHeld(ladder)) return `Held here by ${ladder.pin?.by}`;
  const name = tierName(ladder.tier);
  const rising = rampingTier(ladder);
  if (rising !== undefined && rising !== ladder.tier) return `${tierName(rising)} is coming back; until then, ${meanwhileWords(ladder)}`;
  if (ladder.tier === 'faq' || ladder.tier === 'handoff') return capital(nowWords(ladder));
  if (ladder.tier !== topTier(ladder)) return `${name} answers instead of ${tierName(topTier(ladder))}; customers notice nothing`;
  const troubled = troubledRoutes(ladder);
  if (troubled === 0) return 'Everything works as it should';
  return `${name} answers; ${troubled === 1 ? 'one route is' : `${troubled} routes are`} in trouble`;
}

function nowWords(ladder: LadderView): string {
  if (ladder.tier === 'handoff') return 'nothing answers by itself; customers are handed to people';
  return 'no AI model answers; customers get written answers and can ask for a person';
}

function meanwhileWords(ladder: LadderView): string {
  if (ladder.tier === 'faq') return 'customers get written answers';
  return ladder.tier === 'handoff' ? 'customers are handed to people' : `${tierName(ladder.tier)} answers`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isHeld(ladder: LadderView): boolean {
  return ladder.pin?.tier === ladder.tier;
}

function rampingTier(ladder: LadderView): Tier | undefined {
  return ladder.tiers.find((tier) => tier.routes.some((route) => route.state === 'ramping'))?.id;
}

function troubledRoutes(ladder: LadderView): number {
  return ladder.tiers.flatMap((tier) => tier.routes).filter((route) => route.state !== 'healthy').length;
}

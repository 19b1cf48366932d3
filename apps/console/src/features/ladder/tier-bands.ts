import type { LadderView, Tier } from '@stepdown/protocol';
import { TIERS } from '../../parts/tiers.ts';

export interface Band {
  readonly tier: Tier;
  readonly from: number;
  readonly to: number;
}

/** Which tier stood from when to when between `start` and `end`, oldest first. */
export function tierBands(ladder: Pick<LadderView, 'tier' | 'since' | 'changes'>, start: number, end: number): readonly Band[] {
  const changes = ladder.changes.filter((change) => change.at > start && change.at <= end).sort((left, right) => left.at - right.at);
  const bands: Band[] = [];
  let tier = changes[0]?.from ?? ladder.tier;
  // Nothing is known of the time before the ladder first stood.
  let from = changes.length === 0 ? Math.min(end, Math.max(start, ladder.since)) : start;
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

import { isModelTier, MODEL_TIERS, type ModelTierId, type TierId, tierRank } from '@stepdown/kernel';

export interface TierFacts {
  /** Model tiers with at least one route that serves a new conversation fully. */
  readonly serving: ReadonlySet<ModelTierId>;
  readonly pin: TierId | undefined;
  readonly isEgressSuspected: boolean;
}

/**
 * What a new conversation gets: the highest serving tier that is not above a pin. A pin never makes a broken tier
 * serve: no breaker is bypassed (SPEC.md, L25 and L33).
 */
export function selectTier({ serving, pin, isEgressSuspected }: TierFacts): TierId {
  if (pin !== undefined && !isModelTier(pin)) return pin;
  if (isEgressSuspected) return 'faq';
  const highest = pin === undefined ? 0 : tierRank(pin);
  return MODEL_TIERS.find((tier) => tierRank(tier) >= highest && serving.has(tier)) ?? 'faq';
}

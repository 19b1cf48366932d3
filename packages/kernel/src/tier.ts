/** The rungs that can answer, top first. The order is the product: docs/ladder.md. */
export const TIERS = ['claude', 'gpt', 'open-model', 'faq', 'handoff'] as const;
export type TierId = (typeof TIERS)[number];

/** Tiers that need a remote provider. The others run in process and can never be open. */
export const MODEL_TIERS = ['claude', 'gpt', 'open-model'] as const satisfies readonly TierId[];
export type ModelTierId = (typeof MODEL_TIERS)[number];

export function isModelTier(tier: TierId): tier is ModelTierId {
  return tier === 'claude' || tier === 'gpt' || tier === 'open-model';
}

/** Position on the ladder: 0 is the top. */
export function tierRank(tier: TierId): number {
  return TIERS.indexOf(tier);
}

/** Simulated providers, named like the tiers that ask them. */
export const PROVIDERS = ['claude', 'gpt', 'open-model'] as const;
export type ProviderId = (typeof PROVIDERS)[number];

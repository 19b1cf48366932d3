import type { Tier } from '@stepdown/protocol';

export const TIERS: readonly Tier[] = ['claude', 'gpt', 'open-model', 'faq', 'handoff'];

const NAMES: Readonly<Record<Tier, string>> = {
  claude: 'Claude',
  gpt: 'GPT',
  'open-model': 'Open model',
  faq: 'FAQ',
  handoff: 'A person',
};

/** Name of a tier as agents know it. */
export function tierName(tier: Tier): string {
  return NAMES[tier];
}

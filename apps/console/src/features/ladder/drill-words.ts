import type { DrillView, LadderView } from '@stepdown/protocol';
import { tierName } from '../../parts/tiers.ts';

type Target = DrillView['target'];
type Fault = DrillView['fault'];

export const FAULTS: readonly { readonly fault: Fault; readonly label: string; readonly clause: string }[] = [
  { fault: 'overloaded', label: 'Overloaded (529)', clause: 'is overloaded' },
  { fault: 'unreachable', label: 'No connection', clause: 'can’t be reached' },
  { fault: 'silent', label: 'Accepts and stays silent', clause: 'stays silent' },
  { fault: 'cut', label: 'Cuts answers halfway', clause: 'cuts answers halfway' },
  { fault: 'bad-key', label: 'Key refused', clause: 'refuses the key' },
];

/** What can be broken here: every model tier that is configured, and all of them together. */
export function targetsOf(ladder: LadderView): readonly { readonly target: Target; readonly label: string }[] {
  const tiers = (['claude', 'gpt', 'open-model'] as const).filter((id) =>
    ladder.tiers.some((tier) => tier.id === id && tier.state !== 'unconfigured'),
  );
  const single = tiers.map((target) => ({ target, label: targetName(target) }));
  return tiers.length > 1 ? [...single, { target: 'all-models', label: targetName('all-models') }] : single;
}

export function targetName(target: Target): string {
  return target === 'all-models' ? 'Every model' : tierName(target);
}

/** `Claude is overloaded for 25 % of customers`. */
export function drillSentence({ target, fault, share }: Pick<DrillView, 'target' | 'fault' | 'share'>): string {
  const clause = FAULTS.find((each) => each.fault === fault)?.clause ?? fault;
  return `${targetName(target)} ${clause} for ${share >= 1 ? 'every customer' : `${Math.round(share * 100)} % of customers`}`;
}

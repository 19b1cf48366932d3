import type { Tier } from '@stepdown/protocol';
import styles from './tier-badge.module.css';
import { TIERS, tierName } from './tiers.ts';

/** Rung to rung, in units of the drawing. */
const DOWN = 3.1;
const ALONG = 2.2;

/** A staircase with one step lit: the place of a tier, told without colour too. */
export function StepGlyph({ tier, size = 16 }: { readonly tier: Tier; readonly size?: number }) {
  const lit = TIERS.indexOf(tier);
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 16 16" className={styles.glyph} data-tier={tier}>
      {TIERS.map((each, index) => (
        <rect key={each} x={index * ALONG} y={0.6 + index * DOWN} width="7.2" height="2.4" rx="1.2" data-lit={index === lit || undefined} />
      ))}
    </svg>
  );
}

export function TierBadge({ tier, detail }: { readonly tier: Tier; readonly detail?: string | undefined }) {
  return (
    <span className={styles.badge} data-tier={tier}>
      <StepGlyph tier={tier} size={14} />
      {tierName(tier)}
      {detail !== undefined && <span className={styles.detail}>{detail}</span>}
    </span>
  );
}

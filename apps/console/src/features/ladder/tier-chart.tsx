import { shortDay, timeOfDay } from '../../desk/times.ts';
import { TIERS, tierName } from '../../parts/tiers.ts';
import type { Band } from './tier-bands.ts';
import styles from './timeline-card.module.css';

const ROW = 20;
const WIDTH = 1_000;
const TICKS = 6;
/** A short outage must not vanish in a long day. */
const LEAST_WIDTH = 4;
/** Longer than this, days say more than hours. */
const LONG_MS = 2 * 86_400_000;

export interface TierChartProps {
  readonly bands: readonly Band[];
  readonly start: number;
  readonly end: number;
}

/** One row a tier; the band stands in the row of the tier that answered. */
export function TierChart({ bands, start, end }: TierChartProps) {
  const xOf = (at: number) => ((at - start) / (end - start)) * WIDTH;
  const yOf = (band: Band) => TIERS.indexOf(band.tier) * ROW + ROW / 2;
  const ticks = Array.from({ length: TICKS }, (_, index) => start + (index / TICKS) * (end - start));
  const wordsOf = end - start > LONG_MS ? shortDay : timeOfDay;
  const words = bands.map((band) => `${tierName(band.tier)} from ${wordsOf(band.from)}`).join(', ');
  return (
    <figure className={styles.figure}>
      <div className={styles.rows} aria-hidden="true">
        {TIERS.map((tier) => (
          <span key={tier}>{tierName(tier)}</span>
        ))}
      </div>
      <div className={styles.plot}>
        <svg viewBox={`0 0 ${WIDTH} ${ROW * TIERS.length}`} preserveAspectRatio="none" role="img" aria-label={`Tiers over time: ${words}`}>
          {TIERS.map((tier, row) => (
            <line key={tier} x1="0" x2={WIDTH} y1={row * ROW + ROW / 2} y2={row * ROW + ROW / 2} className={styles.rail} />
          ))}
          {ticks.slice(1).map((at) => (
            <line key={at} x1={xOf(at)} x2={xOf(at)} y1="0" y2={ROW * TIERS.length} className={styles.tick} />
          ))}
          {bands.map((band, index) => {
            const before = bands[index - 1];
            const width = Math.max(LEAST_WIDTH, xOf(band.to) - xOf(band.from));
            const x = Math.min(xOf(band.from), WIDTH - width);
            return (
              <g key={band.from}>
                {before !== undefined && <line x1={x} x2={x} y1={yOf(before)} y2={yOf(band)} className={styles.riser} />}
                <rect x={x} width={width} y={yOf(band) - 5} height="10" className={styles.band} data-tier={band.tier} />
              </g>
            );
          })}
        </svg>
        <div className={styles.hours} aria-hidden="true">
          {ticks.map((at) => (
            <span key={at}>{wordsOf(at)}</span>
          ))}
          <span>now</span>
        </div>
      </div>
    </figure>
  );
}

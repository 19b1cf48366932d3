import type { RatingsReport } from '@stepdown/protocol';
import { TierBadge } from '../../parts/tier-badge.tsx';
import styles from './reports.module.css';

/** Thumbs for each tier: does stepping down cost contentment, and how much? */
export function TiersTable({ tiers }: { readonly tiers: RatingsReport['tiers'] }) {
  if (tiers.every(({ up, down }) => up + down === 0)) return <p className={styles.none}>No answer was rated in this time.</p>;
  return (
    <div className={styles.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">Tier</th>
            <th scope="col">Helped</th>
            <th scope="col">Rated</th>
            <th scope="col">
              <span className="visually-hidden">Share as a bar</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tiers.map(({ tier, up, down }) => (
            <tr key={tier}>
              <th scope="row">
                <TierBadge tier={tier} />
              </th>
              <td>{up + down === 0 ? '–' : `${Math.round((up / (up + down)) * 100)} %`}</td>
              <td>{up + down}</td>
              <td className={styles.wide}>
                <Bar share={up + down === 0 ? 0 : up / (up + down)} isEmpty={up + down === 0} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Bar({ share, isEmpty }: { readonly share: number; readonly isEmpty: boolean }) {
  return (
    <svg aria-hidden="true" className={styles.bar} viewBox="0 0 100 8" preserveAspectRatio="none">
      <rect width="100" height="8" className={isEmpty ? styles.empty : styles.down} />
      <rect width={share * 100} height="8" className={styles.up} />
    </svg>
  );
}

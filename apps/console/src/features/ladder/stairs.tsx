import type { LadderView } from '@stepdown/protocol';
import { classes } from '../../parts/classes.ts';
import { tierName } from '../../parts/tiers.ts';
import styles from './stairs.module.css';
import { stateTone, stateWords } from './state-words.ts';

/** The ladder as the stairs it is: one step a tier, the lit one answers. */
export function Stairs({ ladder }: { readonly ladder: LadderView }) {
  return (
    <ol className={styles.stairs} aria-label="Tiers, best first">
      {ladder.tiers.map((tier) => {
        const isCurrent = tier.id === ladder.tier;
        return (
          <li
            key={tier.id}
            className={classes(styles.step, isCurrent && styles.current)}
            data-tone={stateTone(tier.state)}
            data-tier={tier.id}
          >
            <span className={styles.tread} aria-hidden="true" />
            <span className={styles.name}>{tierName(tier.id)}</span>
            <span className={styles.state}>
              <span className={styles.dot} aria-hidden="true" />
              {stateWords(tier.state)}
              {stateTone(tier.state) === 'bad' && ', not used'}
            </span>
            {isCurrent && <span className="visually-hidden">, answers now</span>}
          </li>
        );
      })}
    </ol>
  );
}

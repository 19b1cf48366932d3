import { withoutInvisible } from '@stepdown/client/markdown';
import type { Label } from '@stepdown/protocol';
import styles from './label-chip.module.css';

/** A label as a dot of its colour and its name; the name is never coloured, so that it can be read on any surface. */
export function LabelChip({ label }: { readonly label: Label }) {
  return (
    <span className={styles.chip}>
      <LabelDot colour={label.colour} />
      <span className={styles.name} dir="auto">
        {withoutInvisible(label.name)}
      </span>
    </span>
  );
}

export function LabelDot({ colour }: { readonly colour: string }) {
  return (
    <svg aria-hidden="true" width="10" height="10" viewBox="0 0 10 10" className={styles.dot}>
      <circle cx="5" cy="5" r="4.5" fill={colour} />
    </svg>
  );
}

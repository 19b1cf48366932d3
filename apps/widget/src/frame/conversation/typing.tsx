import styles from './typing.module.css';

/** Three dots, with words for who can't see them. */
export function Dots({ label }: { readonly label: string }) {
  return (
    <span className={styles.dots}>
      <i />
      <i />
      <i />
      <span className="unseen">{label}</span>
    </span>
  );
}

/** Somebody writes, and nothing of it is there yet. */
export function Typing({ label }: { readonly label: string }) {
  return (
    <div className={styles.typing}>
      <Dots label={label} />
    </div>
  );
}

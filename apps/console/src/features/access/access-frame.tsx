import type { ReactNode } from 'react';
import styles from './access.module.css';

/** The page of somebody who is not signed in: one card, and the idea of the product as a drawing. */
export function AccessFrame({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <main className={styles.frame}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <svg aria-hidden="true" width="34" height="34" viewBox="0 0 32 32">
            <rect width="32" height="32" rx="9" className={styles.mark} />
            <path d="M7 9h6v6h6v6h6" fill="none" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" className={styles.stairs} />
          </svg>
          <span>Stepdown</span>
        </div>
        <h1>{title}</h1>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        {children}
      </div>
    </main>
  );
}

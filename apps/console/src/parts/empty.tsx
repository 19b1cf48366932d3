import type { ReactNode } from 'react';
import styles from './empty.module.css';

export interface EmptyProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly tone?: 'calm' | 'bad';
}

/** What stands where nothing else does: why, and what to do. */
export function Empty({ icon, title, children, action, tone = 'calm' }: EmptyProps) {
  return (
    <div className={styles.empty} data-tone={tone}>
      <span className={styles.icon}>{icon}</span>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <p className={styles.text}>{children}</p>}
      {action}
    </div>
  );
}

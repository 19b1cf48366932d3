import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './button.module.css';
import { classes } from './classes.ts';

export type ButtonTone = 'primary' | 'plain' | 'quiet' | 'danger';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: ButtonTone;
  readonly size?: 'normal' | 'small';
  readonly isBusy?: boolean;
  readonly icon?: ReactNode;
  /** Key that does the same, shown beside the label. */
  readonly shortcut?: string;
}

/** While busy it keeps its place and its focus; a disabled button would drop both. */
export function Button({
  tone = 'plain',
  size = 'normal',
  isBusy = false,
  icon,
  shortcut,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={isBusy || undefined}
      {...(shortcut !== undefined && { 'aria-keyshortcuts': shortcut })}
      className={classes(styles.button, styles[tone], size === 'small' && styles.small, className)}
      onClick={isBusy ? undefined : onClick}
    >
      {isBusy ? <span className={styles.spinner} aria-hidden="true" /> : icon}
      {children}
      {shortcut !== undefined && (
        <span className={styles.key} aria-hidden="true">
          {shortcut}
        </span>
      )}
    </button>
  );
}

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly label: string;
  readonly isPressed?: boolean;
}

export function IconButton({ label, isPressed, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...(isPressed !== undefined && { 'aria-pressed': isPressed })}
      {...rest}
      className={classes(styles['icon-only'], className)}
    />
  );
}

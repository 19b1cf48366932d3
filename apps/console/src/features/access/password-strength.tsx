import styles from './access.module.css';

/** Length and variety, 0–4; the server has the last word. */
export function passwordLevel(password: string): number {
  if (password.length < 12) return password.length >= 8 ? 1 : 0;
  const isVaried = new Set(password).size >= 8;
  return 2 + (password.length >= 16 && isVaried ? 1 : 0) + (password.length >= 22 && isVaried ? 1 : 0);
}

export function PasswordStrength({ password }: { readonly password: string }) {
  const level = passwordLevel(password);
  return (
    <div className={styles.strength} data-level={level} aria-hidden="true">
      {[1, 2, 3, 4].map((step) => (
        <span key={step} data-filled={step <= level || undefined} />
      ))}
    </div>
  );
}

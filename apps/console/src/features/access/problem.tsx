import { AlertIcon } from '../../parts/icons.tsx';
import styles from './access.module.css';

/** Why it did not work; read out as soon as it stands here. */
export function Problem({ text }: { readonly text: string | null }) {
  return (
    <div role="alert">
      {text !== null && (
        <p className={styles.problem}>
          <AlertIcon size={18} />
          {text}
        </p>
      )}
    </div>
  );
}

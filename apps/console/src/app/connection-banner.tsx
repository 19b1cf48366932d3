import { useAgent } from '../desk/agent-context.tsx';
import { AlertIcon } from '../parts/icons.tsx';
import styles from './connection-banner.module.css';

/** Quiet while all is well; says what still works when the server is away. */
export function ConnectionBanner() {
  const connection = useAgent((snapshot) => snapshot.connection);
  const isAway = connection === 'offline' || connection === 'reconnecting';
  return (
    <div role="status" className={styles.region}>
      {isAway && (
        <p className={styles.banner} data-gone={connection === 'offline' || undefined}>
          <AlertIcon size={16} />
          {connection === 'offline'
            ? 'No connection to the server. What you see may be old; replies are kept on this device and sent when it is back.'
            : 'Connecting again…'}
        </p>
      )}
    </div>
  );
}

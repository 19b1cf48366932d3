import type { Viewer } from '@stepdown/client/agent';
import styles from './conversation.module.css';

/** Other agents in the same conversation, so that two never answer it unaware. */
export function Viewers({ viewers }: { readonly viewers: readonly Viewer[] }) {
  return (
    <p className={styles.viewers} role="status">
      {viewers.map((viewer) => (
        <span key={viewer.id} data-typing={viewer.isTyping || undefined}>
          <span dir="auto">{viewer.name}</span> is {viewer.isTyping ? 'typing…' : 'viewing'}
        </span>
      ))}
    </p>
  );
}

import type { VisitorSnapshot } from '@stepdown/client';
import { withoutInvisible } from '@stepdown/client/markdown';
import { useWidget } from '../context.ts';
import { CloseIcon } from '../icons/icons.tsx';
import styles from './header.module.css';

/** Says whose chat this is and who answers in it now. */
export function Header({ snapshot, onClose }: { readonly snapshot: VisitorSnapshot; readonly onClose: () => void }) {
  const { texts, kit } = useWidget();
  const name = withoutInvisible(snapshot.config?.siteName ?? '');
  return (
    <header className={styles.header}>
      <span className={styles.mark} aria-hidden="true">
        {[...name][0] ?? '·'}
      </span>
      <div className={styles.names}>
        <h1 className={styles.title}>{name || texts.support}</h1>
        <p className={styles.who}>{useWhoAnswers(snapshot)}</p>
      </div>
      {kit && <kit.Menu snapshot={snapshot} />}
      <button type="button" className="icon-button" onClick={onClose} aria-label={texts.close}>
        <CloseIcon />
      </button>
    </header>
  );
}

function useWhoAnswers({ handoff, notice }: VisitorSnapshot): string {
  const { texts } = useWidget();
  if (handoff.state === 'active') return withoutInvisible(handoff.agent ?? texts.support);
  if (notice === 'faq' || notice === 'handoff' || handoff.state === 'queued') return texts.support;
  return texts.assistant;
}

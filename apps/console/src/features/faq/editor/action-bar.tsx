import { Button } from '../../../parts/button.tsx';
import styles from './action-bar.module.css';
import type { EntryText } from './use-entry-text.ts';
import type { Publishing } from './use-publish.ts';

interface ActionBarProps {
  readonly text: EntryText;
  readonly isNew: boolean;
  readonly publishing: Publishing;
  /** What the server has: nothing, a draft, or what is live. */
  readonly standing: string;
  readonly onSave: () => void;
  readonly onPublish: () => void;
  readonly onDiscard: () => void;
}

/** Always in reach: what is saved, and the ways to save it. */
export function ActionBar({ text, isNew, publishing, standing, onSave, onPublish, onDiscard }: ActionBarProps) {
  const { isUnsaved, isRestored, failure, conflict } = text;
  return (
    <div className={styles.bar}>
      <p className={styles.state} role="status">
        {failure !== null && conflict === null ? (
          <strong className={styles.bad}>{failure.message} Your text is kept on this device.</strong>
        ) : isUnsaved ? (
          <>
            <strong>{isRestored && !isNew ? 'Text from your last visit, not saved.' : 'Not saved.'}</strong>{' '}
            <span>It is kept on this device.</span>
          </>
        ) : (
          standing
        )}
      </p>
      <div className={styles.actions}>
        {isUnsaved && (
          <Button tone="quiet" onClick={onDiscard}>
            Discard
          </Button>
        )}
        <Button isBusy={text.saving === 'draft'} aria-keyshortcuts="Control+S Meta+S" title="Ctrl or ⌘ and S" onClick={onSave}>
          Save draft
        </Button>
        <Button
          tone="primary"
          isBusy={publishing.isChecking || text.saving === 'published'}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          title="Ctrl or ⌘ and Enter"
          onClick={onPublish}
        >
          {publishing.isChecking ? 'Asking real questions…' : 'Publish'}
        </Button>
      </div>
    </div>
  );
}

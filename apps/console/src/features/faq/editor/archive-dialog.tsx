import { useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { languageName } from '../desk/languages.ts';
import { useFaq } from '../desk/use-faq.ts';
import styles from './dialogs.module.css';

interface ArchiveDialogProps {
  readonly entryId: string;
  readonly locale: string;
  readonly baseRevision: number;
  readonly hasOthers: boolean;
  readonly onClose: () => void;
  readonly onArchived: () => void;
}

export function ArchiveDialog({ entryId, locale, baseRevision, hasOthers, onClose, onArchived }: ArchiveDialogProps) {
  const faq = useFaq();
  const [isAll, setAll] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  async function archive(): Promise<void> {
    setBusy(true);
    const answer = await faq.archive(entryId, isAll ? {} : { locale, baseRevision });
    setBusy(false);
    if (answer.ok) onArchived();
    else setProblem(answer.error.message);
  }
  return (
    <Dialog title="Archive this entry?" onClose={onClose}>
      <p>It goes offline at once and its file is removed. The history stays, and it can be brought back.</p>
      {hasOthers && (
        <fieldset className={styles.options}>
          <legend className="visually-hidden">Which languages</legend>
          <label>
            <input type="radio" checked={!isAll} onChange={() => setAll(false)} /> Only {languageName(locale)}
          </label>
          <label>
            <input type="radio" checked={isAll} onChange={() => setAll(true)} /> Every language
          </label>
        </fieldset>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
      <div className={styles.actions}>
        <Button tone="danger" isBusy={isBusy} onClick={() => void archive()}>
          Archive
        </Button>
        <Button tone="quiet" onClick={onClose}>
          Keep it
        </Button>
      </div>
    </Dialog>
  );
}

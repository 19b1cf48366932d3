import type { FaqEntryDetail } from '@stepdown/protocol';
import { useState } from 'react';
import { useNotify } from '../../../desk/notices.tsx';
import { Button } from '../../../parts/button.tsx';
import { useFaq } from '../desk/use-faq.ts';
import { ArchiveDialog } from './archive-dialog.tsx';
import styles from './entry-tools.module.css';
import { HistoryDialog } from './history-dialog.tsx';
import type { EntryText } from './use-entry-text.ts';

interface EntryToolsProps {
  readonly detail: FaqEntryDetail;
  readonly locale: string;
  readonly text: EntryText;
  readonly onFresh: () => void;
}

/** What can be done with an entry that is there: look back, go back, take it away. */
export function EntryTools({ detail, locale, text, onFresh }: EntryToolsProps) {
  const faq = useFaq();
  const notify = useNotify();
  const [open, setOpen] = useState<'history' | 'archive' | null>(null);
  const [isUndoing, setUndoing] = useState(false);
  const view = detail.locales.find((each) => each.locale === locale);
  if (view === undefined) return null;
  async function undo(baseRevision: number): Promise<void> {
    setUndoing(true);
    const answer = await faq.undo(detail.id, { locale, baseRevision });
    setUndoing(false);
    notify(answer.ok ? 'The text before is live again.' : answer.error.message, answer.ok ? 'good' : 'bad');
    if (answer.ok) onFresh();
  }
  const close = () => setOpen(null);
  return (
    <div className={styles.tools}>
      <Button size="small" onClick={() => setOpen('history')}>
        History
      </Button>
      <Button
        size="small"
        isBusy={isUndoing}
        disabled={text.isUnsaved}
        title={text.isUnsaved ? 'Save or discard your text first' : undefined}
        onClick={() => void undo(view.revision)}
      >
        Undo the last publish
      </Button>
      <Button size="small" tone="quiet" onClick={() => setOpen('archive')}>
        Archive
      </Button>
      {open === 'history' && (
        <HistoryDialog
          entryId={detail.id}
          locale={locale}
          onClose={close}
          onUse={(form) => {
            text.change(form);
            close();
            notify('The old text is in the editor. It is saved when you save.');
          }}
        />
      )}
      {open === 'archive' && (
        <ArchiveDialog
          entryId={detail.id}
          locale={locale}
          baseRevision={view.revision}
          hasOthers={detail.locales.some((each) => each.locale !== locale && each.state !== 'archived')}
          onClose={close}
          onArchived={() => {
            close();
            notify('Archived. Customers don’t get it any more.', 'good');
            onFresh();
          }}
        />
      )}
    </div>
  );
}

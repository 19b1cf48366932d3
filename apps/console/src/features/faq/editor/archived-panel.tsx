import type { FaqEntryDetail, FaqLocaleView } from '@stepdown/protocol';
import { useState } from 'react';
import { useNotify } from '../../../desk/notices.tsx';
import { Button } from '../../../parts/button.tsx';
import { Card } from '../../../parts/page.tsx';
import { ReadState } from '../desk/read-state.tsx';
import { useFaq } from '../desk/use-faq.ts';
import { useRead } from '../desk/use-read.ts';
import styles from './archived-panel.module.css';
import { formOf } from './entry-form.ts';
import { Preview } from './preview.tsx';

interface ArchivedPanelProps {
  readonly detail: FaqEntryDetail;
  readonly view: FaqLocaleView;
  readonly onFresh: () => void;
}

/** An entry that customers don't get any more: what it said, and the way back. */
export function ArchivedPanel({ detail, view: { locale, revision }, onFresh }: ArchivedPanelProps) {
  const faq = useFaq();
  const notify = useNotify();
  const [isBusy, setBusy] = useState(false);
  const history = useRead(`${locale} ${revision}`, () => faq.history(detail.id, locale));
  async function bringBack(): Promise<void> {
    setBusy(true);
    const answer = await faq.undo(detail.id, { locale, baseRevision: revision });
    setBusy(false);
    notify(answer.ok ? 'It is live again.' : answer.error.message, answer.ok ? 'good' : 'bad');
    if (answer.ok) onFresh();
  }
  return (
    <div className={styles.panel}>
      <Card
        title="Archived"
        hint="Customers don’t get this answer, and models don’t either."
        actions={
          <Button tone="primary" isBusy={isBusy} onClick={() => void bringBack()}>
            Bring it back
          </Button>
        }
      >
        <ReadState reading={history} waiting="Reading its last text…">
          {({ revisions: [last] }) => (last === undefined ? null : <Preview form={formOf(last.content)} locale={locale} />)}
        </ReadState>
      </Card>
    </div>
  );
}

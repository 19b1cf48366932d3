import type { FaqHistory, FaqRevisionStatus } from '@stepdown/protocol';
import { fullTime } from '../../../desk/times.ts';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { Badge, type BadgeTone } from '../desk/badge.tsx';
import { DiffLines } from '../desk/diff-lines.tsx';
import { languageName } from '../desk/languages.ts';
import { ReadState } from '../desk/read-state.tsx';
import { useFaq } from '../desk/use-faq.ts';
import { useRead } from '../desk/use-read.ts';
import { Visible } from '../desk/visible.tsx';
import styles from './dialogs.module.css';
import { type EntryForm, formOf } from './entry-form.ts';

const STATUS: Readonly<Record<FaqRevisionStatus, { readonly label: string; readonly tone: BadgeTone }>> = {
  draft: { label: 'Draft', tone: 'accent' },
  published: { label: 'Published', tone: 'calm' },
  archived: { label: 'Archived', tone: 'calm' },
};

export interface HistoryDialogProps {
  readonly entryId: string;
  readonly locale: string;
  readonly onClose: () => void;
  /** Puts an old text into the editor; nothing is saved by it. */
  readonly onUse: (form: EntryForm) => void;
}

/** Every version there was, what each one changed, and a way back to its text. */
export function HistoryDialog({ entryId, locale, onClose, onUse }: HistoryDialogProps) {
  const faq = useFaq();
  const history = useRead(`${locale}/${entryId}`, () => faq.history(entryId, locale));
  return (
    <Dialog title={`History in ${languageName(locale)}`} width="wide" onClose={onClose}>
      <ReadState reading={history} waiting="Reading the history…">
        {({ revisions }) => (
          <ul className={styles.revisions}>
            {revisions.map((revision, place) => (
              <Revision key={revision.revision} revision={revision} isOpen={place === 0} onUse={onUse} />
            ))}
          </ul>
        )}
      </ReadState>
    </Dialog>
  );
}

type RevisionProps = { readonly revision: FaqHistory['revisions'][number]; readonly isOpen: boolean } & Pick<HistoryDialogProps, 'onUse'>;

function Revision({ revision: { revision, status, author, at, content, diff, isLive }, isOpen, onUse }: RevisionProps) {
  const { label, tone } = STATUS[status];
  return (
    <li>
      <details open={isOpen}>
        <summary>
          <strong>{revision}</strong>
          {isLive ? <Badge tone="good">Live</Badge> : <Badge tone={tone}>{label}</Badge>}
          <span>{author === 'file' ? 'changed on disk' : <Visible text={author} />}</span>
          <time dateTime={new Date(at).toISOString()}>{fullTime(at)}</time>
        </summary>
        <div className={styles.revision}>
          {diff.some(({ kind }) => kind !== 'same') ? (
            <DiffLines lines={diff} label={`What revision ${revision} changed`} />
          ) : (
            <p className={styles.note}>The text is the same as before.</p>
          )}
          <div>
            <Button size="small" onClick={() => onUse(formOf(content))}>
              Put this text into the editor
            </Button>
          </div>
        </div>
      </details>
    </li>
  );
}

import { useId, useState } from 'react';
import { useAgent, useMe } from '../../desk/agent-context.tsx';
import { fillReply, repliesFor } from '../../desk/canned-replies.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { SelectField } from '../../parts/field.tsx';
import styles from './bulk.module.css';
import type { BulkAction } from './run-bulk.ts';

export interface BulkReplyProps {
  readonly count: number;
  readonly isBusy: boolean;
  readonly onSend: (action: BulkAction) => void;
  readonly onClose: () => void;
}

type After = 'keep' | 'return' | 'resolve';

const AFTER: readonly { readonly after: After; readonly label: string }[] = [
  { after: 'return', label: 'Return them to the assistant' },
  { after: 'resolve', label: 'Close them' },
  { after: 'keep', label: 'Keep them with me' },
];
/** Characters of a text at most (limits of the wire protocol). */
const LONGEST = 4_000;

/** The same words to many customers; each gets them in their own conversation. */
export function BulkReply({ count, isBusy, onSend, onClose }: BulkReplyProps) {
  const me = useMe();
  const replies = repliesFor(
    useAgent((snapshot) => snapshot.cannedReplies),
    null,
  );
  const fieldId = useId();
  const [text, setText] = useState('');
  const [after, setAfter] = useState<After>('return');
  const isSendable = text.trim() !== '' && text.length <= LONGEST;
  const pick = (shortcut: string) => {
    const reply = replies.find((each) => each.shortcut === shortcut);
    // Written to many at once, so nobody is called by name.
    if (reply !== undefined) setText(fillReply(reply.text, { name: null, email: null, agent: me.name, site: null }));
  };
  return (
    <Dialog title={count === 1 ? 'Reply to this conversation' : `Reply to ${count} conversations`} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isSendable) onSend({ kind: 'reply', text, after });
        }}
      >
        {replies.length > 0 && (
          <SelectField label="Start from a saved reply" value="" onChange={(event) => pick(event.target.value)}>
            <option value="">Choose…</option>
            {replies.map(({ shortcut }) => (
              <option key={shortcut} value={shortcut}>
                /{shortcut}
              </option>
            ))}
          </SelectField>
        )}
        <div className={styles.field}>
          <label htmlFor={fieldId}>Reply</label>
          <textarea id={fieldId} rows={5} dir="auto" value={text} maxLength={LONGEST} onChange={(event) => setText(event.target.value)} />
        </div>
        <fieldset className={styles.after}>
          <legend>Afterwards</legend>
          {AFTER.map((choice) => (
            <label key={choice.after}>
              <input type="radio" name="after" checked={after === choice.after} onChange={() => setAfter(choice.after)} />
              {choice.label}
            </label>
          ))}
        </fieldset>
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" disabled={!isSendable} isBusy={isBusy}>
            Send to {count}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

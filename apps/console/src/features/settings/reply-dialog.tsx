import type { CannedReply } from '@stepdown/protocol';
import { useActionState, useId, useState } from 'react';
import { useAgentClient, useMe, useSession } from '../../desk/agent-context.tsx';
import { fillReply } from '../../desk/canned-replies.ts';
import { useNotify } from '../../desk/notices.tsx';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import styles from './settings.module.css';

/** Writes or edits one reply, and shows how it reads with and without the customer's name. */
export function ReplyDialog({ reply, onClose }: { readonly reply: CannedReply | null; readonly onClose: () => void }) {
  const { http } = useAgentClient();
  const notify = useNotify();
  const fieldId = useId();
  const [text, setText] = useState(reply?.text ?? '');
  const path = `/api/agent/canned-replies${reply === null ? '' : `/${encodeURIComponent(reply.id)}`}`;
  const [problem, submit, isBusy] = useActionState(async (_before: string | null, form: FormData) => {
    const locale = String(form.get('locale') ?? '').trim();
    const body = { shortcut: String(form.get('shortcut') ?? ''), locale: locale === '' ? null : locale, text };
    const answer = await http.change(reply === null ? 'POST' : 'PUT', path, body);
    if (!answer.ok) return answer.error.message;
    onClose();
    return null;
  }, null);
  const remove = async () => {
    const answer = await http.change('DELETE', path);
    if (answer.ok) onClose();
    else notify(answer.error.message, 'bad');
  };
  return (
    <Dialog title={reply === null ? 'Write a saved reply' : `Edit /${reply.shortcut}`} onClose={onClose}>
      <form className={styles.form} action={submit}>
        <div className={styles.pair}>
          <TextField label="Shortcut" name="shortcut" maxLength={40} defaultValue={reply?.shortcut} hint="Typed after /" required />
          <TextField
            label="Language"
            name="locale"
            maxLength={35}
            defaultValue={reply?.locale ?? ''}
            placeholder="every"
            hint="en, de, pt-BR …"
          />
        </div>
        <div className={styles.field}>
          <label htmlFor={fieldId}>Text</label>
          <textarea
            id={fieldId}
            rows={5}
            dir="auto"
            maxLength={4000}
            required
            value={text}
            aria-describedby={`${fieldId}-hint`}
            onChange={(event) => setText(event.target.value)}
          />
          <p id={`${fieldId}-hint`} className={styles.none}>
            {'{name} {email} {agent} {site} stand for what is known; {name|there} says what to write when it is not.'}
          </p>
        </div>
        <Preview text={text} />
        {problem !== null && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        <div className={styles.buttons}>
          {reply !== null && (
            <Button tone="quiet" className={styles.remove} onClick={() => void remove()}>
              Delete
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" isBusy={isBusy} disabled={text.trim() === ''}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Preview({ text }: { readonly text: string }) {
  const me = useMe();
  const { siteName } = useSession();
  if (!text.includes('{')) return null;
  const names = { email: null, agent: me.name, site: siteName ?? null };
  return (
    <dl className={styles.preview}>
      <div>
        <dt>To Lena</dt>
        <dd dir="auto">{fillReply(text, { ...names, name: 'Lena' })}</dd>
      </div>
      <div>
        <dt>To somebody unknown</dt>
        <dd dir="auto">{fillReply(text, { ...names, name: null })}</dd>
      </div>
    </dl>
  );
}

import type { VisitorSnapshot } from '@stepdown/client';
import { type FormEvent, useId, useState } from 'react';
import { useWidget } from '../context.ts';
import { CheckIcon } from '../icons/kit-icons.tsx';
import { fill } from '../texts/load-texts.ts';
import styles from './handoff.module.css';

const MINUTE_MS = 60_000;

function timeFormat(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { weekday: 'long', hour: 'numeric', minute: '2-digit' });
}

/** The message is safe and a person will answer; the visitor may go, and may leave an address. */
export function QueuedCard({ snapshot }: { readonly snapshot: VisitorSnapshot }) {
  const { texts, locale } = useWidget();
  const { state, position, email, waitMs, answersAt } = snapshot.handoff;
  if (state !== 'queued') return null;
  return (
    <section className={styles.card} aria-label={texts.talk}>
      <div className={styles.confirmed}>
        <span className={styles.tick}>
          <CheckIcon size={18} />
        </span>
        <p role="status">{email === undefined ? texts.queued : fill(texts.queuedEmail, { email })}</p>
      </div>
      {position !== undefined && position > 0 && <p className={styles.hint}>{fill(texts.position, { position })}</p>}
      {waitMs !== undefined && <p className={styles.hint}>{fill(texts.wait, { minutes: Math.max(1, Math.ceil(waitMs / MINUTE_MS)) })}</p>}
      {answersAt !== undefined && <p className={styles.hint}>{fill(texts.answersAt, { time: timeFormat(locale).format(answersAt) })}</p>}
      {email === undefined && <EmailForm />}
    </section>
  );
}

function EmailForm() {
  const { client, texts } = useWidget();
  const [email, setEmail] = useState('');
  const id = useId();
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() !== '') client.requestHandoff({ email: email.trim() });
  };
  return (
    <form onSubmit={save} className={styles.emailForm}>
      <label className={styles.label} htmlFor={id}>
        {texts.email}
      </label>
      <div className={styles.row}>
        <input
          id={id}
          className="field"
          type="email"
          autoComplete="email"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <button type="submit" className="button">
          {texts.emailSave}
        </button>
      </div>
    </form>
  );
}

import type { VisitorSnapshot } from '@stepdown/client';
import { type FormEvent, useId, useState } from 'react';
import { useWidget } from '../context.ts';
import { PersonIcon } from '../icons/icons.tsx';
import styles from './handoff.module.css';
import { isPersonOffered } from './is-person-offered.ts';

/** The last message could not help: a person can, with or without an address to reply to. */
export function OfferCard({ snapshot }: { readonly snapshot: VisitorSnapshot }) {
  const { client, texts } = useWidget();
  const [email, setEmail] = useState('');
  const id = useId();
  const { failure } = snapshot.handoff;
  if (!isPersonOffered(snapshot)) return null;

  const ask = (event: FormEvent) => {
    event.preventDefault();
    client.requestHandoff(email.trim() === '' ? {} : { email: email.trim() });
  };
  return (
    <form className={styles.card} onSubmit={ask}>
      <label className={styles.label} htmlFor={id}>
        {texts.email}
      </label>
      <input
        id={id}
        className="field"
        type="email"
        autoComplete="email"
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        aria-describedby={`${id}-hint`}
      />
      <p id={`${id}-hint`} className={styles.hint}>
        {failure ? texts.error : texts.emailHint}
      </p>
      <button type="submit" className="button">
        <PersonIcon size={18} />
        {texts.talk}
      </button>
      {snapshot.messages.at(-1)?.notice === 'handoff' && <Defer snapshot={snapshot} />}
    </form>
  );
}

/** An outage question may also wait for the assistant. */
function Defer({ snapshot }: { readonly snapshot: VisitorSnapshot }) {
  const { client, texts } = useWidget();
  const question = snapshot.messages.findLast((message) => message.author === 'visitor' && message.delivery === 'sent');
  if (!question) return null;
  if (!snapshot.deferredIds.has(question.id)) {
    return (
      <button type="button" className="quiet-button" onClick={() => void client.defer(question.id)}>
        {texts.defer}
      </button>
    );
  }
  return (
    <div className={styles.deferred}>
      <p role="status">{texts.deferred}</p>
      <button type="button" className="quiet-button" onClick={() => void client.withdraw(question.id)}>
        {texts.cancel}
      </button>
    </div>
  );
}

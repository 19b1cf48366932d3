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
    </form>
  );
}

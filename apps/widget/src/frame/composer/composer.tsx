import type { VisitorSnapshot } from '@stepdown/client';
import { type FormEvent, type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react';
import { useWidget } from '../context.ts';
import { canAskPerson, isPersonOffered } from '../handoff/is-person-offered.ts';
import { PersonIcon, SendIcon, StopIcon } from '../icons/icons.tsx';
import { fill } from '../texts/load-texts.ts';
import styles from './composer.module.css';
import { useDraft } from './use-draft.ts';

/** The wire's limit, in UTF-16 code units. */
const LONGEST_TEXT = 4_000;

interface ComposerProps {
  readonly snapshot: VisitorSnapshot;
  readonly prefill: string | null;
  readonly input: RefObject<HTMLTextAreaElement | null>;
}

/** Where the visitor writes. It works without a connection too: what is sent waits on this device. */
export function Composer({ snapshot, prefill, input }: ComposerProps) {
  const { client, texts, wantKit } = useWidget();
  const [draft, setDraft] = useDraft(prefill);
  const [wantsPerson, setWantsPerson] = useState(false);
  const id = useId();
  const excess = draft.length - LONGEST_TEXT;
  const streaming = snapshot.messages.some((message) => message.status === 'streaming');
  useGrowingHeight(input, draft);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (draft.trim() === '' || excess > 0) return;
    if (wantsPerson) client.requestHandoff({ note: draft.trim() });
    else client.send(draft.trim());
    setWantsPerson(false);
    setDraft('');
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // keyCode 229: Safari ends the composition before the key that ended it.
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && !event.shiftKey && !isComposing) submit(event);
  };
  const askPerson = () => {
    if (snapshot.messages.length > 0) return client.requestHandoff();
    setWantsPerson(true);
    input.current?.focus();
  };

  return (
    <form className={styles.composer} onSubmit={submit}>
      {wantsPerson && (
        <p className={styles.hint} role="status">
          {texts.firstWrite}
        </p>
      )}
      <div className={styles.box}>
        <textarea
          ref={input}
          rows={1}
          // An empty field takes the direction of its placeholder.
          dir={draft === '' ? undefined : 'auto'}
          enterKeyHint="send"
          aria-label={texts.message}
          aria-invalid={excess > 0}
          aria-describedby={excess > 0 ? id : undefined}
          placeholder={texts.placeholder}
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value);
            client.typing();
            wantKit();
          }}
          onKeyDown={onKeyDown}
        />
        {streaming && draft.trim() === '' ? (
          <button type="button" className={styles.send} aria-label={texts.stop} onClick={() => client.stop()}>
            <StopIcon />
          </button>
        ) : (
          <button type="submit" className={styles.send} aria-label={texts.send} aria-disabled={draft.trim() === '' || excess > 0}>
            <SendIcon />
          </button>
        )}
      </div>
      {excess > 0 && (
        <p id={id} className={styles.excess} role="status">
          {fill(texts.characters, { count: excess })}
        </p>
      )}
      <PersonLine snapshot={snapshot} isHidden={wantsPerson} onAsk={askPerson} />
    </form>
  );
}

/** A person is one press away at every tier. */
function PersonLine({ snapshot, isHidden, onAsk }: { snapshot: VisitorSnapshot; isHidden: boolean; onAsk: () => void }) {
  const { texts, kit } = useWidget();
  // The card above asks the same.
  const hasCard = kit !== null && isPersonOffered(snapshot);
  if (isHidden || hasCard || !canAskPerson(snapshot.handoff)) return <div className={styles.gap} />;
  return (
    <button type="button" className={`quiet-button ${styles.person}`} onClick={onAsk}>
      <PersonIcon size={17} />
      {texts.talk}
    </button>
  );
}

/** Where `field-sizing` is unknown, the height follows the text by hand. */
function useGrowingHeight(input: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // The text is what changes the height.
  useEffect(() => {
    const element = input.current;
    if (!element || CSS.supports('field-sizing: content')) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [input, text]);
}

import type { VisitorSnapshot } from '@stepdown/client';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useWidget } from '../context.ts';
import { downloadTranscript } from '../conversation/transcript.ts';
import { CheckIcon, DownloadIcon, MoreIcon, SoundIcon } from '../icons/kit-icons.tsx';
import styles from './menu.module.css';
import { useSound } from './use-sound.ts';

/** What is wanted rarely: a copy of the conversation, a sound. A plain disclosure, so every screen reader knows it. */
export function Menu({ snapshot }: { readonly snapshot: VisitorSnapshot }) {
  const { texts, locale } = useWidget();
  const [isOpen, setIsOpen] = useState(false);
  const [hasSound, setHasSound] = useSound(snapshot.messages);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setIsOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return;
    event.preventDefault();
    close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys come up from the buttons inside
    <div
      className={styles.menu}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setIsOpen(false);
      }}
    >
      <button
        type="button"
        ref={button}
        className="icon-button"
        aria-label={texts.menu}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <MoreIcon />
      </button>
      {isOpen && (
        <div className={styles.items}>
          <button
            type="button"
            disabled={snapshot.messages.length === 0}
            onClick={() => {
              downloadTranscript(snapshot, texts, locale);
              close();
            }}
          >
            <DownloadIcon />
            {texts.download}
          </button>
          <button type="button" aria-pressed={hasSound} onClick={() => setHasSound(!hasSound)}>
            <SoundIcon />
            {texts.sound}
            {hasSound && <CheckIcon size={16} />}
          </button>
        </div>
      )}
    </div>
  );
}

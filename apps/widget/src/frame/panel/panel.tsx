import type { VisitorSnapshot } from '@stepdown/client';
import { useEffect, useEffectEvent, useRef } from 'react';
import { Composer } from '../composer/composer.tsx';
import { useWidget } from '../context.ts';
import { MessageList } from '../conversation/message-list.tsx';
import type { HostView } from '../host/host-store.ts';
import { useSavedAnswers } from '../offline-faq/use-saved-answers.ts';
import { Header } from './header.tsx';
import styles from './panel.module.css';
import { StatusLine } from './status-line.tsx';
import { trapTab } from './trap-tab.ts';

interface PanelProps {
  readonly snapshot: VisitorSnapshot;
  readonly view: HostView;
  readonly onClose: () => void;
}

/** The whole chat: who answers, what is the matter, what was said, what comes next. */
export function Panel({ snapshot, view, onClose }: PanelProps) {
  const { client, texts, locale, kit } = useWidget();
  const panel = useRef<HTMLElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const focused = useRef<Element>(null);
  const saved = useSavedAnswers(snapshot, locale);

  const focusOnOpen = useEffectEvent(() => {
    // On a phone the keyboard would cover the conversation before it was seen.
    if (view.isFull) panel.current?.focus();
    else input.current?.focus();
  });
  useEffect(() => {
    if (!view.isOpen) return;
    focusOnOpen();
    // On a page of another site the focus only counts once the browser has moved it into this window, which may be later.
    const arrive = () => {
      if (document.activeElement === document.body) focusOnOpen();
    };
    addEventListener('focus', arrive);
    return () => removeEventListener('focus', arrive);
  }, [view.isOpen]);
  useEffect(() => {
    // What had the focus is gone, like a card whose button was pressed; Escape and Tab would lead nowhere.
    const isLost = focused.current?.isConnected === false && document.activeElement === document.body;
    if (isLost && document.hasFocus()) panel.current?.focus();
  });
  useEffect(() => {
    // Named so that the effect runs again when something arrives while the panel is looked at.
    if (view.isOpen && snapshot.unreadCount > 0) client.markRead();
  }, [client, view.isOpen, snapshot.unreadCount]);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    // While an input method composes, Escape belongs to it.
    if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) onClose();
    if (view.isFull && panel.current) trapTab(event, panel.current);
  });
  useEffect(() => {
    // On the window: for a moment after something went away, nothing in the panel has the focus.
    const hear = (event: KeyboardEvent) => onKeyDown(event);
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);

  return (
    <main
      className={styles.panel}
      ref={panel}
      tabIndex={-1}
      onFocus={(event) => {
        focused.current = event.target;
      }}
      aria-label={texts.launcher}
    >
      <Header snapshot={snapshot} onClose={onClose} />
      <StatusLine snapshot={snapshot} />
      <MessageList snapshot={snapshot} saved={saved} />
      <Composer snapshot={snapshot} prefill={view.prefill} input={input} />
      {kit && <kit.Announcer messages={snapshot.messages} />}
    </main>
  );
}

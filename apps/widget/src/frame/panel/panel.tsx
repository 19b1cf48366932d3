import type { VisitorSnapshot } from '@stepdown/client';
import { type KeyboardEvent, useEffect, useEffectEvent, useRef } from 'react';
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
    // Named so that the effect runs again when something arrives while the panel is looked at.
    if (view.isOpen && snapshot.unreadCount > 0) client.markRead();
  }, [client, view.isOpen, snapshot.unreadCount]);

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Escape belongs to it.
    if (event.key === 'Escape' && !event.nativeEvent.isComposing && !event.defaultPrevented) onClose();
    if (view.isFull && panel.current) trapTab(event, panel.current);
  };

  return (
    <main className={styles.panel} ref={panel} tabIndex={-1} onKeyDown={onKeyDown} aria-label={texts.launcher}>
      <Header snapshot={snapshot} onClose={onClose} />
      <StatusLine snapshot={snapshot} />
      <MessageList snapshot={snapshot} saved={saved} />
      <Composer snapshot={snapshot} prefill={view.prefill} input={input} />
      {kit && <kit.Announcer messages={snapshot.messages} />}
    </main>
  );
}

import { useEffect, useEffectEvent, useState } from 'react';
import type { WidgetEvent } from '../host-protocol.ts';
import { loadStepdown, type StepdownCommands, type StepdownIdentity, type StepdownOptions } from './load-stepdown.ts';

export interface StepdownWidgetProps extends StepdownOptions {
  /** Null or left out is an anonymous visitor. */
  readonly identity?: StepdownIdentity | null;
  readonly onEvent?: (event: WidgetEvent, detail: unknown) => void;
}

const EVENTS: readonly WidgetEvent[] = ['ready', 'open', 'close', 'unread', 'message', 'tier', 'handoff', 'rating', 'error'];

/** Puts the chat on the page. It stays when this component goes: a conversation must survive a change of route. */
export function StepdownWidget({ identity = null, onEvent, ...options }: StepdownWidgetProps): null {
  const { url, locale } = options;
  const tell = useEffectEvent((event: WidgetEvent, detail: unknown) => onEvent?.(event, detail));
  const load = useEffectEvent(() => loadStepdown(options));
  // Another server is another widget; the other options hold for the first load.
  useEffect(() => {
    const stepdown = load();
    const undo = EVENTS.map((event) => stepdown.on(event, (detail) => tell(event, detail)));
    return () => {
      for (const stop of undo) stop();
    };
  }, [url]);
  useEffect(() => load().identify(identity), [identity]);
  useEffect(() => {
    if (locale !== undefined) load().setLocale(locale);
  }, [locale]);
  return null;
}

/** Commands for the widget on this page, and whether it is open and how much is unread. */
export function useStepdown(options: StepdownOptions): StepdownCommands & { readonly isOpen: boolean; readonly unreadCount: number } {
  const [isOpen, setIsOpen] = useState(false);
  const [unreadCount, setUnreadCount] = useState(0);
  const load = useEffectEvent(() => loadStepdown(options));
  useEffect(() => {
    const stepdown = load();
    const undo = [
      stepdown.on('open', () => setIsOpen(true)),
      stepdown.on('close', () => setIsOpen(false)),
      stepdown.on('unread', (count) => setUnreadCount(Number(count))),
    ];
    return () => {
      for (const stop of undo) stop();
    };
  }, []);
  const [commands] = useState(() => delegate(options));
  return { ...commands, isOpen, unreadCount };
}

/** Commands that load the widget when the first of them is used; nothing happens on the server, where there is no page. */
function delegate(options: StepdownOptions): StepdownCommands {
  return {
    open: () => loadStepdown(options).open(),
    close: () => loadStepdown(options).close(),
    toggle: () => loadStepdown(options).toggle(),
    identify: (identity) => loadStepdown(options).identify(identity),
    setLocale: (locale) => loadStepdown(options).setLocale(locale),
    prefill: (text) => loadStepdown(options).prefill(text),
    consent: (isGiven) => loadStepdown(options).consent(isGiven),
    shutdown: () => loadStepdown(options).shutdown(),
    on: (event, listener) => loadStepdown(options).on(event, listener),
  };
}

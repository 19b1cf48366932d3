import { useEffect, useRef, useState } from 'react';
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
  const latest = useLatest({ options, onEvent });
  // Another server is another widget; the other options hold for the first load.
  useEffect(() => {
    const stepdown = loadStepdown(latest.current.options);
    const undo = EVENTS.map((event) => stepdown.on(event, (detail) => latest.current.onEvent?.(event, detail)));
    return () => {
      for (const stop of undo) stop();
    };
  }, [url]);
  useEffect(() => loadStepdown(latest.current.options).identify(identity), [latest, identity]);
  useEffect(() => {
    if (locale !== undefined) loadStepdown(latest.current.options).setLocale(locale);
  }, [latest, locale]);
  return null;
}

/** Commands for the widget on this page, and whether it is open and how much is unread. */
export function useStepdown(options: StepdownOptions): StepdownCommands & { readonly isOpen: boolean; readonly unreadCount: number } {
  const [isOpen, setIsOpen] = useState(false);
  const [unreadCount, setUnreadCount] = useState(0);
  const latest = useLatest(options);
  useEffect(() => {
    const stepdown = loadStepdown(latest.current);
    const undo = [
      stepdown.on('open', () => setIsOpen(true)),
      stepdown.on('close', () => setIsOpen(false)),
      stepdown.on('unread', (count) => setUnreadCount(Number(count))),
    ];
    return () => {
      for (const stop of undo) stop();
    };
  }, [latest]);
  const [commands] = useState(() => delegate(options));
  return { ...commands, isOpen, unreadCount };
}

/** What an effect should see of the last render. Not `useEffectEvent`: embedders may still be on React 18. */
function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value);
  // Before the effects of the same render, which are declared later.
  useEffect(() => {
    latest.current = value;
  });
  return latest;
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

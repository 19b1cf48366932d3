import { useEffect, useEffectEvent } from 'react';
import { usePreferences } from './preferences.tsx';

export type KeyActions = Readonly<Record<string, () => unknown>>;

/** Single keys, while nobody is typing and nothing modal is open. Can be switched off in the settings. */
export function useKeys(actions: KeyActions): void {
  const { hasSingleKeys } = usePreferences();
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!hasSingleKeys || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTypingIn(event.target) || document.querySelector('dialog[open]') !== null) return;
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

export function isTypingIn(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

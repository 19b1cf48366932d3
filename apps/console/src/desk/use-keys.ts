import { useEffect, useEffectEvent } from 'react';
import { usePreferences } from './preferences.tsx';

export type KeyActions = Readonly<Record<string, () => unknown>>;

/** The second key of a sequence has to come within this time. */
const SEQUENCE_MS = 1_000;
let sequenceUntil = 0;

/** From now on the next key belongs to whoever listens for a sequence: `g t` is not `t`. */
export function beginSequence(): void {
  sequenceUntil = Date.now() + SEQUENCE_MS;
}

/**
 * Single keys, while nobody is typing and nothing modal is open. Can be switched off in the settings.
 * `sequence`: only the key after `beginSequence`, which nobody else hears.
 */
export function useKeys(actions: KeyActions, kind: 'single' | 'sequence' = 'single'): void {
  const { hasSingleKeys } = usePreferences();
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!hasSingleKeys || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTypingIn(event.target) || document.querySelector('dialog[open]') !== null) return;
    if ((kind === 'sequence') !== Date.now() < sequenceUntil) return;
    const action = actions[event.key];
    if (kind === 'sequence' && event.key !== 'Shift') sequenceUntil = 0;
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

/** A box that is ticked with the space bar takes no other key. */
const KEYLESS = ['checkbox', 'radio'];

function isTypingIn(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && KEYLESS.includes(target.type)) return false;
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

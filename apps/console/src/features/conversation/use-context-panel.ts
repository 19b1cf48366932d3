import { useState, useSyncExternalStore } from 'react';
import { usePreferences, usePreferencesStore } from '../../desk/preferences.tsx';

/** Below this the panel lies over the conversation (conversation.module.css has the same number). */
const BESIDE = '(width > 1240px)';

/** Beside the conversation the panel stays as it was left; over it, it is opened when needed and never by itself. */
export function useContextPanel(): { readonly isShown: boolean; readonly toggle: () => void } {
  const preferences = usePreferencesStore();
  const { isContextShown } = usePreferences();
  const [isOver, setOver] = useState(false);
  const isBeside = useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(BESIDE);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => window.matchMedia(BESIDE).matches,
  );
  return {
    isShown: isBeside ? isContextShown : isOver,
    toggle: () => (isBeside ? preferences.change({ isContextShown: !isContextShown }) : setOver(!isOver)),
  };
}

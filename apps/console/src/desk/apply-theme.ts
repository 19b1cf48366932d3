import type { PreferencesStore } from './preferences.tsx';

/** Puts the chosen theme on the document and follows the system where that was chosen. Returns its undo. */
export function followTheme(preferences: PreferencesStore, root: HTMLElement = document.documentElement): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => {
    const { theme } = preferences.getSnapshot();
    const isDark = theme === 'dark' || (theme === 'system' && dark.matches);
    root.dataset.theme = isDark ? 'dark' : 'light';
  };
  paint();
  dark.addEventListener('change', paint);
  const stop = preferences.subscribe(paint);
  return () => {
    dark.removeEventListener('change', paint);
    stop();
  };
}

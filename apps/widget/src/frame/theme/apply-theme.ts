import { accentColours, parseColour } from './colours.ts';

export type Theme = 'light' | 'dark' | 'auto';

const DEFAULT_ACCENT = [15, 95, 89] as const;
/** The greyest surface text stands on in each theme: --shade of frame.css. */
const LIGHT_SHADE = [241, 243, 240] as const;
const DARK_SHADE = [38, 44, 41] as const;

/** Sets theme and accent on the document, through the object model: the frame's CSP allows no inline style. Returns its undo. */
export function applyTheme(theme: Theme, accent: string | null): () => void {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => {
    const isDark = theme === 'dark' || (theme === 'auto' && dark.matches);
    const colours = accentColours((accent && parseColour(accent)) || DEFAULT_ACCENT, isDark ? DARK_SHADE : LIGHT_SHADE);
    root.dataset.theme = isDark ? 'dark' : 'light';
    root.style.setProperty('--accent', colours.fill);
    root.style.setProperty('--accent-ink', colours.ink);
    root.style.setProperty('--accent-text', colours.text);
  };
  paint();
  dark.addEventListener('change', paint);
  return () => dark.removeEventListener('change', paint);
}

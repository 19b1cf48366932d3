import type { Texts } from '../../locales/texts.ts';

/** One chunk for each language; only the one that is shown is fetched. */
const LOCALES: Readonly<Record<string, () => Promise<{ readonly default: Texts }>>> = {
  en: () => import('../../locales/en.ts'),
  de: () => import('../../locales/de.ts'),
  fr: () => import('../../locales/fr.ts'),
  es: () => import('../../locales/es.ts'),
  pt: () => import('../../locales/pt.ts'),
  ja: () => import('../../locales/ja.ts'),
  zh: () => import('../../locales/zh.ts'),
  ar: () => import('../../locales/ar.ts'),
};

/** The first wanted language that we speak, else English. */
export function chooseLocale(wanted: readonly (string | null)[]): string {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split(/[-_]/)[0] ?? '';
    if (Object.hasOwn(LOCALES, language)) return language;
  }
  return 'en';
}

export async function loadTexts(locale: string): Promise<Texts> {
  const load = LOCALES[locale] ?? LOCALES.en;
  if (!load) throw new Error('there is no English text');
  return (await load()).default;
}

/** Puts values into `{name}` places. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(values, name) ? `${values[name]}` : place));
}

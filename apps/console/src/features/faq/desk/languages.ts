const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** `de` → `German`; what is no language is shown as it is. */
export function languageName(locale: string): string {
  try {
    return names.of(locale) ?? locale;
  } catch {
    return locale;
  }
}

/** Languages the widget speaks; an editor may begin a translation into any of them. */
export const WIDGET_LANGUAGES: readonly string[] = ['en', 'de', 'fr', 'es', 'pt', 'ja', 'zh', 'ar'];

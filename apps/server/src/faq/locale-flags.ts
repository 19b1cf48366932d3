import { contentOf, type DeskEntry, type DeskState, draftOf, isExpired } from './desk-state.ts';

/** All locales in which anything is published, the source first. */
export function localesIn(state: DeskState, sourceLocale: string): readonly string[] {
  const found = new Set([...state.entries.values()].flatMap(({ key, standing }) => (standing?.status === 'published' ? [key.locale] : [])));
  return [sourceLocale, ...[...found].filter((locale) => locale !== sourceLocale).sort()];
}

/** Locales that the FAQ has and this entry lacks; an entry that is live nowhere lacks nothing. */
export function missingLocales(locales: readonly DeskEntry[], all: readonly string[]): readonly string[] {
  const has = new Set(locales.filter(({ standing }) => standing?.status === 'published').map(({ key }) => key.locale.toLowerCase()));
  return has.size === 0 ? [] : all.filter((locale) => !has.has(locale.toLowerCase()));
}

/** The source has changed in meaning since somebody last stood for this translation. */
export function isStale(entry: DeskEntry, source: DeskEntry | undefined): boolean {
  if (source === undefined || source === entry) return false;
  if (entry.standing?.status !== 'published' || source.standing?.status !== 'published') return false;
  return contentOf(source.standing).meaningfulAt > contentOf(entry.standing).reviewedAt;
}

export function stateOf(entry: DeskEntry, now: number): 'live' | 'draft' | 'archived' | 'expired' {
  const { standing } = entry;
  if (standing === undefined) return 'draft';
  if (standing.status === 'archived') return draftOf(entry) === undefined ? 'archived' : 'draft';
  return isExpired(contentOf(standing), now) ? 'expired' : 'live';
}

import type { FaqEntryView } from './faq-types.ts';

export interface LocaleCount {
  readonly locale: string;
  readonly count: number;
}

/** Languages of the FAQ with how many entries each has, the fullest first. */
export function localesOf(entries: readonly FaqEntryView[]): readonly LocaleCount[] {
  const counts = new Map<string, number>();
  for (const { locale } of entries) counts.set(locale, (counts.get(locale) ?? 0) + 1);
  return [...counts]
    .map(([locale, count]) => ({ locale, count }))
    .sort((left, right) => right.count - left.count || (left.locale < right.locale ? -1 : 1));
}

/** Entries of one language that hold every word, in question, variants, tags or answer. */
export function searchEntries(
  entries: readonly FaqEntryView[],
  { locale, search }: { locale: string; search: string },
): readonly FaqEntryView[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (entry.locale !== locale) return false;
    const text = [entry.id, entry.question, ...entry.variants, ...(entry.tags ?? []), entry.answer].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

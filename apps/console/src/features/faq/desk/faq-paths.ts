/** Addresses of the FAQ editor inside of the console, without the base. */
export const faqPaths = {
  list: '/faq',
  entry: (id: string, locale?: string) =>
    `/faq/entries/${encodeURIComponent(id)}${locale === undefined ? '' : `?${new URLSearchParams({ locale })}`}`,
  /** The entry with one more phrasing in its editor. */
  phrasing: (id: string, locale: string, phrasing: string) =>
    `/faq/entries/${encodeURIComponent(id)}?${new URLSearchParams({ locale, phrasing })}`,
  newRoute: '/faq/new',
  newEntry: (gapId: string | null = null) => `/faq/new${gapId === null ? '' : `?${new URLSearchParams({ from: gapId })}`}`,
  gaps: '/faq/gaps',
  duplicates: '/faq/duplicates',
  exchange: '/faq/exchange',
  conflict: (id: string) => `/faq/conflicts/${encodeURIComponent(id)}`,
} as const;

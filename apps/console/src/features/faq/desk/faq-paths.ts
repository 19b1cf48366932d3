/** Addresses of the FAQ editor inside of the console, without the base. */
export const faqPaths = {
  list: '/faq',
  entry: (id: string, locale?: string) =>
    `/faq/entries/${encodeURIComponent(id)}${locale === undefined ? '' : `?${new URLSearchParams({ locale })}`}`,
  newRoute: '/faq/new',
  newEntry: (gapId: string | null = null) => `/faq/new${gapId === null ? '' : `?${new URLSearchParams({ from: gapId })}`}`,
  gaps: '/faq/gaps',
  duplicates: '/faq/duplicates',
  exchange: '/faq/exchange',
  conflict: (id: string) => `/faq/conflicts/${encodeURIComponent(id)}`,
} as const;

import type { FaqClient, FaqListSearch } from '@stepdown/client/agent';
import type { Ack, FaqList } from '@stepdown/protocol';
import { useState } from 'react';
import { usePulse } from '../desk/pulse.tsx';
import { useFaq } from '../desk/use-faq.ts';
import { type Reading, useRead } from '../desk/use-read.ts';
import { LIST_VIEWS, type ListFilter, type ListView, searchOf } from './views.ts';

/** As many as the server gives at once. */
const PAGE = 500;
const SHOWN_FIRST = 60;
const SHOWN_MORE = 200;

export interface Entries extends Reading<FaqList> {
  readonly showMore: () => void;
}

/** The entries that fit the filter, read again whenever the live FAQ changes. */
export function useEntries(filter: ListFilter): Entries {
  const faq = useFaq();
  const { value: pulse } = usePulse();
  const name = JSON.stringify(filter);
  const [shown, setShown] = useState({ name, count: SHOWN_FIRST });
  const count = shown.name === name ? shown.count : SHOWN_FIRST;
  const version = `${pulse?.contentVersion} ${pulse?.problems.length} ${pulse?.conflicts.length}`;
  const reading = useRead(`${name} ${count} ${version}`, () =>
    filter.view === 'problems' ? withProblems(faq, searchOf(filter)) : readFirst(faq, searchOf(filter), count),
  );
  return { ...reading, showMore: () => setShown({ name, count: count + SHOWN_MORE }) };
}

async function readFirst(faq: FaqClient, search: FaqListSearch, count: number): Promise<Ack<FaqList>> {
  const first = await faq.list({ ...search, limit: Math.min(count, PAGE) });
  if (!first.ok) return first;
  const items = [...first.items];
  const wanted = Math.min(count, first.total);
  while (items.length < wanted) {
    const next = await faq.list({ ...search, offset: items.length, limit: Math.min(wanted - items.length, PAGE) });
    if (!next.ok) return next;
    if (next.items.length === 0) break;
    items.push(...next.items);
  }
  return { ...first, items };
}

/** The server lists problems by file; which entries they belong to, only the whole list tells. */
async function withProblems(faq: FaqClient, search: FaqListSearch): Promise<Ack<FaqList>> {
  const all = await readFirst(faq, search, Number.POSITIVE_INFINITY);
  if (!all.ok) return all;
  const paths = new Set(all.problems.map(({ path }) => path));
  const items = all.items.filter(({ locales }) => locales.some(({ path }) => path !== null && paths.has(path)));
  return { ...all, items, total: items.length };
}

export type Counts = Partial<Record<ListView, number>>;

/** How many entries each view holds in a language. */
export function useCounts(locale: string): Counts {
  const faq = useFaq();
  const { value: pulse } = usePulse();
  const { value } = useRead(`${locale} ${pulse?.contentVersion} ${pulse?.conflicts.length}`, async () => {
    const views = LIST_VIEWS.filter(({ id }) => id !== 'problems');
    const answers = await Promise.all(views.map(({ search }) => faq.list({ ...search, limit: 1, ...(locale !== '' && { locale }) })));
    const counts: Counts = Object.fromEntries(
      views.flatMap(({ id }, index) => {
        const answer = answers[index];
        return answer?.ok === true ? [[id, answer.total]] : [];
      }),
    );
    return { ok: true, counts } as const;
  });
  const problems = new Set(pulse?.problems.map(({ path }) => path)).size;
  return { ...value?.counts, problems };
}

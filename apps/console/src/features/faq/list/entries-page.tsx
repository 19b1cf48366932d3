import { useRef } from 'react';
import { useSearchParams } from 'wouter';
import { useKeys } from '../../../desk/use-keys.ts';
import { FaqFrame } from '../desk/faq-frame.tsx';
import { usePulse } from '../desk/pulse.tsx';
import { ReadState } from '../desk/read-state.tsx';
import { TestPanel } from '../try-out/test-panel.tsx';
import { useLate } from '../use-late.ts';
import styles from './entries-page.module.css';
import { EntryList } from './entry-list.tsx';
import { Filters } from './filters.tsx';
import { NeedsLook } from './needs-look.tsx';
import { Readiness } from './readiness.tsx';
import { useEntries } from './use-entries.ts';
import { filterIn, type ListFilter, queryOf } from './views.ts';

const SEARCH_AFTER_MS = 200;

/** What there is, what needs somebody, and how far the FAQ would get alone. */
export function EntriesPage() {
  const [query, setQuery] = useSearchParams();
  const filter = filterIn(query);
  const search = useLate(filter.search, SEARCH_AFTER_MS);
  const entries = useEntries({ ...filter, search });
  const { value: pulse } = usePulse();
  const list = useRef<HTMLDivElement>(null);
  const change = (part: Partial<ListFilter>) => setQuery(queryOf({ ...filter, ...part }), { replace: true });
  const step = (by: number) => moveFocus(list.current, by);
  useKeys({ j: () => step(1), k: () => step(-1), '/': () => document.getElementsByName('faq-search')[0]?.focus() });
  return (
    <FaqFrame>
      {pulse !== null && <NeedsLook problems={pulse.problems} conflicts={pulse.conflicts} isFolderWritable={pulse.isFolderWritable} />}
      <div className={styles.columns}>
        <div className={styles.list} ref={list}>
          <Filters filter={filter} locales={pulse?.locales ?? []} tags={pulse?.tags ?? []} onChange={change} />
          <ReadState reading={entries} waiting="Reading the FAQ…">
            {(value) => <EntryList list={value} filter={filter} onMore={entries.showMore} />}
          </ReadState>
        </div>
        <div className={styles.side}>
          <Readiness />
          <TestPanel locale={filter.locale === '' ? (pulse?.sourceLocale ?? 'en') : filter.locale} />
        </div>
      </div>
    </FaqFrame>
  );
}

function moveFocus(list: HTMLElement | null, by: number): void {
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
  const { activeElement } = document;
  const at = activeElement instanceof HTMLElement ? rows.indexOf(activeElement) : -1;
  rows[Math.min(rows.length - 1, Math.max(0, at === -1 ? 0 : at + by))]?.focus();
}

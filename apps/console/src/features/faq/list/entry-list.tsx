import type { FaqList } from '@stepdown/protocol';
import { Button } from '../../../parts/button.tsx';
import { gapOfNew, useKeptTexts } from '../editor/kept-texts.ts';
import { BegunRow } from './begun-row.tsx';
import styles from './entry-list.module.css';
import { EntryRow } from './entry-row.tsx';
import type { ListFilter, ListView } from './views.ts';

export interface EntryListProps {
  readonly list: FaqList;
  readonly filter: ListFilter;
  readonly onMore: () => void;
}

const NONE: Partial<Record<ListView, string>> = {
  drafts: 'No draft is waiting.',
  missing: 'Every entry is there in every language.',
  stale: 'No translation is older than its source.',
  problems: 'No file has a problem.',
  conflicts: 'No text was changed in two places.',
  expiring: 'No entry has an end date.',
  archived: 'Nothing is archived.',
};

/** Entries, with what was begun on this device and never saved on top. */
export function EntryList({ list, filter, onMore }: EntryListProps) {
  const kept = useKeptTexts();
  const unsaved = new Set(kept.keys());
  const begun = [...unsaved].filter((name) => gapOfNew(name) !== undefined);
  const isSearched = filter.search !== '' || filter.tag !== '';
  return (
    <>
      <p className={styles.total} role="status">
        {list.total} {list.total === 1 ? 'entry' : 'entries'}
      </p>
      {begun.length > 0 && (
        <ul className={styles.entries}>
          {begun.map((name) => (
            <BegunRow key={name} name={name} kept={kept} />
          ))}
        </ul>
      )}
      {list.items.length === 0 && (
        <p className={styles.none}>{isSearched ? 'No entry fits all of this.' : (NONE[filter.view] ?? 'There is no entry yet.')}</p>
      )}
      <ul className={styles.entries}>
        {list.items.map((item) => (
          <EntryRow key={item.id} item={item} list={list} locale={filter.locale} unsaved={unsaved} />
        ))}
      </ul>
      {list.items.length < list.total && (
        <div className={styles.more}>
          <Button onClick={onMore}>Show more</Button>
        </div>
      )}
    </>
  );
}

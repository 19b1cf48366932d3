import type { FaqList } from '@stepdown/protocol';
import { TextField } from '../../parts/field.tsx';
import { Card } from '../../parts/page.tsx';
import { Entry } from './entry.tsx';
import styles from './faq.module.css';

export interface EntryListProps {
  readonly list: FaqList;
  readonly locale: string;
  readonly search: string;
  readonly onLocale: (locale: string) => void;
  readonly onSearch: (search: string) => void;
}

const names = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

export function EntryList({ list, locale, search, onLocale, onSearch }: EntryListProps) {
  return (
    <Card title="Entries" hint={`${list.liveEntries} texts are live, in ${list.locales.length} languages.`}>
      <div className={styles.filter}>
        <TextField label="Search entries" type="search" value={search} maxLength={200} onChange={(event) => onSearch(event.target.value)} />
        <fieldset className={styles.locales}>
          <legend className="visually-hidden">Language</legend>
          {list.locales.map((each) => (
            <button key={each} type="button" aria-pressed={each === locale} onClick={() => onLocale(each)}>
              {names.of(each) ?? each}
            </button>
          ))}
        </fieldset>
      </div>
      <p className={styles.total} role="status">
        {list.total} {list.total === 1 ? 'entry' : 'entries'}
      </p>
      {list.items.length === 0 ? (
        <p className={styles.none}>No entry of this language holds all of these words.</p>
      ) : (
        <ul className={styles.entries}>
          {list.items.map((item) => (
            <Entry key={`${locale} ${item.id}`} item={item} locale={locale} />
          ))}
        </ul>
      )}
    </Card>
  );
}

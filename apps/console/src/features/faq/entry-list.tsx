import { useState } from 'react';
import { TextField } from '../../parts/field.tsx';
import { ChevronIcon } from '../../parts/icons.tsx';
import { Markdown } from '../../parts/markdown.tsx';
import { Card } from '../../parts/page.tsx';
import styles from './faq.module.css';
import type { FaqEntryView } from './faq-types.ts';
import type { LocaleCount } from './search-entries.ts';

export interface EntryListProps {
  readonly entries: readonly FaqEntryView[];
  readonly locales: readonly LocaleCount[];
  readonly locale: string;
  readonly search: string;
  readonly onLocale: (locale: string) => void;
  readonly onSearch: (search: string) => void;
}

const names = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

export function EntryList({ entries, locales, locale, search, onLocale, onSearch }: EntryListProps) {
  return (
    <Card title="Entries">
      <div className={styles.filter}>
        <TextField label="Search entries" type="search" value={search} onChange={(event) => onSearch(event.target.value)} />
        <fieldset className={styles.locales}>
          <legend className="visually-hidden">Language</legend>
          {locales.map((each) => (
            <button key={each.locale} type="button" aria-pressed={each.locale === locale} onClick={() => onLocale(each.locale)}>
              {names.of(each.locale) ?? each.locale} <span>{each.count}</span>
            </button>
          ))}
        </fieldset>
      </div>
      <p className="visually-hidden" role="status">
        {entries.length} entries
      </p>
      {entries.length === 0 ? (
        <p className={styles.none}>No entry holds all of these words.</p>
      ) : (
        <ul className={styles.entries}>
          {entries.map((entry) => (
            <Entry key={`${entry.locale} ${entry.id}`} entry={entry} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Entry({ entry }: { readonly entry: FaqEntryView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li className={styles.entry} lang={entry.locale}>
      <h3>
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <ChevronIcon size={15} />
          <span dir="auto">{entry.question}</span>
        </button>
      </h3>
      {isOpen && (
        <div className={styles.detail}>
          <Markdown text={entry.answer} />
          {entry.variants.length > 0 && (
            <div className={styles.variants}>
              <h4 lang="en">Also asked as</h4>
              <ul>
                {entry.variants.map((variant) => (
                  <li key={variant} dir="auto">
                    {variant}
                  </li>
                ))}
              </ul>
            </div>
          )}
          <p className={styles.meta} lang="en">
            <code>{entry.id}</code>
            {entry.updated !== undefined && <span>checked {entry.updated}</span>}
            {entry.tags?.map((tag) => (
              <span key={tag} className={styles.tag}>
                {tag}
              </span>
            ))}
          </p>
        </div>
      )}
    </li>
  );
}

import { useDeferredValue, useState } from 'react';
import { useAnswer } from '../../desk/use-answer.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { AlertIcon, BookIcon } from '../../parts/icons.tsx';
import { Page } from '../../parts/page.tsx';
import { EntryList } from './entry-list.tsx';
import styles from './faq.module.css';
import { FaqTest } from './faq-test.tsx';
import type { FaqAnswer } from './faq-types.ts';
import { Problems } from './problems.tsx';
import { localesOf, searchEntries } from './search-entries.ts';

/** What answers when no model can: to read, to search, and to try out. */
export default function FaqPage() {
  const { value, failure, reload } = useAnswer<FaqAnswer>('/api/faq');
  const [search, setSearch] = useState('');
  const [chosen, setLocale] = useState<string | null>(null);
  const wanted = useDeferredValue(search);
  if (failure !== null && value === null) {
    return (
      <Empty
        icon={<AlertIcon size={24} />}
        tone="bad"
        title="The FAQ could not be read"
        action={<Button onClick={() => void reload()}>Try again</Button>}
      >
        {failure.message}
      </Empty>
    );
  }
  if (value === null) return <Empty icon={<BookIcon size={24} />} title="Reading the FAQ…" />;
  const locales = localesOf(value.entries);
  const locale = chosen ?? (locales.some((each) => each.locale === 'en') ? 'en' : (locales[0]?.locale ?? 'en'));
  const entries = searchEntries(value.entries, { locale, search: wanted });
  return (
    <Page title="FAQ" lead="The written answers: they ground every model and answer alone when the models are gone.">
      {value.problems.length > 0 && <Problems problems={value.problems} />}
      <div className={styles.columns}>
        <EntryList entries={entries} locales={locales} locale={locale} search={search} onLocale={setLocale} onSearch={setSearch} />
        <FaqTest locale={locale} />
      </div>
    </Page>
  );
}

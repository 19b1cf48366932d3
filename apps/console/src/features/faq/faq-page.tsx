import type { FaqList } from '@stepdown/protocol';
import { useDeferredValue, useState } from 'react';
import { useAnswer } from '../../desk/use-answer.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { AlertIcon, BookIcon } from '../../parts/icons.tsx';
import { Page } from '../../parts/page.tsx';
import { EntryList } from './entry-list.tsx';
import styles from './faq.module.css';
import { FaqTest } from './faq-test.tsx';
import { Problems } from './problems.tsx';
import { useLate } from './use-late.ts';

const SEARCH_AFTER_MS = 200;
/** As many as the server gives at once. */
const LIMIT = 500;

/** What answers when no model can: to read, to search, and to try out. */
export default function FaqPage() {
  const [search, setSearch] = useState('');
  const [locale, setLocale] = useState('en');
  const wanted = useLate(search, SEARCH_AFTER_MS);
  const { value, failure, reload } = useAnswer<FaqList>(
    `/api/faq?${new URLSearchParams({ search: wanted, locale, limit: String(LIMIT) })}`,
  );
  const list = useDeferredValue(value);
  if (failure !== null && list === null) {
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
  if (list === null) return <Empty icon={<BookIcon size={24} />} title="Reading the FAQ…" />;
  return (
    <Page title="FAQ" lead="The written answers: they ground every model and answer alone when the models are gone.">
      {list.problems.length > 0 && <Problems problems={list.problems} />}
      <div className={styles.columns}>
        <EntryList list={list} locale={locale} search={search} onLocale={setLocale} onSearch={setSearch} />
        <FaqTest locale={locale} />
      </div>
    </Page>
  );
}

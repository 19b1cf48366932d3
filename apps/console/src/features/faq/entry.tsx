import type { FaqEntryDetail, FaqListItem, FaqLocaleView } from '@stepdown/protocol';
import { useId, useState } from 'react';
import { useAnswer } from '../../desk/use-answer.ts';
import { ChevronIcon } from '../../parts/icons.tsx';
import { Markdown } from '../../parts/markdown.tsx';
import styles from './faq.module.css';

const MARKS: readonly { readonly label: string; readonly isShown: (view: FaqLocaleView) => boolean }[] = [
  { label: 'Draft', isShown: (view) => view.state === 'draft' || view.hasDraft },
  { label: 'Archived', isShown: (view) => view.state === 'archived' },
  { label: 'Expired', isShown: (view) => view.state === 'expired' },
  { label: 'Translation is older', isShown: (view) => view.isStale },
  { label: 'Two versions', isShown: (view) => view.hasConflict },
];

/** One entry of one language; opens to its text. */
export function Entry({ item, locale }: { readonly item: FaqListItem; readonly locale: string }) {
  const [isOpen, setOpen] = useState(false);
  const bodyId = useId();
  const view = item.locales.find((each) => each.locale === locale);
  return (
    <li className={styles.entry}>
      <h3>
        <button type="button" aria-expanded={isOpen} aria-controls={bodyId} onClick={() => setOpen(!isOpen)}>
          <ChevronIcon size={15} />
          <span className={styles.question} lang={locale} dir="auto">
            {view?.question ?? item.question}
          </span>
          {MARKS.map(({ label, isShown }) =>
            view !== undefined && isShown(view) ? (
              <span key={label} className={styles.mark}>
                {label}
              </span>
            ) : null,
          )}
        </button>
      </h3>
      <div id={bodyId} hidden={!isOpen}>
        {isOpen && <Body item={item} locale={locale} />}
      </div>
    </li>
  );
}

function Body({ item, locale }: { readonly item: FaqListItem; readonly locale: string }) {
  const { value, failure } = useAnswer<FaqEntryDetail>(`/api/faq/${encodeURIComponent(item.id)}`);
  const found = value?.locales.find((each) => each.locale === locale);
  const content = (found?.live ?? found?.draft)?.content;
  if (content === undefined) return <p className={styles.detail}>{failure?.message ?? 'Reading…'}</p>;
  return (
    <div className={styles.detail}>
      <div lang={locale}>
        <Markdown text={content.answer} />
      </div>
      {content.variants.length > 0 && (
        <div className={styles.variants}>
          <h4>Also asked as</h4>
          <ul lang={locale}>
            {content.variants.map((variant) => (
              <li key={variant} dir="auto">
                {variant}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className={styles.meta}>
        <code>{item.id}</code>
        {found?.updated != null && <span>checked {found.updated}</span>}
        {item.missingLocales.length > 0 && <span>missing in {item.missingLocales.join(', ')}</span>}
        {item.tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            {tag}
          </span>
        ))}
      </p>
    </div>
  );
}

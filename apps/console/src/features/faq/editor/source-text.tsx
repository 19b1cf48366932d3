import type { FaqEntryDetail } from '@stepdown/protocol';
import { Button } from '../../../parts/button.tsx';
import { Markdown } from '../../../parts/markdown.tsx';
import { languageName } from '../desk/languages.ts';
import { Visible } from '../desk/visible.tsx';
import { type EntryForm, formOf } from './entry-form.ts';
import styles from './source-text.module.css';

interface SourceTextProps {
  readonly detail: FaqEntryDetail;
  readonly locale: string;
  readonly form: EntryForm;
  readonly onCopy: (part: Partial<EntryForm>) => void;
}

/** What a translator needs beside the translation: the source, and whether it has moved on. */
export function SourceText({ detail, locale, form, onCopy }: SourceTextProps) {
  const { sourceLocale } = detail;
  const view = detail.locales.find((each) => each.locale === locale);
  const source = detail.locales.find((each) => each.locale === sourceLocale)?.live;
  if (locale === sourceLocale || source == null) return null;
  const isEmpty = form.question === '' && form.answer === '';
  const name = languageName(sourceLocale);
  return (
    <details className={styles.source} data-stale={view?.isStale || undefined} open={isEmpty || view?.isStale}>
      <summary>{view?.isStale === true ? `The ${name} text has changed since this was published` : `The ${name} text`}</summary>
      <div lang={sourceLocale} className={styles.text}>
        <p dir="auto">
          <strong>
            <Visible text={source.content.question} />
          </strong>
        </p>
        <Markdown text={source.content.answer} />
      </div>
      {isEmpty && (
        <Button size="small" onClick={() => onCopy({ ...formOf(source.content), variants: [], updated: '' })}>
          Start from the {name} text
        </Button>
      )}
    </details>
  );
}

import { withoutInvisible } from '@stepdown/client/markdown';
import { useDeferredValue } from 'react';
import { BookIcon } from '../../../parts/icons.tsx';
import { Markdown } from '../../../parts/markdown.tsx';
import { Card } from '../../../parts/page.tsx';
import type { EntryForm } from './entry-form.ts';
import styles from './preview.module.css';

/** The entry as a customer would meet it in the chat. Parsed and drawn exactly as the widget does it. */
export function Preview({ form, locale }: { readonly form: EntryForm; readonly locale: string }) {
  const { question, answer } = useDeferredValue(form);
  return (
    <Card title="Preview">
      <div className={styles.chat} lang={locale}>
        {question.trim() !== '' && (
          <p className={styles.mine} dir="auto">
            {withoutInvisible(question)}
          </p>
        )}
        <p className={styles.author} lang="en">
          <BookIcon size={14} /> Answer from our team
        </p>
        <div className={styles.theirs}>
          {answer.trim() === '' ? <p className={styles.nothing}>The answer appears here while you write.</p> : <Markdown text={answer} />}
        </div>
      </div>
    </Card>
  );
}

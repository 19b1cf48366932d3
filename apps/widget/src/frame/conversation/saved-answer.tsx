import { useWidget } from '../context.ts';
import { BookIcon } from '../icons/icons.tsx';
import { Markdown } from '../markdown/markdown.tsx';
import type { SavedEntry } from '../offline-faq/saved-entry.ts';
import { fill } from '../texts/load-texts.ts';
import styles from './message.module.css';

/** What the team wrote about this, kept on the device: an answer for now, while the message itself still waits. */
export function SavedAnswer({ answer }: { readonly answer: SavedEntry | undefined }) {
  const { texts, locale } = useWidget();
  if (!answer) return null;
  return (
    <article className={styles.theirs}>
      <p className={styles.author}>
        <BookIcon size={14} />
        {texts.saved}
      </p>
      <div className={styles.bubble} dir="auto">
        <Markdown text={`**${answer.question}**\n\n${answer.answer}`} />
      </div>
      {answer.updatedAt !== null && (
        <p className={styles.note}>{fill(texts.checked, { date: new Intl.DateTimeFormat(locale).format(answer.updatedAt) })}</p>
      )}
    </article>
  );
}

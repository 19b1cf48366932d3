import { Link } from 'wouter';
import { Badge } from '../desk/badge.tsx';
import { faqPaths } from '../desk/faq-paths.ts';
import { Visible } from '../desk/visible.tsx';
import { gapOfNew, type KeptTexts } from '../editor/kept-texts.ts';
import styles from './entry-row.module.css';

/** A new entry that only this device knows of. */
export function BegunRow({ name, kept }: { readonly name: string; readonly kept: KeptTexts }) {
  const question = kept.get(name)?.form.question.trim();
  return (
    <li className={styles.row}>
      <p className={styles.head}>
        <Link className={styles.link} href={faqPaths.newEntry(gapOfNew(name) ?? null)} data-entry={name}>
          <Visible text={question === undefined || question === '' ? 'A new entry' : question} />
        </Link>
        <Badge tone="accent">Not saved</Badge>
      </p>
      <p className={styles.meta}>Begun on this device.</p>
    </li>
  );
}

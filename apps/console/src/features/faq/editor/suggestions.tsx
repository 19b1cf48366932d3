import type { FaqEntryDetail } from '@stepdown/protocol';
import { Button } from '../../../parts/button.tsx';
import { Card } from '../../../parts/page.tsx';
import { Visible } from '../desk/visible.tsx';
import styles from './suggestions.module.css';

interface SuggestionsProps {
  readonly detail: FaqEntryDetail;
  readonly locale: string;
  readonly variants: readonly string[];
  readonly onAdd: (text: string) => void;
}

/** Real questions that ended here in other words. */
export function Suggestions({ detail, locale, variants, onAdd }: SuggestionsProps) {
  const open = detail.suggestedPhrasings.filter((each) => each.locale === locale && !variants.includes(each.text));
  const { confirmedPhrasings } = detail;
  if (open.length === 0 && confirmedPhrasings.length === 0) return null;
  return (
    <Card title="How customers put it" hint="Real questions that ended at this entry.">
      <ul className={styles.list}>
        {open.map(({ text, count }) => (
          <li key={text}>
            <span dir="auto">
              <Visible text={text} /> {count > 1 && <span className={styles.count}>{count}×</span>}
            </span>
            <Button size="small" onClick={() => onAdd(text)}>
              Add<span className="visually-hidden"> “{text}” to the phrasings</span>
            </Button>
          </li>
        ))}
        {confirmedPhrasings.map((text) => (
          <li key={`confirmed ${text}`}>
            <span dir="auto">
              <Visible text={text} />
            </span>
            <span className={styles.count}>confirmed, known already</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

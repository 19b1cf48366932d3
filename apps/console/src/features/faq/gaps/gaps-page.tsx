import type { FaqGaps } from '@stepdown/protocol';
import { useState } from 'react';
import { Link } from 'wouter';
import { useNotify } from '../../../desk/notices.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { SelectField } from '../../../parts/field.tsx';
import { CheckIcon } from '../../../parts/icons.tsx';
import { Card } from '../../../parts/page.tsx';
import { FaqFrame } from '../desk/faq-frame.tsx';
import { faqPaths } from '../desk/faq-paths.ts';
import { languageName } from '../desk/languages.ts';
import { usePulse } from '../desk/pulse.tsx';
import { ReadState } from '../desk/read-state.tsx';
import { useFaq } from '../desk/use-faq.ts';
import { useRead } from '../desk/use-read.ts';
import { Visible } from '../desk/visible.tsx';
import { GapCard } from './gap-card.tsx';
import styles from './gaps.module.css';

const PERIODS = [7, 30, 90] as const;

/** What customers asked and the FAQ alone could not answer, or answered badly; the heaviest first. */
export function GapsPage() {
  const faq = useFaq();
  const notify = useNotify();
  const { value: pulse } = usePulse();
  const [days, setDays] = useState(30);
  const [locale, setLocale] = useState('');
  const gaps = useRead(`${days} ${locale} ${pulse?.contentVersion}`, () => faq.gaps(days, locale));
  async function dismiss(id: string): Promise<void> {
    const answer = await faq.dismissGap(id);
    notify(answer.ok ? 'Dismissed. It does not come back.' : answer.error.message, answer.ok ? 'calm' : 'bad');
    await gaps.reload();
  }
  return (
    <FaqFrame>
      <div className={styles.filter}>
        <SelectField label="Asked in the last" value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {PERIODS.map((period) => (
            <option key={period} value={period}>
              {period} days
            </option>
          ))}
        </SelectField>
        <SelectField label="Language" value={locale} onChange={(event) => setLocale(event.target.value)}>
          <option value="">All</option>
          {pulse?.locales.map((each) => (
            <option key={each} value={each}>
              {languageName(each)}
            </option>
          ))}
        </SelectField>
      </div>
      <ReadState reading={gaps} waiting="Grouping the questions…">
        {(value) => (
          <div className={styles.columns}>
            <Gaps gaps={value} onDismiss={dismiss} />
            <Phrasings phrasings={value.phrasings} />
          </div>
        )}
      </ReadState>
    </FaqFrame>
  );
}

function Gaps({ gaps, onDismiss }: { readonly gaps: FaqGaps; readonly onDismiss: (id: string) => Promise<void> }) {
  if (gaps.gaps.length === 0) {
    return (
      <Empty icon={<CheckIcon size={24} />} title="No gap is open">
        Every question of the last {gaps.days} days had an answer{gaps.dismissed > 0 && `, or was dismissed (${gaps.dismissed})`}.
      </Empty>
    );
  }
  return (
    <section aria-label="Gaps" className={styles.gaps}>
      <p className={styles.total} role="status">
        {gaps.total} {gaps.total === 1 ? 'gap' : 'gaps'}, the heaviest first{gaps.dismissed > 0 && `; ${gaps.dismissed} dismissed`}
      </p>
      <ul>
        {gaps.gaps.map((gap) => (
          <GapCard key={gap.id} gap={gap} onDismiss={() => onDismiss(gap.id)} />
        ))}
      </ul>
    </section>
  );
}

function Phrasings({ phrasings }: Pick<FaqGaps, 'phrasings'>) {
  if (phrasings.length === 0) return null;
  return (
    <Card title="Phrasings to add" hint="Questions that found their entry in words it does not have yet.">
      <ul className={styles.phrasings}>
        {phrasings.map(({ entryId, suggestions }) => (
          <li key={entryId}>
            <Link href={faqPaths.entry(entryId, suggestions[0]?.locale)}>{entryId}</Link>
            {suggestions.map(({ text, count }) => (
              <p key={text} dir="auto">
                <Visible text={text} /> {count > 1 && <span>{count}×</span>}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
}

import type { FaqReadiness } from '@stepdown/protocol';
import { Card } from '../../../parts/page.tsx';
import { usePulse } from '../desk/pulse.tsx';
import { useFaq } from '../desk/use-faq.ts';
import { useRead } from '../desk/use-read.ts';
import styles from './readiness.module.css';

const DAYS = 30;

/** How far the FAQ would get alone: the one figure that says whether an outage can come. */
export function Readiness() {
  const faq = useFaq();
  const { value: pulse } = usePulse();
  const { value } = useRead(`${pulse?.contentVersion}`, () => faq.readiness(DAYS));
  if (value === null) return null;
  return (
    <Card title="Ready for an outage">
      {value.answeredShare === null ? (
        <p className={styles.none}>No customer has asked anything in the last {DAYS} days.</p>
      ) : (
        <Figure readiness={value} share={value.answeredShare} />
      )}
    </Card>
  );
}

function Figure({ readiness, share }: { readonly readiness: FaqReadiness; readonly share: number }) {
  const { totals, agreementShare } = readiness;
  const parts = [
    { name: 'answered', count: totals.answered, words: 'answered' },
    { name: 'offered', count: totals.offered, words: 'offered a choice' },
    { name: 'asked', count: totals.askedBack, words: 'asked back' },
    { name: 'abstained', count: totals.abstained, words: 'no answer' },
  ];
  return (
    <div className={styles.figure}>
      <p className={styles.lead}>
        <strong>{percent(share)}</strong> The FAQ alone would have answered {percent(share)} of the last {DAYS} days’ questions.
      </p>
      <svg className={styles.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ name, count }, index) => {
          const before = parts.slice(0, index).reduce((sum, part) => sum + part.count, 0);
          return (
            <rect key={name} data-part={name} x={(before / totals.questions) * 100} width={(count / totals.questions) * 100} height="10" />
          );
        })}
      </svg>
      <ul className={styles.parts}>
        {parts.map(({ name, count, words }) => (
          <li key={name} data-part={name}>
            <strong>{count}</strong> {words}
          </li>
        ))}
      </ul>
      {agreementShare !== null && (
        <p className={styles.agreement}>
          Where a model answered with sources, the FAQ would have picked the same entry {percent(agreementShare)} of the time.
        </p>
      )}
    </div>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

import type { FaqRanked, FaqTestResult } from '@stepdown/protocol';
import { Link } from 'wouter';
import { faqPaths } from '../desk/faq-paths.ts';
import { languageName } from '../desk/languages.ts';
import { Visible } from '../desk/visible.tsx';
import styles from './ranking.module.css';

interface RankingProps {
  readonly ranking: readonly FaqRanked[];
  readonly thresholds: FaqTestResult['thresholds'];
}

/** How near each entry came, against the score that is needed to be offered and to be served. */
export function Ranking({ ranking, thresholds }: RankingProps) {
  return (
    <section aria-label="Ranking">
      <h3 className={styles.title}>
        How near each entry came{' '}
        <span>
          offered from {percent(thresholds.offerAt)}, served from {percent(thresholds.answerAt)}
        </span>
      </h3>
      <ol className={styles.ranking}>
        {ranking.map((match) => (
          <li key={`${match.locale}/${match.id}`}>
            <p className={styles.match}>
              <Link href={faqPaths.entry(match.id, match.locale)} dir="auto">
                <Visible text={match.question} />
              </Link>
              <strong>{percent(match.score)}</strong>
            </p>
            <Meter score={match.score} thresholds={thresholds} />
            <Why match={match} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Meter({ score, thresholds }: { readonly score: number; readonly thresholds: RankingProps['thresholds'] }) {
  const tone = score >= thresholds.answerAt ? 'good' : score >= thresholds.offerAt ? 'warn' : 'calm';
  return (
    <svg className={styles.meter} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" data-tone={tone}>
      <rect y="2" width="100" height="4" className={styles.ground} />
      <rect y="2" width={score * 100} height="4" className={styles.score} />
      {[thresholds.offerAt, thresholds.answerAt].map((at) => (
        <rect key={at} x={at * 100 - 0.3} width="0.6" height="8" className={styles.threshold} />
      ))}
    </svg>
  );
}

const ORIGINS: Readonly<Record<FaqRanked['why']['origin'], string>> = {
  editor: 'nearest phrasing',
  confirmed: 'nearest phrasing, confirmed by people',
  id: 'nearest is its id',
};

function Why({ match: { why, isLocaleFallback, locale } }: { readonly match: FaqRanked }) {
  const facts = [
    { name: ORIGINS[why.origin], text: `“${why.phrasing}”` },
    { name: 'matched words', text: why.matchedWords.join(', ') },
    { name: 'read as', text: why.corrections.map(({ from, to }) => `${from} → ${to}`).join(', ') },
    { name: 'unknown words', text: why.unknownWords.join(', ') },
    { name: 'meaning', text: why.isOpposite ? 'says the opposite' : '' },
    { name: 'language', text: isLocaleFallback ? `${languageName(locale)}, because there is none in the customer’s` : '' },
  ].filter(({ text }) => text !== '');
  return (
    <dl className={styles.why}>
      {facts.map(({ name, text }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Visible text={text} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

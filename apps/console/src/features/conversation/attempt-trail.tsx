import type { TurnTrail } from '@stepdown/protocol';
import { latencyWords } from '../../desk/times.ts';
import { outcomeTone, outcomeWords, turnCauseWords } from '../../parts/outcome-words.ts';
import { TierBadge } from '../../parts/tier-badge.tsx';
import styles from './attempt-trail.module.css';

/** What was tried for one answer, in order, and why it began where it did. */
export function AttemptTrailList({ turn }: { readonly turn: TurnTrail }) {
  const cause = turnCauseWords(turn.cause);
  const longest = Math.max(1, ...turn.attempts.map((attempt) => attempt.durationMs));
  return (
    <div className={styles.trail}>
      {cause !== null && <p className={styles.cause}>{cause}</p>}
      <ol>
        {turn.attempts.map((attempt, index) => (
          // Attempts are only ever added at the end.
          <li key={index} className={styles.attempt}>
            <TierBadge tier={attempt.tier} detail={attempt.model} />
            <span className={styles.outcome} data-tone={outcomeTone(attempt.outcome)} title={attempt.detail ?? undefined}>
              {outcomeWords(attempt.outcome)}
            </span>
            <svg className={styles.bar} aria-hidden="true" viewBox="0 0 100 6" preserveAspectRatio="none">
              <rect width={Math.max(2, (attempt.durationMs / longest) * 100)} height="6" rx="2" data-tone={outcomeTone(attempt.outcome)} />
              {attempt.firstTextMs !== null && (
                <rect x={(attempt.firstTextMs / longest) * 100} width="1" height="6" className={styles.first} />
              )}
            </svg>
            <span className={styles.numbers}>
              {attempt.firstTextMs !== null && <>first text {latencyWords(attempt.firstTextMs)}, </>}
              {latencyWords(attempt.durationMs)}
            </span>
            {attempt.detail !== null && <span className={styles.detail}>{attempt.detail}</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}

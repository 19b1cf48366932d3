import type { SignalView } from '@stepdown/protocol';
import { exactTime, latencyWords } from '../../desk/times.ts';
import { outcomeTone, outcomeWords } from '../../parts/outcome-words.ts';
import { Card } from '../../parts/page.tsx';
import styles from './signals-card.module.css';

/** The newest pieces of evidence, as they come. */
export function SignalsCard({ signals }: { readonly signals: readonly SignalView[] }) {
  return (
    <Card title="Signals" hint="Every answer and every probe is one piece of evidence.">
      {signals.length === 0 ? (
        <p className={styles.none}>No signal yet. The first question or probe will show up here.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard
        <ol className={styles.signals} tabIndex={0} aria-label="Signals, newest first">
          {signals.map((signal) => (
            <li key={`${signal.at} ${signal.routeId} ${signal.outcome}`} data-tone={outcomeTone(signal.outcome)}>
              <time dateTime={new Date(signal.at).toISOString()}>{exactTime(signal.at)}</time>
              <span className={styles.outcome}>{outcomeWords(signal.outcome)}</span>
              <span className={styles.from}>{signal.from === 'probe' ? 'probe' : 'customer'}</span>
              <span className={styles.number}>{signal.firstTextMs === null ? '' : latencyWords(signal.firstTextMs)}</span>
              <code>{signal.routeId}</code>
              {signal.detail !== null && <span className={styles.detail}>{signal.detail}</span>}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

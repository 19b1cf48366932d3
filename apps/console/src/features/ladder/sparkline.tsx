import type { LadderMinute } from '@stepdown/protocol';
import { latencyWords } from '../../desk/times.ts';
import styles from './sparkline.module.css';
import { errorsOf, linePath, topOf } from './sparkline-path.ts';

const HEIGHT = 32;

/** First text over the last hour: half of the customers had it by the strong line, 95 of 100 by the thin one. */
export function FirstTextSpark({ minutes }: { readonly minutes: readonly LadderMinute[] }) {
  const top = topOf(minutes);
  if (top === null) return <Quiet />;
  const slowest = Math.max(...minutes.map(({ ttftP95Ms }) => ttftP95Ms ?? 0));
  return (
    <svg
      className={styles.spark}
      viewBox={`0 -2 ${minutes.length} ${HEIGHT + 4}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`First text over the last hour, slowest minute ${latencyWords(slowest)}`}
    >
      <line x1="0" x2={minutes.length} y1={HEIGHT} y2={HEIGHT} className={styles.ground} />
      <path
        className={styles.p95}
        d={linePath(
          minutes.map(({ ttftP95Ms }) => ttftP95Ms),
          top,
          HEIGHT,
        )}
      />
      <path
        className={styles.p50}
        d={linePath(
          minutes.map(({ ttftP50Ms }) => ttftP50Ms),
          top,
          HEIGHT,
        )}
      />
    </svg>
  );
}

/** Share of failed answers and probes, a bar a minute; minutes that had some and lost none are a thin green line. */
export function ErrorSpark({ minutes }: { readonly minutes: readonly LadderMinute[] }) {
  const { samples, failures } = errorsOf(minutes);
  if (samples === 0) return <Quiet />;
  return (
    <svg
      className={styles.spark}
      viewBox={`0 -2 ${minutes.length} ${HEIGHT + 4}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Errors over the last hour: ${failures} of ${samples}`}
    >
      <line x1="0" x2={minutes.length} y1={HEIGHT} y2={HEIGHT} className={styles.ground} />
      {minutes.map((minute, index) => {
        if (minute.samples === 0) return null;
        const height = Math.max(2, (minute.failures / minute.samples) * HEIGHT);
        return (
          <rect
            key={minute.at}
            x={index + 0.1}
            width="0.8"
            y={HEIGHT - height}
            height={height}
            className={minute.failures > 0 ? styles.failed : styles.fine}
          />
        );
      })}
    </svg>
  );
}

function Quiet() {
  return <span className={styles.quiet}>No answer in the last hour</span>;
}

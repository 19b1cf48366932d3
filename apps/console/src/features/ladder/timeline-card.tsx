import type { LadderView } from '@stepdown/protocol';
import { timeOfDay } from '../../desk/times.ts';
import { useNow } from '../../desk/use-now.ts';
import { Card } from '../../parts/page.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { TIERS, tierName } from '../../parts/tiers.ts';
import styles from './timeline-card.module.css';
import { type Band, shareOnTop, tierBands, topTier } from './words.ts';

const DAY_MS = 86_400_000;
const ROW = 20;
const WIDTH = 1_000;
const TICKS = 6;

/** The last day as a band that steps down and climbs back, and every change in words. */
export function TimelineCard({ ladder }: { readonly ladder: LadderView }) {
  // A minute is a pixel and a half here; drawing it anew each second would only warm the room.
  const end = Math.ceil(useNow() / 60_000) * 60_000;
  const start = end - DAY_MS;
  const bands = tierBands(ladder, start, end);
  const share = shareOnTop(bands, topTier(ladder));
  const changes = [...ladder.changes].sort((left, right) => right.at - left.at);
  return (
    <Card
      title="Last 24 hours"
      hint={`${(share * 100).toFixed(share > 0.995 && share < 1 ? 2 : 1)} % of the time on ${tierName(topTier(ladder))}`}
    >
      <Chart bands={bands} start={start} />
      {changes.length === 0 ? (
        <p className={styles.none}>The tier has not changed in the last 24 hours.</p>
      ) : (
        <ol className={styles.changes} aria-label="Changes, newest first">
          {changes.slice(0, 12).map((change) => (
            <li key={`${change.at} ${change.to}`}>
              <time dateTime={new Date(change.at).toISOString()}>{timeOfDay(change.at)}</time>
              <span className={styles.move}>
                <TierBadge tier={change.from} />
                <span aria-hidden="true">→</span>
                <span className="visually-hidden">to</span>
                <TierBadge tier={change.to} />
              </span>
              <span className={styles.cause}>
                {change.cause}
                {change.signal !== '' && <code>{change.signal}</code>}
              </span>
              <span className={styles.affected}>
                {change.affectedConversations} {change.affectedConversations === 1 ? 'chat' : 'chats'}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function Chart({ bands, start }: { readonly bands: readonly Band[]; readonly start: number }) {
  const xOf = (at: number) => ((at - start) / DAY_MS) * WIDTH;
  return (
    <figure className={styles.figure}>
      <div className={styles.rows} aria-hidden="true">
        {TIERS.map((tier) => (
          <span key={tier}>{tierName(tier)}</span>
        ))}
      </div>
      <div className={styles.plot}>
        <svg
          viewBox={`0 0 ${WIDTH} ${ROW * TIERS.length}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Tier over the last 24 hours: ${bands.map((band) => `${tierName(band.tier)} from ${timeOfDay(band.from)}`).join(', ')}`}
        >
          {TIERS.map((tier, row) => (
            <line key={tier} x1="0" x2={WIDTH} y1={row * ROW + ROW / 2} y2={row * ROW + ROW / 2} className={styles.rail} />
          ))}
          {Array.from({ length: TICKS - 1 }, (_, index) => ((index + 1) / TICKS) * WIDTH).map((x) => (
            <line key={x} x1={x} x2={x} y1="0" y2={ROW * TIERS.length} className={styles.tick} />
          ))}
          {bands.slice(1).map((band, index) => {
            const before = TIERS.indexOf(bands[index]?.tier ?? band.tier);
            return (
              <line
                key={`riser ${band.from}`}
                x1={xOf(band.from)}
                x2={xOf(band.from)}
                y1={before * ROW + ROW / 2}
                y2={TIERS.indexOf(band.tier) * ROW + ROW / 2}
                className={styles.riser}
              />
            );
          })}
          {bands.map((band) => (
            <rect
              key={band.from}
              x={xOf(band.from)}
              width={Math.max(2, xOf(band.to) - xOf(band.from))}
              y={TIERS.indexOf(band.tier) * ROW + 5}
              height={ROW - 10}
              className={styles.band}
              data-tier={band.tier}
            />
          ))}
        </svg>
        <div className={styles.hours} aria-hidden="true">
          {Array.from({ length: TICKS }, (_, index) => start + (index / TICKS) * DAY_MS).map((at) => (
            <span key={at}>{timeOfDay(at)}</span>
          ))}
          <span>now</span>
        </div>
      </div>
    </figure>
  );
}

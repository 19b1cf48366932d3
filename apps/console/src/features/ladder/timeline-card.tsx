import type { LadderView, TierChangeView } from '@stepdown/protocol';
import { useState } from 'react';
import { timeOfDay } from '../../desk/times.ts';
import { useNow } from '../../desk/use-now.ts';
import { Card } from '../../parts/page.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { tierName } from '../../parts/tiers.ts';
import { shareOnTop, tierBands } from './tier-bands.ts';
import { TierChart } from './tier-chart.tsx';
import styles from './timeline-card.module.css';
import { topTier } from './words.ts';

const SPANS = [
  { label: '1 h', title: 'Last hour', ms: 3_600_000 },
  { label: '6 h', title: 'Last 6 hours', ms: 21_600_000 },
  { label: '24 h', title: 'Last 24 hours', ms: 86_400_000 },
] as const;
const CHANGES_SHOWN = 12;

/** The time behind us as a band that steps down and climbs back, and every change in words. */
export function TimelineCard({ ladder }: { readonly ladder: LadderView }) {
  const [span, setSpan] = useState<(typeof SPANS)[number]>(SPANS[2]);
  // Ten seconds are less than a pixel here; drawing it anew each second would only warm the room.
  const end = Math.ceil(useNow() / 10_000) * 10_000;
  const start = end - span.ms;
  const bands = tierBands(ladder, start, end);
  const share = shareOnTop(bands, topTier(ladder)) * 100;
  return (
    <Card
      title={span.title}
      hint={`${share.toFixed(share > 99.5 && share < 100 ? 2 : 1)} % of the time on ${tierName(topTier(ladder))}`}
      actions={
        <fieldset className={styles.spans}>
          <legend className="visually-hidden">Time shown</legend>
          {SPANS.map((each) => (
            <button key={each.label} type="button" aria-pressed={each === span} onClick={() => setSpan(each)}>
              {each.label}
            </button>
          ))}
        </fieldset>
      }
    >
      <TierChart bands={bands} start={start} end={end} />
      <Changes changes={ladder.changes.filter((change) => change.at >= start)} />
    </Card>
  );
}

function Changes({ changes }: { readonly changes: readonly TierChangeView[] }) {
  if (changes.length === 0) return <p className={styles.none}>The tier has not changed in this time.</p>;
  const newestFirst = [...changes].sort((left, right) => right.at - left.at).slice(0, CHANGES_SHOWN);
  return (
    <ol className={styles.changes} aria-label="Changes, newest first">
      {newestFirst.map((change) => (
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
  );
}

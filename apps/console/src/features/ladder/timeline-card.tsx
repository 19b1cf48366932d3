import type { LadderView, TierChangeView } from '@stepdown/protocol';
import { useState } from 'react';
import { dayAndTime, timeOfDay } from '../../desk/times.ts';
import { useNow } from '../../desk/use-now.ts';
import { Card } from '../../parts/page.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { tierName } from '../../parts/tiers.ts';
import { shareOnTop, tierBands } from './tier-bands.ts';
import { TierChart } from './tier-chart.tsx';
import styles from './timeline-card.module.css';
import { useChanges } from './use-changes.ts';
import { topTier } from './words.ts';

const DAY_MS = 86_400_000;
const SPANS = [
  { label: '1 h', title: 'Last hour', ms: 3_600_000 },
  { label: '24 h', title: 'Last 24 hours', ms: DAY_MS },
  { label: '7 d', title: 'Last 7 days', ms: 7 * DAY_MS },
  { label: '30 d', title: 'Last 30 days', ms: 30 * DAY_MS },
  { label: '60 d', title: 'Last 60 days', ms: 60 * DAY_MS },
  { label: '90 d', title: 'Last 90 days', ms: 90 * DAY_MS },
] as const;
const CHANGES_SHOWN = 12;

/** The time behind us as a band that steps down and climbs back, and every change in words. */
export function TimelineCard({ ladder }: { readonly ladder: LadderView }) {
  const [span, setSpan] = useState<(typeof SPANS)[number]>(SPANS[1]);
  const { changes, failure } = useChanges(ladder, Math.ceil(span.ms / DAY_MS));
  // Ten seconds are less than a pixel here; drawing it anew each second would only warm the room.
  const end = Math.ceil(useNow() / 10_000) * 10_000;
  const start = end - span.ms;
  const bands = tierBands({ ...ladder, changes }, start, end);
  const share = shareOnTop(bands, topTier(ladder)) * 100;
  return (
    <Card
      title={span.title}
      hint={`${share.toFixed(share > 99.5 && share < 100 ? 2 : 1)} % of the time on ${tierName(topTier(ladder))}`}
      actions={
        <fieldset className={styles.spans}>
          <legend className="visually-hidden">Time shown</legend>
          {SPANS.map((each) => (
            <button
              key={each.label}
              type="button"
              aria-label={`${each.label}: ${each.title.toLowerCase()}`}
              aria-pressed={each === span}
              onClick={() => setSpan(each)}
            >
              {each.label}
            </button>
          ))}
        </fieldset>
      }
    >
      {failure !== null && <p className={styles.none}>Older changes could not be read: {failure.message}</p>}
      <TierChart bands={bands} start={start} end={end} />
      <Changes changes={changes.filter((change) => change.at >= start)} isLong={span.ms > DAY_MS} />
    </Card>
  );
}

function Changes({ changes, isLong }: { readonly changes: readonly TierChangeView[]; readonly isLong: boolean }) {
  if (changes.length === 0) return <p className={styles.none}>The tier has not changed in this time.</p>;
  const newestFirst = [...changes].sort((left, right) => right.at - left.at).slice(0, CHANGES_SHOWN);
  return (
    <ol className={styles.changes} data-long={isLong || undefined} aria-label="Changes, newest first">
      {newestFirst.map((change) => (
        <li key={`${change.at} ${change.to}`}>
          <time dateTime={new Date(change.at).toISOString()}>{isLong ? dayAndTime(change.at) : timeOfDay(change.at)}</time>
          <span className={styles.move}>
            <TierBadge tier={change.from} />
            <span aria-hidden="true">→</span>
            <span className="visually-hidden">to</span>
            <TierBadge tier={change.to} />
          </span>
          <span className={styles.cause}>
            {change.isDrill === true && <span className={styles.drill}>Drill</span>}
            {change.cause}
            {change.signal !== '' && <code>{change.signal}</code>}
          </span>
          <span className={styles.affected}>
            {change.affectedConversations} {change.affectedConversations === 1 ? 'chat' : 'chats'}
          </span>
        </li>
      ))}
      {changes.length > CHANGES_SHOWN && <li className={styles.more}>and {changes.length - CHANGES_SHOWN} before these</li>}
    </ol>
  );
}

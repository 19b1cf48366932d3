import type { DrillView } from '@stepdown/protocol';
import { dayAndTime, durationWords } from '../../desk/times.ts';
import { Card } from '../../parts/page.tsx';
import { drillSentence } from './drill-words.ts';
import styles from './drills-card.module.css';

/** What was rehearsed since the server started. */
export function DrillsCard({ drills }: { readonly drills: readonly DrillView[] }) {
  return (
    <Card title="Last drills">
      <ul className={styles.drills}>
        {drills.map((drill) => (
          <li key={drill.id}>
            <p className={styles.what}>{drillSentence(drill)}</p>
            <p>
              <time dateTime={new Date(drill.startedAt).toISOString()}>{dayAndTime(drill.startedAt)}</time>, for{' '}
              {durationWords((drill.endedAt ?? drill.endsAt) - drill.startedAt)}
              {drill.endedBy !== null && (
                <>
                  , stopped by <bdi>{drill.endedBy}</bdi>
                </>
              )}
            </p>
            <p dir="auto">
              {drill.startedBy}: {drill.reason}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

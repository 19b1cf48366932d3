import type { DrillView } from '@stepdown/protocol';
import { useState } from 'react';
import { useAgentClient, useRights } from '../../desk/agent-context.tsx';
import { useNotify } from '../../desk/notices.tsx';
import { Button } from '../../parts/button.tsx';
import { Countdown } from '../../parts/elapsed.tsx';
import { BoltIcon } from '../../parts/icons.tsx';
import { drillSentence } from './drill-words.ts';
import styles from './ladder-page.module.css';

/** While a drill runs nobody may take it for a real outage, and an admin can end it at once. */
export function DrillBanner({ drill }: { readonly drill: DrillView }) {
  const client = useAgentClient();
  const notify = useNotify();
  const { isAdmin } = useRights();
  const [isBusy, setBusy] = useState(false);
  const stop = async () => {
    setBusy(true);
    const failure = await client.send('drill:stop', {});
    setBusy(false);
    notify(failure ? failure.message : 'The drill has ended.', failure ? 'bad' : 'good');
  };
  return (
    <section className={styles.notice} data-tone="drill" aria-label="Running drill">
      <BoltIcon size={18} />
      <p className={styles.words} role="status">
        <strong>Drill: {drillSentence(drill)}.</strong> <span dir="auto">{drill.reason}</span>, <span dir="auto">by {drill.startedBy}</span>
        .
      </p>
      <p className={styles.left}>
        Ends <Countdown at={drill.endsAt} />
      </p>
      {isAdmin && (
        <Button size="small" tone="danger" isBusy={isBusy} onClick={() => void stop()}>
          Stop drill
        </Button>
      )}
    </section>
  );
}

import type { LadderView } from '@stepdown/protocol';
import { useState } from 'react';
import { useAgent, useRights } from '../../desk/agent-context.tsx';
import { Button } from '../../parts/button.tsx';
import { Elapsed } from '../../parts/elapsed.tsx';
import { Empty } from '../../parts/empty.tsx';
import { AlertIcon, BoltIcon, StairsIcon } from '../../parts/icons.tsx';
import { Page } from '../../parts/page.tsx';
import { tierName } from '../../parts/tiers.ts';
import { AlertsCard } from './alerts-card.tsx';
import { DrillBanner } from './drill-banner.tsx';
import { DrillDialog } from './drill-dialog.tsx';
import { targetsOf } from './drill-words.ts';
import { DrillsCard } from './drills-card.tsx';
import { ForceTier } from './force-tier.tsx';
import { Headline } from './headline.tsx';
import styles from './ladder-page.module.css';
import { RoutesCard } from './routes-card.tsx';
import { SignalsCard } from './signals-card.tsx';
import { TimelineCard } from './timeline-card.tsx';

/** The ladder, live: told by the socket within a second of every change. */
export default function LadderPage() {
  const ladder = useAgent((snapshot) => snapshot.ladder);
  const signals = useAgent((snapshot) => snapshot.signals);
  const { isAdmin } = useRights();
  const drill = ladder?.drill ?? null;
  const lastDrills = ladder?.lastDrills ?? [];
  if (ladder === null) {
    return (
      <Empty icon={<StairsIcon size={24} />} title="Reading the ladder…">
        It appears as soon as the server answers.
      </Empty>
    );
  }
  return (
    <Page title="Ladder">
      {ladder.egressSuspectedSince !== null && (
        <p className={styles.notice} data-tone="bad" role="status">
          <AlertIcon size={18} />
          <span>
            <strong>The fault is on our side.</strong> No provider can be reached since <Elapsed since={ladder.egressSuspectedSince} />.
            Check this server’s network, DNS and proxy. No provider is blamed meanwhile.
          </span>
        </p>
      )}
      {ladder.pin !== null && (
        <p className={styles.notice} data-tone="warn">
          <AlertIcon size={18} />
          <span>
            <strong dir="auto">
              {ladder.pin.by} holds the ladder at {tierName(ladder.pin.tier)}.
            </strong>{' '}
            <span dir="auto">{ladder.pin.reason}</span>
          </span>
        </p>
      )}
      {drill !== null && <DrillBanner drill={drill} />}
      <Headline ladder={ladder} actions={isAdmin ? <Actions ladder={ladder} /> : null} />
      {ladder.isSimulated && (
        <p className={styles.notice}>
          <BoltIcon size={18} />
          <span>
            <strong>The providers are simulated on this machine.</strong> No key is set. Break them with the remote control on the demo page
            and watch what happens here.
          </span>
        </p>
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <TimelineCard ladder={ladder} />
          <RoutesCard ladder={ladder} />
        </div>
        <div className={styles.column}>
          <AlertsCard />
          {lastDrills.length > 0 && <DrillsCard drills={lastDrills} />}
          <SignalsCard signals={signals} />
        </div>
      </div>
    </Page>
  );
}

/** What only admins may do: hold the ladder, rehearse an outage. */
function Actions({ ladder }: { readonly ladder: LadderView }) {
  const [isOpen, setOpen] = useState(false);
  const isRunning = (ladder.drill ?? null) !== null;
  return (
    <>
      {!isRunning && targetsOf(ladder).length > 0 && (
        <Button icon={<BoltIcon size={16} />} onClick={() => setOpen(true)}>
          Start a drill
        </Button>
      )}
      <ForceTier ladder={ladder} />
      {isOpen && <DrillDialog ladder={ladder} onClose={() => setOpen(false)} />}
    </>
  );
}

import type { AlertView } from '@stepdown/client/agent';
import { useState } from 'react';
import { useAgent, useAgentClient, useRights } from '../../desk/agent-context.tsx';
import { useNotify } from '../../desk/notices.tsx';
import { Button } from '../../parts/button.tsx';
import { Elapsed } from '../../parts/elapsed.tsx';
import { AlertIcon, CheckIcon } from '../../parts/icons.tsx';
import { Card } from '../../parts/page.tsx';
import { alertTitle } from './alert-words.ts';
import styles from './alerts-card.module.css';

/** What needs a person. Acknowledging tells the others that somebody is on it. */
export function AlertsCard() {
  const alerts = useAgent((snapshot) => snapshot.alerts);
  return (
    <Card title="Alerts">
      {alerts.length === 0 ? (
        <p className={styles.none}>
          <CheckIcon size={16} /> No open alerts
        </p>
      ) : (
        <ul className={styles.alerts}>
          {alerts.map((alert) => (
            <AlertRow key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function AlertRow({ alert }: { readonly alert: AlertView }) {
  const client = useAgentClient();
  const notify = useNotify();
  const { mayAnswer } = useRights();
  const [isBusy, setBusy] = useState(false);
  const acknowledge = async () => {
    setBusy(true);
    const failure = await client.send('alert:acknowledge', { alertId: alert.id });
    await client.reloadAlerts();
    setBusy(false);
    if (failure) notify(failure.message, 'bad');
  };
  const by = alert.acknowledgedBy;
  return (
    <li className={styles.alert} data-severity={alert.severity} data-seen={by !== undefined || undefined}>
      <AlertIcon size={18} />
      <div>
        <p className={styles.title}>
          {alertTitle(alert.code)} <span className={styles.severity}>{alert.severity}</span>
        </p>
        <p>{alert.detail}</p>
        <p className={styles.meta}>
          {alert.routeId !== undefined && <code>{alert.routeId}</code>}
          <span>
            <Elapsed since={alert.createdAt} /> ago
          </span>
          {by !== undefined && <span dir="auto">{by} is on it</span>}
        </p>
      </div>
      {by === undefined && mayAnswer && (
        <Button size="small" isBusy={isBusy} onClick={() => void acknowledge()}>
          Acknowledge
        </Button>
      )}
    </li>
  );
}

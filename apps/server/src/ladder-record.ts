import { type Clock, type NewId, TIERS, tierRank } from '@stepdown/kernel';
import type { LadderEvent, TierChange } from '@stepdown/ladder';
import type { AlertSeverity, Store } from '@stepdown/store';

export interface RecordPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly affectedConversations: () => number;
  /** A rehearsed outage is told apart from a real one, and not counted. */
  readonly isDrill: () => boolean;
}

type AlertEvent = Extract<LadderEvent, { type: 'alert' }>;

const SEVERITIES: Readonly<Record<AlertEvent['code'], AlertSeverity>> = {
  credential: 'critical',
  model: 'warning',
  flapping: 'warning',
  internal: 'warning',
  egress: 'critical',
  configuration: 'warning',
};

/** Keeps what operators look up later: tier changes, one incident per outage, alerts. */
export async function recordLadderEvent(ports: RecordPorts, event: LadderEvent): Promise<void> {
  if (event.type === 'tier.changed') await recordChange(ports, event.change);
  if (event.type === 'alert') await recordAlert(ports, event);
}

async function recordChange(ports: RecordPorts, change: TierChange): Promise<void> {
  const affectedConversations = ports.affectedConversations();
  const isDrill = ports.isDrill();
  await ports.store.tierChanges.add({ ...change, id: ports.newId('evt'), affectedConversations, isDrill });
  if (tierRank(change.to) > tierRank(change.from)) {
    const title = `Answers come from ${TIERS[tierRank(change.to)]} instead of ${change.from}`;
    await ports.store.incidents.open({
      id: ports.newId('inc'),
      state: 'investigating',
      title,
      cause: change.cause,
      startedAt: change.at,
      isDrill,
    });
    return;
  }
  const current = await ports.store.incidents.current({ isDrill });
  if (current === undefined) return;
  await ports.store.incidents.update(current.id, { state: 'resolved' }, change.at);
}

async function recordAlert(ports: RecordPorts, { code, routeId, detail }: AlertEvent): Promise<void> {
  await ports.store.alerts.raise({
    id: ports.newId('evt'),
    code,
    routeId,
    detail,
    severity: SEVERITIES[code],
    createdAt: ports.clock.now(),
  });
}

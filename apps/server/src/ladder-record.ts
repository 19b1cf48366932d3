import { type Clock, type NewId, type TierId, tierRank } from '@stepdown/kernel';
import type { LadderEvent, RouteSnapshot, TierChange } from '@stepdown/ladder';
import type { AlertSeverity, Store } from '@stepdown/store';

export interface RecordPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly affectedConversations: () => number;
  /** Where the ladder stands while everything works. */
  readonly topTier: TierId;
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

/** Shown on the public status page: what it means for customers, not which vendor it is. */
const TITLES: Readonly<Record<TierId, string>> = {
  claude: 'The AI assistant works again',
  gpt: 'The AI assistant answers from its second provider',
  'open-model': 'The AI assistant may be slower than usual',
  faq: "The AI assistant isn't available; answers written by our team are",
  handoff: "The AI assistant isn't available; people answer",
};

/** Keeps what operators look up later: tier changes, one incident per outage, alerts until their cause is gone. */
export async function recordLadderEvent(ports: RecordPorts, event: LadderEvent): Promise<void> {
  if (event.type === 'tier.changed') await recordChange(ports, event.change);
  if (event.type === 'alert') await recordAlert(ports, event);
  if (event.type === 'route.changed') await recordRecovery(ports, event.route);
}

async function recordChange(ports: RecordPorts, change: TierChange): Promise<void> {
  const affectedConversations = ports.affectedConversations();
  const isDrill = ports.isDrill();
  await ports.store.tierChanges.add({ ...change, id: ports.newId('evt'), affectedConversations, isDrill });
  if (tierRank(change.to) > tierRank(change.from)) await openIncident(ports, change, isDrill);
  else await closeIncident(ports, change, isDrill);
}

async function openIncident(ports: RecordPorts, { to, cause, at }: TierChange, isDrill: boolean): Promise<void> {
  const title = TITLES[to];
  const fresh = { id: ports.newId('inc'), state: 'investigating' as const, title, cause, startedAt: at, isDrill };
  const { incident, isNew } = await ports.store.incidents.open(fresh);
  if (!isNew) await ports.store.incidents.update(incident.id, { state: 'investigating', title, cause }, at);
}

/** Back at the top it is over; on the way there it is watched. Whoever climbs can reach its providers again. */
async function closeIncident(ports: RecordPorts, { to, cause, at }: TierChange, isDrill: boolean): Promise<void> {
  await ports.store.alerts.resolve('egress', undefined, at);
  const current = await ports.store.incidents.current({ isDrill });
  if (current === undefined) return;
  const isOver = tierRank(to) <= tierRank(ports.topTier);
  await ports.store.incidents.update(current.id, isOver ? { state: 'resolved' } : { state: 'monitoring', title: TITLES[to], cause }, at);
}

/** A healthy route has a key that is accepted and a model that answers: its alerts have no cause any more. */
async function recordRecovery(ports: RecordPorts, route: RouteSnapshot): Promise<void> {
  if (route.state !== 'healthy') return;
  const at = ports.clock.now();
  await Promise.all((['credential', 'model', 'flapping'] as const).map((code) => ports.store.alerts.resolve(code, route.id, at)));
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

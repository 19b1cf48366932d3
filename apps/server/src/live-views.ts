import type { Clock, Log } from '@stepdown/kernel';
import type { LadderView, StatusResponse } from '@stepdown/protocol';
import type { Store } from '@stepdown/store';
import type { Namespace } from 'socket.io';
import type { Content } from './content.ts';
import type { Drills } from './drills.ts';
import type { LadderRuntime } from './ladder-runtime.ts';
import { ladderView, statusResponse } from './views/ladder-view.ts';

const DAY_MS = 24 * 3_600_000;

export interface LadderViewPorts {
  readonly runtime: LadderRuntime;
  readonly drills: Pick<Drills, 'current' | 'ended'>;
  readonly visitors: Namespace;
  readonly isSimulated: boolean;
  readonly clock: Clock;
}

/** `days`: how far back the changes go. */
export async function viewLadder({ runtime, drills, visitors, isSimulated, clock }: LadderViewPorts, days = 1): Promise<LadderView> {
  const changes = await runtime.recentChanges(clock.now() - days * DAY_MS);
  return ladderView(runtime.ladder.snapshot(), runtime.suspicions, {
    affectedConversations: visitors.sockets.size,
    isSimulated,
    changes,
    drill: drills.current ?? null,
    lastDrills: drills.ended,
  });
}

export async function publicStatus(runtime: LadderRuntime, store: Store, isSimulated: boolean): Promise<StatusResponse> {
  const incident = await store.incidents.current();
  const shown =
    incident === undefined ? null : { id: incident.id, state: incident.state, title: incident.title, startedAt: incident.startedAt };
  return statusResponse(runtime.ladder.snapshot(), shown, isSimulated);
}

export async function announceQueue(store: Store, agents: Namespace, online: number, log: Log): Promise<void> {
  try {
    const { counts } = await store.conversations.inbox({ view: 'queue', agentId: '', limit: 1 });
    agents.to('agents').emit('queue:changed', { waiting: counts.queue, online });
  } catch (cause) {
    log.warn({ cause }, 'Agents could not be told of the queue.');
  }
}

export async function reasons(store: Store, content: Content, isDraining: boolean): Promise<readonly string[]> {
  const found: string[] = isDraining ? ['draining'] : [];
  await store.ping().catch(() => found.push('the store does not answer'));
  if (content.entries.length === 0) found.push('the FAQ has no valid entry');
  return found;
}

import type { Log } from '@stepdown/kernel';
import type { LadderView, StatusResponse } from '@stepdown/protocol';
import type { Store } from '@stepdown/store';
import type { Namespace } from 'socket.io';
import type { Content } from './content.ts';
import type { LadderRuntime } from './ladder-runtime.ts';
import { ladderView, statusResponse } from './views/ladder-view.ts';

const CHANGES_SHOWN_MS = 24 * 3_600_000;

export async function viewLadder(runtime: LadderRuntime, visitors: Namespace, isSimulated: boolean, now: number): Promise<LadderView> {
  const changes = await runtime.recentChanges(now - CHANGES_SHOWN_MS);
  return ladderView(runtime.ladder.snapshot(), { affectedConversations: visitors.sockets.size, isSimulated, changes });
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

import type { TeamMember } from '@stepdown/protocol';
import type { Agent, Store } from '@stepdown/store';
import type { Presence } from '../realtime/presence.ts';

export interface TeamPorts {
  readonly store: Pick<Store, 'agents' | 'queue'>;
  readonly presence: Presence;
  /** Open conversations at a time of an agent without a number of their own. */
  readonly capacity: number;
}

/** Everybody who has an account, by name. */
export async function viewTeam({ store, presence, capacity }: TeamPorts): Promise<TeamMember[]> {
  const [agents, counts] = await Promise.all([store.agents.list(), store.queue.openCounts()]);
  return agents
    .filter(({ isDisabled }) => !isDisabled)
    .map(({ id, name, role, isAway, capacity: own }) => ({
      id,
      name,
      role,
      isOnline: presence.isHere(id),
      isAway,
      capacity: own ?? capacity,
      openCount: counts.get(id) ?? 0,
    }));
}

/** Who can be given a conversation: an enabled account with a role that may answer. */
export async function assignable(store: Pick<Store, 'agents'>, agentId: string): Promise<Agent | undefined> {
  const agent = await store.agents.byId(agentId);
  return agent === undefined || agent.isDisabled || agent.role === 'viewer' ? undefined : agent;
}

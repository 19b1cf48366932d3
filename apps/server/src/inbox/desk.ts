import { type ConversationEvent, type ConversationPorts, createNoAgentWatch, TICKET, wakeDue } from '@stepdown/conversation';
import type { Clock, Log } from '@stepdown/kernel';
import type { QueueView, TeamMember, Waiting } from '@stepdown/protocol';
import type { Store } from '@stepdown/store';
import type { Namespace } from 'socket.io';
import type { ServerConfig } from '../config.ts';
import { announceQueue } from '../live-views.ts';
import type { Presence } from '../realtime/presence.ts';
import { createAssignment } from './assignment.ts';
import { createQueueFeed } from './queue-feed.ts';
import { viewTeam } from './team.ts';
import { createTicketDelivery } from './tickets.ts';
import { viewQueue, waitingOf } from './waiting.ts';

export interface DeskPorts {
  readonly config: ServerConfig;
  readonly store: Store;
  readonly conversations: ConversationPorts;
  readonly presence: Presence;
  readonly visitors: Namespace;
  readonly agents: Namespace;
  readonly clock: Clock;
  readonly log: Log;
}

/** What happens in the inbox by itself: places are told, conversations assigned and woken, and nobody waits for nothing. */
export interface InboxDesk {
  /** Starts the timers; who said to be away is away again after a restart. */
  start(): Promise<void>;
  /** A conversation event went out. */
  heard(event: ConversationEvent): void;
  /** An agent came, left, went away or has another capacity. */
  teamMoved(): void;
  waitingOf(conversationId: string): Promise<Waiting>;
  viewQueue(): Promise<QueueView>;
  viewTeam(): Promise<TeamMember[]>;
  stop(): void;
}

const SWEEP_MS = 1_000;
const TEAM_MS = 300;

export function createInboxDesk(ports: DeskPorts): InboxDesk {
  const { config, store, presence, agents, clock, log } = ports;
  const { handoff } = config;
  const waiting = { queue: store.queue, clock, hours: handoff.hours, online: () => presence.online() };
  const announce = (): Promise<void> => announceQueue(store, agents, presence.online(), log);
  const feed = createQueueFeed({ ...waiting, visitors: ports.visitors, announce, log });
  const team = { store, presence, capacity: handoff.capacity };
  const assignment = createAssignment({ ...team, conversations: ports.conversations, clock, log });
  const tickets = createTicketDelivery({ config, store, clock, log, processId: ports.conversations.processId });
  const watch = createNoAgentWatch({
    ...ports.conversations,
    queue: store.queue,
    jobs: store.jobs,
    noAgentAfterMs: handoff.noAgentAfterMs,
    hasTickets: tickets.kinds.includes(TICKET),
  });
  let sweepTimer: unknown;
  let teamTimer: unknown;
  let isStopped = false;
  let isDelivering = false;

  async function sweep(): Promise<void> {
    await wakeDue({ ...ports.conversations, queue: store.queue });
    await watch.sweep();
    deliver();
    // An estimate grows stale by itself, and business hours begin and end without an event.
    feed.moved();
  }

  /** Beside the round, not in it: a receiver that hangs must not keep snoozed conversations asleep. */
  function deliver(): void {
    if (isDelivering) return;
    isDelivering = true;
    tickets
      .deliverDue()
      .catch((cause: unknown) => log.warn({ cause }, 'Tickets could not be read; trying again.'))
      .finally(() => {
        isDelivering = false;
      });
  }

  function sweepLater(): void {
    if (isStopped) return;
    sweepTimer = clock.setTimeout(() => {
      sweep()
        .catch((cause: unknown) => log.warn({ cause }, 'A round through the inbox failed; trying again.'))
        .finally(sweepLater);
    }, SWEEP_MS);
  }

  function moved(): void {
    feed.moved();
    if (handoff.assignment === 'round-robin') assignment.moved();
    teamTimer ??= clock.setTimeout(() => {
      teamTimer = undefined;
      viewTeam(team)
        .then((view) => agents.to('agents').emit('team:changed', { team: view }))
        .catch((cause: unknown) => log.warn({ cause }, 'Agents could not be told of the team.'));
    }, TEAM_MS);
  }

  return {
    async start() {
      for (const { id, isAway } of await store.agents.list()) presence.setAway(id, isAway);
      sweepLater();
      moved();
    },
    heard(event) {
      if (event.type === 'conversation.changed') moved();
    },
    teamMoved: moved,
    waitingOf: (conversationId) => waitingOf(waiting, conversationId),
    viewQueue: () => viewQueue(waiting, handoff.assignment),
    viewTeam: () => viewTeam(team),
    stop() {
      isStopped = true;
      feed.stop();
      assignment.stop();
      tickets.stop();
      clock.clearTimeout(sweepTimer);
      clock.clearTimeout(teamTimer);
    },
  };
}

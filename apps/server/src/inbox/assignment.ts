import { assignConversation, type ConversationPorts, nextAgent } from '@stepdown/conversation';
import type { Clock, Log } from '@stepdown/kernel';
import { type TeamPorts, viewTeam } from './team.ts';

export interface AssignmentPorts extends TeamPorts {
  readonly conversations: ConversationPorts;
  readonly clock: Clock;
  readonly log: Log;
}

const GATHER_MS = 100;
const QUEUE_READ = 50;

export interface Assignment {
  /** Somebody waits, or somebody has room: look again. */
  moved(): void;
  stop(): void;
}

/**
 * Gives who waits to the next agent who is here and has room. Claims are decided by the store, so that several
 * processes at once give a conversation away once.
 */
export function createAssignment(ports: AssignmentPorts): Assignment {
  const lastAssignedAt = new Map<string, number>();
  let timer: unknown;
  let isRunning = false;
  let isAskedAgain = false;

  async function giveAway(): Promise<void> {
    const waiting = await ports.store.queue.waiting(QUEUE_READ);
    for (const { id } of waiting.filter(({ agentId }) => agentId === undefined)) {
      const team = await viewTeam(ports);
      const here = new Set(ports.presence.available().map((agent) => agent.id));
      const candidates = team.filter((member) => here.has(member.id));
      const chosen = nextAgent(candidates.map((member) => ({ ...member, lastAssignedAt: lastAssignedAt.get(member.id) })));
      const to = candidates.find((member) => member.id === chosen);
      if (to === undefined) return;
      const assigned = await assignConversation(ports.conversations, id, { to, onlyIfFree: true });
      if (assigned.ok) lastAssignedAt.set(to.id, Math.max(ports.clock.now(), (lastAssignedAt.get(to.id) ?? 0) + 1));
    }
  }

  async function run(): Promise<void> {
    if (isRunning) {
      isAskedAgain = true;
      return;
    }
    isRunning = true;
    do {
      isAskedAgain = false;
      await giveAway().catch((cause: unknown) => ports.log.warn({ cause }, 'Waiting conversations could not be assigned.'));
    } while (isAskedAgain);
    isRunning = false;
  }

  return {
    moved() {
      timer ??= ports.clock.setTimeout(() => {
        timer = undefined;
        void run();
      }, GATHER_MS);
    },
    stop() {
      ports.clock.clearTimeout(timer);
    },
  };
}

import {
  type BusinessHours,
  isWithinHours,
  nextOpening,
  PICK_UPS_READ,
  PICK_UPS_SINCE_MS,
  type PickUp,
  type QueueStore,
  remainingWaitMs,
  type WaitingConversation,
} from '@stepdown/conversation';
import type { Clock } from '@stepdown/kernel';
import type { QueueView, Waiting } from '@stepdown/protocol';

export interface WaitingPorts {
  readonly queue: QueueStore;
  readonly clock: Clock;
  readonly hours: BusinessHours | undefined;
  readonly online: () => number;
}

export interface QueuePosition extends Waiting {
  readonly conversation: WaitingConversation;
  /** From 1, among those whom nobody has taken. */
  readonly position: number;
}

const QUEUE_READ = 500;
/** Finer would be invented; and it keeps what is said from changing every second. */
const MINUTE_MS = 60_000;

/** Everybody who waits and whom nobody has taken, with what can honestly be said to them. */
export async function queuePositions(ports: WaitingPorts): Promise<readonly QueuePosition[]> {
  const now = ports.clock.now();
  const line = (await ports.queue.waiting(QUEUE_READ)).filter(({ agentId }) => agentId === undefined);
  const pickUps = line.length === 0 ? [] : await recentPickUps(ports, now);
  const headWaitedMs = now - (line[0]?.waitingSince ?? now);
  return line.map((conversation, index) => {
    const place = { waitedMs: now - conversation.waitingSince, headWaitedMs, recentPickUps: pickUps, agentsOnline: ports.online() };
    const waitMs = remainingWaitMs(place);
    return {
      conversation,
      position: index + 1,
      ...surroundings(ports, now),
      ...(waitMs === undefined ? {} : { waitMs: Math.ceil(waitMs / MINUTE_MS) * MINUTE_MS }),
    };
  });
}

/** What is true for everybody who waits now; also for those too far back to have a position told. */
export function surroundings(ports: Pick<WaitingPorts, 'hours' | 'online'>, now: number): Waiting {
  const answersAt = ports.hours === undefined || isWithinHours(ports.hours, now) ? undefined : nextOpening(ports.hours, now);
  return { online: ports.online() > 0, ...(answersAt === undefined ? {} : { answersAt }) };
}

export async function waitingOf(ports: WaitingPorts, conversationId: string): Promise<Waiting> {
  const found = (await queuePositions(ports)).find(({ conversation }) => conversation.id === conversationId);
  if (found === undefined) return surroundings(ports, ports.clock.now());
  const { conversation: _conversation, position: _position, ...waiting } = found;
  return waiting;
}

export async function viewQueue(ports: WaitingPorts, assignment: QueueView['assignment']): Promise<QueueView> {
  const now = ports.clock.now();
  const line = await queuePositions(ports);
  const pickUps = await recentPickUps(ports, now);
  const isOpen = ports.hours === undefined ? null : isWithinHours(ports.hours, now);
  const opensAt = ports.hours === undefined || isOpen === true ? undefined : nextOpening(ports.hours, now);
  const usual = remainingWaitMs({ waitedMs: 0, headWaitedMs: 0, recentPickUps: pickUps, agentsOnline: 1 });
  return { waiting: line.length, online: ports.online(), isOpen, opensAt: opensAt ?? null, usualWaitMs: usual ?? null, assignment };
}

function recentPickUps({ queue }: WaitingPorts, now: number): Promise<readonly PickUp[]> {
  return queue.pickUps(now - PICK_UPS_SINCE_MS, PICK_UPS_READ);
}

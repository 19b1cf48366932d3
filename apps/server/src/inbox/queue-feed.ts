import type { Clock, Log } from '@stepdown/kernel';
import type { Namespace } from 'socket.io';
import { conversationRoom } from '../realtime/rooms.ts';
import { type QueuePosition, queuePositions, type WaitingPorts } from './waiting.ts';

export interface QueueFeedPorts extends WaitingPorts {
  readonly visitors: Namespace;
  /** Tells agents how many wait. */
  readonly announce: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A burst of claims and arrivals is one reading of the queue. */
const GATHER_MS = 200;

export interface QueueFeed {
  /** Something may have moved. */
  moved(): void;
  stop(): void;
}

/** Tells everybody who waits when their place, or what can be said about it, has changed; and agents how many wait. */
export function createQueueFeed(ports: QueueFeedPorts): QueueFeed {
  let told = new Map<string, string>();
  let timer: unknown;

  async function read(): Promise<void> {
    const line = await queuePositions(ports);
    const now = new Map<string, string>();
    for (const place of line) {
      const said = wordsFor(place);
      const words = JSON.stringify(said);
      now.set(place.conversation.id, words);
      if (told.get(place.conversation.id) === words) continue;
      ports.visitors.to(conversationRoom(place.conversation.id)).emit('handoff:changed', said);
    }
    const isAsMany = now.size === told.size;
    told = now;
    if (!isAsMany) await ports.announce();
  }

  return {
    moved() {
      timer ??= ports.clock.setTimeout(() => {
        timer = undefined;
        read().catch((cause: unknown) => ports.log.warn({ cause }, 'Waiting visitors could not be told of the queue.'));
      }, GATHER_MS);
    },
    stop() {
      ports.clock.clearTimeout(timer);
    },
  };
}

function wordsFor({ conversation, position, online, waitMs, answersAt }: QueuePosition) {
  return {
    conversationId: conversation.id,
    state: 'queued' as const,
    position,
    online,
    ...(waitMs === undefined ? {} : { waitMs }),
    ...(answersAt === undefined ? {} : { answersAt }),
  };
}

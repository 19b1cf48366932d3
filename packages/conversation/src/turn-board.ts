import type { AnswerPorts } from './answer-ports.ts';
import { type AnsweringTurn, type AnswerOptions, answerTurn } from './answer-turn.ts';
import type { LiveText } from './live-answer.ts';
import type { Turn } from './record.ts';

/** A process that has not renewed for this long is believed dead, and another finishes its turns. */
export const LEASE_MS = 15_000;
const RENEW_MS = 5_000;

/** Running turns of this process: one at a time in a conversation, in the order the questions came. */
export interface TurnBoard {
  start(turn: Turn, options?: AnswerOptions): void;
  /** The text so far of an answer being written here; the store is up to 150 ms behind it. */
  liveText(messageId: string): LiveText | undefined;
  pause(conversationId: string): void;
  resume(conversationId: string): void;
  cancel(conversationId: string, reason: string): void;
  /** Takes over the turns of processes that are gone. `force`: all of them, because this process is the only one. */
  adoptOrphans(options?: { readonly force?: boolean }): Promise<number>;
  /** Waits for running turns, at most `forMs`; lets go of the rest for the next process. */
  drain(forMs: number): Promise<void>;
  readonly size: number;
}

interface Seat {
  readonly turn: Turn;
  readonly options: AnswerOptions;
}

export function createTurnBoard(ports: AnswerPorts): TurnBoard {
  const running = new Map<string, AnsweringTurn>();
  const waiting = new Map<string, Seat[]>();
  const paused = new Set<string>();
  let isDraining = false;
  let renewTimer: unknown;

  function begin({ turn, options }: Seat): void {
    const answering = answerTurn(ports, turn, options);
    running.set(turn.conversationId, answering);
    if (paused.has(turn.conversationId)) answering.pause();
    void answering.done.then(() => leave(turn));
  }

  function leave(turn: Turn): void {
    running.delete(turn.conversationId);
    const [next, ...rest] = waiting.get(turn.conversationId) ?? [];
    if (rest.length > 0) waiting.set(turn.conversationId, rest);
    else waiting.delete(turn.conversationId);
    if (next !== undefined && !isDraining) begin(next);
  }

  function start(turn: Turn, options: AnswerOptions = {}): void {
    if (isDraining) return;
    const current = running.get(turn.conversationId);
    const queue = waiting.get(turn.conversationId) ?? [];
    if (current?.turn.id === turn.id || queue.some((seat) => seat.turn.id === turn.id)) return;
    if (current === undefined) begin({ turn, options });
    else waiting.set(turn.conversationId, [...queue, { turn, options }]);
    renewTimer ??= ports.clock.setTimeout(renew, RENEW_MS);
  }

  async function renewLeases(): Promise<void> {
    const leaseUntil = ports.clock.now() + LEASE_MS;
    for (const answering of running.values()) {
      const isOurs = await ports.turns.renew(answering.turn.id, ports.processId, leaseUntil);
      if (!isOurs) answering.abandon();
    }
    for (const [conversationId, seats] of waiting) {
      const kept = await Promise.all(seats.map(({ turn }) => ports.turns.renew(turn.id, ports.processId, leaseUntil)));
      waiting.set(
        conversationId,
        seats.filter((_, index) => kept[index]),
      );
    }
  }

  function renew(): void {
    renewLeases()
      .catch((cause: unknown) => ports.log.warn({ cause }, 'Turn leases could not be renewed; trying again.'))
      .finally(() => {
        renewTimer = running.size === 0 ? undefined : ports.clock.setTimeout(renew, RENEW_MS);
      });
  }

  async function settle(forMs: number): Promise<void> {
    const all = Promise.all([...running.values()].map((answering) => answering.done));
    const { promise: timeout, resolve } = Promise.withResolvers<void>();
    const timer = ports.clock.setTimeout(resolve, forMs);
    await Promise.race([all, timeout]);
    ports.clock.clearTimeout(timer);
  }

  return {
    start,
    liveText(messageId) {
      for (const answering of running.values()) {
        if (answering.messageId === messageId) return answering.live?.text;
      }
      return undefined;
    },
    pause(conversationId) {
      paused.add(conversationId);
      running.get(conversationId)?.pause();
    },
    resume(conversationId) {
      paused.delete(conversationId);
      running.get(conversationId)?.resume();
    },
    cancel(conversationId, reason) {
      waiting.delete(conversationId);
      running.get(conversationId)?.cancel(reason);
    },
    async adoptOrphans({ force = false } = {}) {
      if (isDraining) return 0;
      const now = ports.clock.now();
      const orphans = await ports.turns.claimOrphans({ owner: ports.processId, now, leaseUntil: now + LEASE_MS, force });
      for (const turn of orphans) start(turn);
      return orphans.length;
    },
    async drain(forMs) {
      isDraining = true;
      waiting.clear();
      await settle(forMs);
      ports.clock.clearTimeout(renewTimer);
      for (const answering of running.values()) answering.abandon();
      const now = ports.clock.now();
      await Promise.all([...running.values()].map(({ turn }) => ports.turns.renew(turn.id, ports.processId, now)));
    },
    get size() {
      return running.size;
    },
  };
}

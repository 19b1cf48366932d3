import type { Clock } from '@stepdown/kernel';
import { type BucketSize, createBuckets } from '../access/rate-limit.ts';

/** Commands a visitor may send. Sizes: a fast typist sends a message every two seconds; the burst covers a paste. */
export const MESSAGES_PER_VISITOR: BucketSize = { capacity: 5, refillMs: 2_000 };
const MESSAGES_PER_ADDRESS = { capacity: 40, refillMs: 250 };
const COMMANDS_PER_SOCKET = { capacity: 60, refillMs: 100 };

export interface Limits {
  /** 0 when allowed; else milliseconds to wait. */
  message(visitorId: string, address: string): number;
  command(socketId: string): number;
}

/** Message and command limits by visitor, address and socket (D11). */
export function createLimits(clock: Clock, perVisitor: BucketSize = MESSAGES_PER_VISITOR): Limits {
  const byVisitor = createBuckets(clock, perVisitor);
  const byAddress = createBuckets(clock, MESSAGES_PER_ADDRESS);
  const bySocket = createBuckets(clock, COMMANDS_PER_SOCKET);
  return {
    message: (visitorId, address) => byVisitor(visitorId) || byAddress(address),
    command: (socketId) => bySocket(socketId),
  };
}

/** An office behind one address, and the tabs of one visitor. */
export const CONNECTIONS_PER_ADDRESS = 60;
export const CONNECTIONS_PER_VISITOR = 12;

export interface Seats {
  hasRoom(key: string): boolean;
  /** Returns the function that gives the seat back. */
  take(key: string): () => void;
}

/** Counts what is open by key, so that one address or visitor can't take all of it (D16). */
export function createSeats(seatsPerKey: number): Seats {
  const taken = new Map<string, number>();
  return {
    hasRoom: (key) => (taken.get(key) ?? 0) < seatsPerKey,
    take(key) {
      taken.set(key, (taken.get(key) ?? 0) + 1);
      return () => {
        const count = (taken.get(key) ?? 0) - 1;
        if (count <= 0) taken.delete(key);
        else taken.set(key, count);
      };
    },
  };
}

/** Runs work of one key in the order it came, one at a time. */
export function createTurnstile(): <Value>(key: string, work: () => Promise<Value>) => Promise<Value> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const result = (last.get(key) ?? Promise.resolve()).then(work);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, settled);
    void settled.then(() => {
      if (last.get(key) === settled) last.delete(key);
    });
    return result;
  };
}

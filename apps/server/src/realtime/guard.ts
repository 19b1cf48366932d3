import type { Clock } from '@stepdown/kernel';
import { createBuckets } from '../access/rate-limit.ts';

/** Commands a visitor may send. Sizes: a fast typist sends a message every two seconds; the burst covers a paste. */
const MESSAGES_PER_VISITOR = { capacity: 5, refillMs: 2_000 };
const MESSAGES_PER_ADDRESS = { capacity: 40, refillMs: 250 };
const COMMANDS_PER_SOCKET = { capacity: 60, refillMs: 100 };

export interface Limits {
  /** 0 when allowed; else milliseconds to wait. */
  message(visitorId: string, address: string): number;
  command(socketId: string): number;
}

/** Message and command limits by visitor, address and socket (D11). */
export function createLimits(clock: Clock): Limits {
  const byVisitor = createBuckets(clock, MESSAGES_PER_VISITOR);
  const byAddress = createBuckets(clock, MESSAGES_PER_ADDRESS);
  const bySocket = createBuckets(clock, COMMANDS_PER_SOCKET);
  return {
    message: (visitorId, address) => byVisitor(visitorId) || byAddress(address),
    command: (socketId) => bySocket(socketId),
  };
}

const CONNECTIONS_PER_ADDRESS = 60;
const CONNECTIONS_PER_VISITOR = 12;

/** Counts open sockets, so that one address or visitor can't take them all (D16). */
export function createConnectionCaps(): { admit(address: string, visitorId: string): (() => void) | undefined } {
  const open = new Map<string, number>();
  const change = (key: string, by: number): void => {
    const count = (open.get(key) ?? 0) + by;
    if (count <= 0) open.delete(key);
    else open.set(key, count);
  };
  return {
    admit(address, visitorId) {
      const keys = [`address:${address}`, `visitor:${visitorId}`] as const;
      if ((open.get(keys[0]) ?? 0) >= CONNECTIONS_PER_ADDRESS || (open.get(keys[1]) ?? 0) >= CONNECTIONS_PER_VISITOR) return undefined;
      for (const key of keys) change(key, 1);
      return () => {
        for (const key of keys) change(key, -1);
      };
    },
  };
}

import { EventEmitter } from 'node:events';
import { createManualClock } from '@stepdown/kernel/testing';
import { describe, expect, it } from 'vitest';
import { type WatchedSocket, watchSession } from './session-watch.ts';

function newSocket() {
  const events = new EventEmitter();
  const socket: WatchedSocket = {
    connected: true,
    on: (event, listener) => events.on(event, listener),
    disconnect: () => {
      Object.assign(socket, { connected: false });
      events.emit('disconnect');
    },
  };
  return socket;
}

/** Lets the answers of the store arrive. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the socket of a session', () => {
  it('[D47] ends within 30 s of its session, although it only listens', async () => {
    const clock = createManualClock();
    const socket = newSocket();
    let isAlive = true;
    watchSession(clock, socket, async () => isAlive);
    clock.advance(30_000);
    await settled();
    expect(socket.connected).toBe(true);
    isAlive = false;
    clock.advance(29_999);
    await settled();
    expect(socket.connected).toBe(true);
    clock.advance(1);
    await settled();
    expect(socket.connected).toBe(false);
    expect(clock.pendingTimers).toBe(0);
  });

  it('[D47] outlives a store that can not be asked', async () => {
    const clock = createManualClock();
    const socket = newSocket();
    watchSession(clock, socket, () => Promise.reject(new Error('the store is gone')));
    clock.advance(30_000);
    await settled();
    expect(socket.connected).toBe(true);
    expect(clock.pendingTimers).toBe(1);
  });

  it('leaves no timer behind when it is closed', () => {
    const clock = createManualClock();
    const socket = newSocket();
    watchSession(clock, socket, async () => true);
    socket.disconnect(true);
    expect(clock.pendingTimers).toBe(0);
  });
});

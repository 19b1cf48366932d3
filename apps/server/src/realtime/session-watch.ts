import type { Clock } from '@stepdown/kernel';

const EVERY_MS = 30_000;

/** The part of a socket that is used here. */
export interface WatchedSocket {
  readonly connected: boolean;
  on(event: 'disconnect', listener: () => void): unknown;
  disconnect(close: boolean): unknown;
}

/**
 * Ends a socket whose session has ended, although it only listens: a console that was left alone would go on showing
 * what customers write (D47). Looking does not keep the session alive. A store that can't be asked ends nothing.
 */
export function watchSession(clock: Clock, socket: WatchedSocket, isAlive: () => Promise<boolean>): void {
  let timer: unknown;
  const look = (): void => {
    isAlive().then(
      (alive) => (alive ? later() : socket.disconnect(true)),
      () => later(),
    );
  };
  function later(): void {
    if (socket.connected) timer = clock.setTimeout(look, EVERY_MS);
  }
  socket.on('disconnect', () => clock.clearTimeout(timer));
  later();
}

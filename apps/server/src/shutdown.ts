import type { Log } from '@stepdown/kernel';

/** Answers being written get this long to end; the next start finishes the rest. */
const DRAIN_MS = 8_000;

export interface Closable {
  /** In order: stop taking new work, let running work end, close what it stood on. */
  drain(forMs: number): Promise<void>;
  close(): Promise<void>;
}

/** SIGTERM and SIGINT drain and leave with 0; a second signal leaves at once. */
export function closeOnSignal(server: Closable, log: Log): void {
  let isClosing = false;
  const leave = async (signal: string): Promise<void> => {
    if (isClosing) process.exit(1);
    isClosing = true;
    log.info({ signal }, 'Closing: no new work; running answers may end.');
    await server.drain(DRAIN_MS);
    await server.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      leave(signal).catch((cause: unknown) => {
        log.error({ cause }, 'Closing failed; leaving anyway.');
        process.exit(1);
      });
    });
  }
}

import type { Clock } from '@stepdown/kernel';
import { buildConnector } from 'undici';

export const CONNECT_DEADLINE_CODE = 'STEPDOWN_CONNECT_DEADLINE';

/** Thrown when name, TCP and TLS together took longer than allowed. The text avoids the word by which both SDKs drop a cause. */
class ConnectDeadlineError extends Error {
  readonly code = CONNECT_DEADLINE_CODE;

  constructor(connectMs: number) {
    super(`no connection within ${connectMs} ms`);
    this.name = 'ConnectDeadlineError';
  }
}

/**
 * A connector that gives up after `connectMs` (name resolution, TCP and TLS together).
 * undici's own limit is kept as a backstop that closes the socket, but not as the deadline: it ticks every 500 ms
 * and never fires before 1 s (measured on 8.12.4: 300 → 1,001 ms, 3,000 → 3,500 ms).
 * HTTP/1.1 only: one answer per socket, so that an abort closes it and a dead socket loses one answer.
 */
export function connectWithin(connectMs: number, clock: Clock): buildConnector.connector {
  const connect = buildConnector({ timeout: connectMs, allowH2: false });
  return (options, callback) => {
    let isLate = false;
    const timer = clock.setTimeout(() => {
      isLate = true;
      callback(new ConnectDeadlineError(connectMs), null);
    }, connectMs);
    connect(options, (...result) => {
      clock.clearTimeout(timer);
      if (isLate) result[1]?.destroy();
      else callback(...result);
    });
  };
}

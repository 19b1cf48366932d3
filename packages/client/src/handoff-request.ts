import type { Ack, VisitorAcks, WireError } from '@stepdown/protocol';
import type { StoragePort } from './ports.ts';

/** What the visitor asked for: a person, an answer by e-mail, with a note of at most 2,000 characters. */
export interface HandoffWish {
  readonly email?: string;
  readonly note?: string;
}

export interface HandoffRequest {
  want(wish: HandoffWish): void;
  isWanted(): boolean;
  failure(): WireError | null;
  /** Sends a stored wish if there is one; the caller decides when the conversation is ready for it. */
  flush(): Promise<void>;
}

export interface HandoffRequestPorts {
  readonly storage: StoragePort;
  /** Null while there is no conversation to hand over, or messages that belong before it are still unsent. */
  readonly send: (wish: HandoffWish) => Promise<Ack<VisitorAcks['handoff:request']>> | null;
  readonly onQueued: (wish: HandoffWish, answer: VisitorAcks['handoff:request']) => void;
  readonly onChange: () => void;
}

const KEY = 'handoff';

/** Keeps the wish for a person on this device until the server has it, like a typed message. */
export function createHandoffRequest(ports: HandoffRequestPorts): HandoffRequest {
  let failure: WireError | null = null;
  let isSending = false;

  async function flush(): Promise<void> {
    const stored = ports.storage.get(KEY);
    if (stored === null || isSending) return;
    const attempt = ports.send(parseWish(stored));
    if (attempt === null) return;
    isSending = true;
    const answer = await attempt;
    isSending = false;
    settle(stored, answer);
  }

  function settle(stored: string, answer: Ack<VisitorAcks['handoff:request']>): void {
    if (answer.ok) ports.onQueued(parseWish(stored), answer);
    const isKept = !answer.ok && (answer.error.code === 'unavailable' || answer.error.code === 'rate_limited');
    failure = answer.ok || isKept ? null : answer.error;
    // A wish renewed with an address meanwhile is another wish.
    if (!isKept && ports.storage.get(KEY) === stored) ports.storage.remove(KEY);
    ports.onChange();
    if (!isKept) void flush();
  }

  return {
    want: (wish) => {
      failure = null;
      ports.storage.set(KEY, JSON.stringify(wish));
      ports.onChange();
      void flush();
    },
    isWanted: () => ports.storage.get(KEY) !== null,
    failure: () => failure,
    flush,
  };
}

/** Only `want` writes this key, always as JSON of a wish. */
function parseWish(stored: string): HandoffWish {
  return JSON.parse(stored) as HandoffWish;
}

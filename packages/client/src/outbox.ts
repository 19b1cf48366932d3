import type { Ack, VisitorAcks, WireError } from '@stepdown/protocol';
import type { ClientClock, Locks, Random, StoragePort, TabChannel } from './ports.ts';

/** A message the visitor typed that the server has not acknowledged yet. */
export interface OutboxEntry {
  readonly clientMessageId: string;
  readonly text: string;
  readonly createdAt: number;
  readonly choiceId?: string;
  readonly locale?: string;
  /** The last message on the screen when this was written; for agents, whose replies may cross (P20). */
  readonly seenSeq?: number;
  /** The server will never take it as it stands; the visitor decides what becomes of it. */
  readonly failure?: WireError;
}

export interface OutboxPorts {
  readonly storage: StoragePort;
  readonly channel: TabChannel;
  readonly locks: Locks;
  /** Name shared by all tabs of this visitor. */
  readonly lockName: string;
  readonly clock: ClientClock;
  readonly random: Random;
  /** One attempt; an acknowledgement that never came is an `unavailable` error. Never rejects. */
  readonly send: (entry: OutboxEntry) => Promise<Ack<VisitorAcks['message:send']>>;
  readonly onChange: () => void;
}

export interface Outbox {
  /** Stores the message, then tries to send it. */
  add(message: Pick<OutboxEntry, 'text' | 'choiceId' | 'locale' | 'seenSeq'>): OutboxEntry;
  list(): readonly OutboxEntry[];
  /** Id of the entry that is on the wire from this tab. */
  sendingId(): string | null;
  /** Starts sending when the session is ready, stops when it is gone. */
  setOnline(isOnline: boolean): void;
  /** The message came back as a `message:created`: that is an acknowledgement too. */
  acknowledge(clientMessageId: string): void;
  /** Tried again under the same id, by somebody who has seen more by now. */
  retry(clientMessageId: string, seen?: Pick<OutboxEntry, 'seenSeq'>): void;
  discard(clientMessageId: string): void;
  stop(): void;
}

const PREFIX = 'outbox:';
/** Wait before the next attempt: 1 s, doubled up to 30 s, each spread over 50–150 % so that tabs don't march in step. */
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 30_000;
/** Only these can get better by waiting. */
const TEMPORARY: readonly WireError['code'][] = ['unavailable', 'rate_limited', 'conflict', 'unauthorized'];

/**
 * Keeps typed messages until the server has them: stored before the first attempt, sent one after the other in the order
 * typed, always under the same `clientMessageId`, and by one tab at a time.
 */
export function createOutbox(ports: OutboxPorts): Outbox {
  return new StoredOutbox(ports);
}

class StoredOutbox implements Outbox {
  readonly #ports: OutboxPorts;
  readonly #stopListening: () => void;
  #entries: readonly OutboxEntry[] | null = null;
  #isOnline = false;
  #isDraining = false;
  #sendingId: string | null = null;
  #wake: (() => void) | null = null;
  #lastCreatedAt = 0;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
    this.#stopListening = ports.channel.subscribe((topic) => {
      if (topic === 'outbox') this.#reload();
    });
  }

  add(message: Pick<OutboxEntry, 'text' | 'choiceId' | 'locale' | 'seenSeq'>): OutboxEntry {
    // Two messages in one millisecond must keep their order, also after a reload and from two tabs.
    const createdAt = Math.max(this.#ports.clock.now(), this.#lastCreatedAt + 1, (this.list().at(-1)?.createdAt ?? 0) + 1);
    this.#lastCreatedAt = createdAt;
    const entry: OutboxEntry = { ...message, clientMessageId: newMessageId(createdAt, this.#ports.random), createdAt };
    this.#save(entry);
    this.#drain();
    return entry;
  }

  list(): readonly OutboxEntry[] {
    this.#entries ??= readEntries(this.#ports.storage);
    return this.#entries;
  }

  sendingId(): string | null {
    return this.#sendingId;
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    this.#wake?.();
    if (isOnline) this.#drain();
  }

  acknowledge(clientMessageId: string): void {
    if (this.list().some((entry) => entry.clientMessageId === clientMessageId)) this.#remove(clientMessageId);
  }

  retry(clientMessageId: string, seen: Pick<OutboxEntry, 'seenSeq'> = {}): void {
    const entry = this.list().find((candidate) => candidate.clientMessageId === clientMessageId);
    if (!entry) return;
    const { failure: _, ...fresh } = entry;
    this.#save({ ...fresh, ...seen });
    this.#wake?.();
    this.#drain();
  }

  discard(clientMessageId: string): void {
    this.#remove(clientMessageId);
  }

  stop(): void {
    this.setOnline(false);
    this.#stopListening();
  }

  #drain(): void {
    if (this.#isDraining || !this.#isOnline || this.#next() === undefined) return;
    this.#isDraining = true;
    void this.#ports.locks
      .exclusive(this.#ports.lockName, () => this.#sendAll())
      .finally(() => {
        this.#isDraining = false;
        // Something may have been typed between the last look and the release.
        this.#drain();
      });
  }

  async #sendAll(): Promise<void> {
    let attempts = 0;
    while (this.#isOnline) {
      this.#entries = null;
      const entry = this.#next();
      if (!entry) return;
      const answer = await this.#attempt(entry);
      if (answer.ok) {
        attempts = 0;
        this.#remove(entry.clientMessageId);
      } else if (TEMPORARY.includes(answer.error.code)) {
        await this.#rest(Math.max(answer.error.retryAfterMs ?? 0, this.#backoffMs(attempts)));
        attempts += 1;
      } else if (this.list().some((kept) => kept.clientMessageId === entry.clientMessageId)) {
        this.#save({ ...entry, failure: answer.error });
      }
    }
  }

  async #attempt(entry: OutboxEntry): Promise<Ack<VisitorAcks['message:send']>> {
    this.#sendingId = entry.clientMessageId;
    this.#ports.onChange();
    const answer = await this.#ports.send(entry);
    this.#sendingId = null;
    this.#ports.onChange();
    return answer;
  }

  #backoffMs(attempts: number): number {
    return Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempts) * (0.5 + this.#ports.random());
  }

  #rest(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#ports.clock.clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
      const timer = this.#ports.clock.setTimeout(done, delayMs);
      this.#wake = done;
    });
  }

  #next(): OutboxEntry | undefined {
    return this.list().find((entry) => entry.failure === undefined);
  }

  #save(entry: OutboxEntry): void {
    this.#ports.storage.set(PREFIX + entry.clientMessageId, JSON.stringify(entry));
    this.#announce();
  }

  #remove(clientMessageId: string): void {
    this.#ports.storage.remove(PREFIX + clientMessageId);
    this.#announce();
  }

  #announce(): void {
    this.#ports.channel.post('outbox');
    this.#reload();
  }

  #reload(): void {
    this.#entries = null;
    this.#ports.onChange();
  }
}

/** One key for each entry: two tabs that add at the same moment can't overwrite each other's list. */
function readEntries(storage: StoragePort): readonly OutboxEntry[] {
  return storage
    .keys(PREFIX)
    .map((key) => parseEntry(storage.get(key)))
    .filter((entry) => entry !== null)
    .sort((left, right) => left.createdAt - right.createdAt || (left.clientMessageId < right.clientMessageId ? -1 : 1));
}

function parseEntry(stored: string | null): OutboxEntry | null {
  if (stored === null) return null;
  try {
    // Only #save writes below this prefix, always an entry; the check below catches a store another version wrote.
    const entry = JSON.parse(stored) as OutboxEntry;
    return typeof entry.text === 'string' && typeof entry.clientMessageId === 'string' ? entry : null;
  } catch {
    return null;
  }
}

function newMessageId(createdAt: number, random: Random): string {
  const chance = () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(36)
      .padStart(7, '0');
  return `cm_${createdAt.toString(36)}_${chance()}${chance()}`;
}

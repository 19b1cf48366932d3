import type { TierId } from '@stepdown/kernel';
import type { InboxFilter, Label } from './inbox-ports.ts';
import type { AttemptRecord, Conversation, ConversationPatch, Message, MessagePatch, NewMessage, Note, Turn } from './record.ts';

/**
 * Where conversations live. Every method is one transaction: it has happened, durably, or it has not.
 * Implemented by packages/store for both engines.
 */
export interface ConversationStore {
  create(conversation: NewConversation): Promise<Conversation>;
  get(conversationId: string): Promise<Conversation | undefined>;
  latestOfVisitor(visitorId: string): Promise<Conversation | undefined>;
  /** The message with this client id in any conversation of the visitor; how a retried first message finds its conversation. */
  findByClientMessageId(visitorId: string, clientMessageId: string): Promise<Message | undefined>;

  /**
   * Gives the message the next `seq`. A known `clientMessageId` in the conversation returns the stored message with
   * `isNew: false` and changes nothing; a visitor's own is known in all of the visitor's conversations, so two racing
   * first messages become one (the conversation returned is the one that has it; an empty one that lost is removed).
   * `patch` changes the conversation in the same transaction; a patch that contains `bumpEpoch` raises `epoch`, which
   * cancels running turns and marks streaming assistant messages `interrupted`. With `ifEpoch` and another epoch
   * stored, nothing is written: `stale`. Throws when the conversation does not exist.
   */
  append(request: AppendRequest): Promise<AppendResult>;

  /**
   * Changes a message in place, raising `change`. Undefined, nothing written: with `ifEpoch` and another epoch stored;
   * with `ifLeaseOwner` when the turn it answers is not running or leased by another process; with a lower `rev` than
   * stored; and with text for a message that has ended (a checkpoint that came late).
   * A checkpoint survives a killed process; after a power cut the last ones may be missing.
   */
  updateMessage(messageId: string, patch: MessagePatch, options?: UpdateMessageOptions): Promise<Message | undefined>;

  /**
   * Changes the conversation. `ifEpoch`: only if the stored epoch is that one. `ifUnassigned`: only if no agent has it.
   * `ifState`: only from one of these states. Returns undefined, writing nothing, when a condition does not hold.
   */
  update(conversationId: string, patch: ConversationPatch, options?: UpdateOptions): Promise<Conversation | undefined>;

  /**
   * A person takes over: epoch + 1, state `open`, handoff `active`, the agent set, every streaming assistant message
   * marked `interrupted`, running turns `cancelled`, one system message appended — in one transaction.
   * Undefined when another agent has it already (assigned, handoff `active`) and is not `replaces`, or it does not
   * exist. Claimed again by the same agent: the conversation as it is, nothing written.
   * Who waited is no longer waiting, and how long it took is kept; with `keepsWaiting` the visitor waits on for the
   * first reply.
   */
  claim(request: ClaimRequest): Promise<ClaimResult | undefined>;

  message(messageId: string): Promise<Message | undefined>;
  messageByClientId(conversationId: string, clientMessageId: string): Promise<Message | undefined>;
  /**
   * Oldest first. `afterSeq` 0 = all; includes earlier messages changed since the message at `afterSeq` was made (P14).
   * An `afterSeq` that does not exist (a client ahead of a restored database) = all.
   */
  messagesAfter(conversationId: string, afterSeq: number): Promise<readonly Message[]>;
  /** The last messages of the conversation, oldest first, for history. */
  lastMessages(conversationId: string, limit: number): Promise<readonly Message[]>;

  /** A known `clientId` in the conversation returns the stored note and changes nothing. */
  addNote(note: Note): Promise<{ readonly note: Note; readonly isNew: boolean }>;
  notes(conversationId: string): Promise<readonly Note[]>;

  /** Position among those that wait and that nobody has taken, from 1; undefined when it is not one of them. */
  queuePosition(conversationId: string): Promise<number | undefined>;
  inbox(query: InboxQuery): Promise<InboxResult>;
  /** One conversation as `inbox` lists it. */
  inboxRow(conversationId: string): Promise<InboxRow | undefined>;
}

export interface NewConversation {
  readonly id: string;
  readonly visitorId: string;
  readonly site: string;
  readonly locale: string;
  readonly pageUrl?: string | undefined;
  readonly pageTitle?: string | undefined;
  readonly createdAt: number;
}

export interface AppendRequest {
  readonly conversationId: string;
  readonly message: NewMessage;
  readonly patch?: ConversationPatch & { readonly bumpEpoch?: boolean };
  readonly ifEpoch?: number;
  /** Starts a turn in the same transaction, so that an acknowledged question can never be forgotten. */
  readonly turn?: NewTurn;
}

export type AppendResult =
  | {
      readonly kind: 'appended';
      readonly message: Message;
      readonly conversation: Conversation;
      readonly isNew: boolean;
      readonly interrupted?: readonly Message[];
    }
  | { readonly kind: 'stale'; readonly conversation: Conversation };

export interface UpdateOptions {
  readonly ifEpoch?: number;
  readonly ifUnassigned?: boolean;
  readonly ifState?: readonly Conversation['state'][];
  readonly bumpEpoch?: boolean;
  readonly at: number;
}

export interface UpdateMessageOptions {
  readonly ifEpoch?: number;
  readonly ifLeaseOwner?: string;
}

export interface ClaimRequest {
  readonly conversationId: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly systemMessage: NewMessage;
  readonly at: number;
  /** The agent it is taken from, with their knowledge. */
  readonly replaces?: string | undefined;
  readonly keepsWaiting?: boolean;
}

export interface ClaimResult {
  readonly conversation: Conversation;
  readonly interrupted: readonly Message[];
  readonly systemMessage: Message | undefined;
}

export interface InboxQuery {
  readonly view: 'queue' | 'mine' | 'open' | 'closed' | 'all';
  readonly agentId: string;
  readonly search?: string | undefined;
  readonly filter?: InboxFilter | undefined;
  /**
   * `updatedAt` (queue: `waitingSince`, oldest first) cursor of the last row of the page before. Rows of the same
   * millisecond stay on one page, which may therefore be longer than `limit`.
   */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface InboxRow {
  readonly conversation: Conversation;
  readonly preview: string;
  readonly agentName: string | undefined;
  readonly labels: readonly Label[];
  readonly identity: { readonly name: string | undefined; readonly email: string | undefined; readonly isVerified: boolean };
  /** A question of it is parked until the assistant is back. */
  readonly isParked: boolean;
  /** An outage left its last question to the FAQ or to a person. */
  readonly isOutage: boolean;
}

export interface InboxResult {
  readonly rows: readonly InboxRow[];
  readonly nextBefore: number | undefined;
  readonly counts: { readonly queue: number; readonly mine: number; readonly open: number };
}

export interface NewTurn {
  readonly id: string;
  readonly questionMessageId: string;
  readonly leaseOwner: string;
  readonly leaseUntil: number;
  readonly startedAt: number;
}

/** Turns with their leases: who finishes which question. */
export interface TurnStore {
  get(turnId: string): Promise<Turn | undefined>;
  ofConversation(conversationId: string): Promise<readonly Turn[]>;
  /** Extends the lease of a running turn still owned by `owner`; false when it was lost. */
  renew(turnId: string, owner: string, leaseUntil: number): Promise<boolean>;
  /**
   * Creates the answer message of a running turn (next `seq`) and links it, once: a turn that has one returns it.
   * Stale epoch, a turn that is not running, or (with `ifLeaseOwner`) one that another process has taken over: undefined.
   */
  startAnswer(turnId: string, message: NewMessage, options?: { readonly ifLeaseOwner?: string }): Promise<Message | undefined>;
  /**
   * Ends a running turn and writes its answer message in the same transaction. Undefined, nothing written, when it was
   * not running, the epoch is stale, or (with `ifLeaseOwner`) another process has taken it over.
   */
  finish(turnId: string, result: FinishedTurn): Promise<FinishResult | undefined>;
  /**
   * Takes every running turn whose lease ended before `now` (with `force`: all that others hold), setting the new owner
   * and counting the takeover. Oldest first. Two owners never get the same turn for the same lease.
   */
  claimOrphans(request: {
    readonly owner: string;
    readonly now: number;
    readonly leaseUntil: number;
    readonly force?: boolean;
  }): Promise<readonly Turn[]>;
}

export interface FinishedTurn {
  readonly ifLeaseOwner?: string;
  readonly status: 'done' | 'cancelled';
  readonly cause: string;
  readonly attempts: readonly AttemptRecord[];
  readonly resultTier: TierId | undefined;
  readonly endedAt: number;
  readonly answerPatch?: MessagePatch;
  /** Messages that follow the answer: an FAQ card, a choice, an offer of a person. */
  readonly append?: readonly NewMessage[];
  readonly conversationPatch?: ConversationPatch;
}

export interface FinishResult {
  readonly conversation: Conversation;
  readonly answer: Message | undefined;
  readonly appended: readonly Message[];
}

/** What others are told; the realtime layer turns it into wire events. */
export type ConversationEvent =
  | { readonly type: 'message.created'; readonly message: Message }
  | {
      readonly type: 'message.delta';
      readonly conversationId: string;
      readonly messageId: string;
      readonly rev: number;
      readonly offset: number;
      readonly text: string;
    }
  | { readonly type: 'message.completed'; readonly message: Message }
  | { readonly type: 'message.updated'; readonly message: Message }
  | { readonly type: 'conversation.changed'; readonly conversation: Conversation }
  | { readonly type: 'note.added'; readonly note: Note };

export type PublishConversationEvent = (event: ConversationEvent) => void;

/** The floor: what answers with every provider gone. Computed at t = 0 of each turn; never waits for a network. */
export interface FloorAnswerer {
  find(request: {
    readonly question: string;
    readonly locale: string;
    readonly previousQuestion: string | undefined;
  }): FloorFinding | Promise<FloorFinding>;
  /** The entry a visitor chose from the offered ones. */
  entry(entryId: string, locale: string): FloorEntry | undefined;
}

export interface FloorEntry {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly updatedAt: number | undefined;
}

export interface FloorFinding {
  readonly result:
    | { readonly kind: 'answer'; readonly entry: FloorEntry; readonly score: number }
    | { readonly kind: 'choices'; readonly entries: readonly FloorEntry[] }
    | { readonly kind: 'ask-back' }
    | { readonly kind: 'abstain' };
  /** Entries that go into the model prompt, best first, whether or not they are sure enough to serve. */
  readonly grounding: readonly FloorEntry[];
  /** The best entry whatever its score (0–1), for readings of what the floor alone would do. */
  readonly nearest?: { readonly entryId: string; readonly score: number } | undefined;
}

import type { Ack, Message, SessionReady, VisitorAcks, VisitorCommand, Waiting } from '@stepdown/protocol';
import { type CommandPayload, type Connection, createConnection, type OpenSocket, type VisitorSocket } from './connection.ts';
import {
  type ConversationEvent,
  type ConversationState,
  emptyConversation,
  hasGap,
  reduceConversation,
  resumeSeq,
} from './conversation-store.ts';
import { createHandoffRequest, type HandoffRequest, type HandoffWish } from './handoff-request.ts';
import type { Who } from './identity.ts';
import { createOutbox, type Outbox, type OutboxEntry } from './outbox.ts';
import type { ClientClock, Locks, Random, StoragePort, TabChannel } from './ports.ts';
import { nothingShown, type SessionView } from './snapshot.ts';
import { createTimers, type Timers } from './timers.ts';

export interface VisitorSessionOptions {
  readonly url: string;
  readonly site: string;
  readonly channel: TabChannel;
  readonly locks: Locks;
  readonly clock: ClientClock;
  readonly random: Random;
  readonly page?: { readonly url: string; readonly title: string };
  readonly openSocket?: OpenSocket;
}

/** One person on this device: their drawer of the storage, and what their tabs share. */
export interface Visitor extends Who {
  readonly storage: StoragePort;
  /** Shared by the tabs of this person. */
  readonly lockName: string;
}

/** P10: how long a delta may be missing before the server is asked. */
const GAP_MS = 60;
/** A flicker of the network is nobody's business; longer than this the visitor is told. */
const OFFLINE_AFTER_MS = 6_000;
const TRY_AGAIN_MS = 1_500;
/** How long a second tab waits for the first one to become somebody. */
const FIRST_SESSION_MS = 10_000;
const TYPING_SHOWN_MS = 6_000;

/** The connection of one visitor and everything known through it. */
export class VisitorSession {
  readonly outbox: Outbox;
  readonly handoff: HandoffRequest;
  readonly storage: StoragePort;
  locale: string | undefined;
  state: ConversationState = emptyConversation;
  view: SessionView = nothingShown;
  readonly #options: VisitorSessionOptions;
  readonly #visitor: Visitor;
  readonly #onChange: () => void;
  readonly #timers: Timers;
  readonly #stopListening: () => void;
  #connection: Connection | null = null;
  #visitorId: string | null = null;
  #resumingId: string | null = null;
  #resumeTicket = 0;
  #sessionArrived: (() => void) | null = null;

  constructor(options: VisitorSessionOptions, visitor: Visitor, onChange: () => void) {
    this.#options = options;
    this.#visitor = visitor;
    this.#onChange = onChange;
    this.storage = visitor.storage;
    this.#timers = createTimers(options.clock);
    this.outbox = createOutbox({
      ...options,
      storage: visitor.storage,
      lockName: `${visitor.lockName}:outbox`,
      send: (entry) => this.#sendEntry(entry),
      onChange: () => {
        onChange();
        void this.handoff.flush();
      },
    });
    this.handoff = createHandoffRequest({
      storage: visitor.storage,
      send: (wish) => this.#sendWish(wish),
      onQueued: (wish, answer) => this.#queued(wish, answer),
      onChange,
    });
    this.#stopListening = options.channel.subscribe((topic) => {
      if (topic === 'read') onChange();
    });
  }

  open(): void {
    if (this.view.connection !== 'idle') return;
    this.show({ connection: 'connecting' });
    this.#tellWhenOffline();
    // Two tabs opened at once would make two visitors; the second waits for the token of the first.
    if (this.storage.get('token') !== null) this.#connect();
    else void this.#options.locks.exclusive(`${this.#visitor.lockName}:session`, () => this.#connectFirst());
  }

  close(): void {
    this.#connection?.close();
    this.#connection = null;
    this.outbox.setOnline(false);
    this.#sessionArrived?.();
    this.#timers.cancelAll();
    if (this.view.connection !== 'idle') this.show({ connection: 'idle', typingAgent: null });
  }

  destroy(): void {
    this.close();
    this.outbox.stop();
    this.#stopListening();
  }

  networkChanged(isReachable: boolean): void {
    if (this.view.connection === 'idle') return;
    if (isReachable) this.#connection?.reconnect();
    else this.show({ connection: 'offline' });
  }

  request<Name extends VisitorCommand>(name: Name, payload: CommandPayload<Name>): Promise<Ack<VisitorAcks[Name]>> {
    return this.#connection?.request(name, payload) ?? Promise.resolve({ ok: false, error: { code: 'unavailable', message: 'closed' } });
  }

  reduce(event: ConversationEvent): void {
    const before = this.state;
    this.state = reduceConversation(before, event);
    if (this.state === before) return;
    if (!hasGap(this.state)) this.#timers.cancel('gap');
    else this.#timers.startOnce('gap', GAP_MS, () => void this.#resume());
    this.#onChange();
  }

  show(change: Partial<SessionView>): void {
    this.view = { ...this.view, ...change };
    this.#onChange();
  }

  #connectFirst(): Promise<void> {
    if (this.view.connection === 'idle') return Promise.resolve();
    const arrived = new Promise<void>((resolve) => {
      this.#sessionArrived = resolve;
      this.#timers.start('first-session', FIRST_SESSION_MS, resolve);
    });
    this.#connect();
    return arrived;
  }

  #connect(): void {
    const connection = createConnection({
      ...this.#options,
      auth: () => this.#handshake(),
      onLost: () => this.#lost(),
    });
    this.#connection = connection;
    this.#listen(connection.socket);
    connection.open();
  }

  #handshake(): Parameters<OpenSocket>[1] extends () => infer Handshake ? Handshake : never {
    const token = this.storage.get('token');
    const { site, page } = this.#options;
    const { identity, profile } = this.#visitor;
    return {
      site,
      ...(token !== null && { token }),
      ...(identity !== null && { identity }),
      ...(profile !== null && { profile }),
      ...(this.locale !== undefined && { locale: this.locale }),
      ...(page && { page }),
    };
  }

  #listen(socket: VisitorSocket): void {
    socket.on('session:ready', (session) => void this.#ready(session));
    socket.on('message:created', ({ message }) => this.#received('created', message));
    socket.on('message:updated', ({ message }) => this.#received('updated', message));
    socket.on('message:completed', ({ message }) => this.#received('completed', message));
    socket.on('message:delta', (delta) => this.reduce({ type: 'delta', delta }));
    socket.on('tier:changed', ({ tier, notice }) => this.show({ tier, notice }));
    socket.on('handoff:changed', ({ conversationId, online, waitMs, answersAt, ...handoff }) => {
      if (conversationId === this.state.conversation?.id)
        this.reduce({ type: 'handoff', handoff, waiting: waitingOf({ online, waitMs, answersAt }) });
    });
    socket.on('agent:typing', ({ name }) => {
      this.show({ typingAgent: name });
      this.#timers.start('agent-typing', TYPING_SHOWN_MS, () => this.show({ typingAgent: null }));
    });
  }

  async #ready(session: SessionReady): Promise<void> {
    this.#timers.cancel('offline');
    this.storage.set('token', session.token);
    this.#sessionArrived?.();
    // The server no longer knows who we were: what is on the screen belongs to nobody now.
    if (this.#visitorId !== null && this.#visitorId !== session.visitorId) this.state = emptyConversation;
    this.#visitorId = session.visitorId;
    this.show({ connection: 'online', tier: session.tier, notice: session.notice, config: session.config });
    await this.#resume(this.state.conversation?.id ?? session.config.conversationId);
    this.outbox.setOnline(true);
    void this.handoff.flush();
  }

  /** P14: asks for everything since the last settled message, of this conversation or of the one we now belong to. */
  async #resume(conversationId = this.state.conversation?.id ?? null): Promise<void> {
    if (conversationId === null || this.#resumingId === conversationId) return;
    this.#resumingId = conversationId;
    this.#resumeTicket += 1;
    const ticket = this.#resumeTicket;
    const isOther = conversationId !== this.state.conversation?.id;
    const answer = await this.request('conversation:open', { conversationId, afterSeq: isOther ? 0 : resumeSeq(this.state) });
    // Asked again meanwhile, for another conversation or on another connection: this answer would bring the old one back.
    if (this.#resumeTicket !== ticket) return;
    this.#resumingId = null;
    if (answer.ok) this.reduce({ type: 'opened', ...answer });
    else if (answer.error.code === 'not_found') this.#forget();
    else if (this.view.connection === 'online') this.#timers.start('gap', TRY_AGAIN_MS, () => void this.#resume(conversationId));
  }

  #forget(): void {
    this.state = emptyConversation;
    this.#onChange();
  }

  #received(type: 'created' | 'updated' | 'completed', message: Message): void {
    const current = this.state.conversation?.id;
    if (current !== undefined && message.conversationId !== current && !isNewer(message.conversationId, current)) return;
    if (message.clientMessageId !== undefined) this.outbox.acknowledge(message.clientMessageId);
    if (message.author === 'agent') this.show({ typingAgent: null });
    const isOther = message.conversationId !== current;
    if (current !== undefined && isOther) this.state = emptyConversation;
    this.reduce({ type, message });
    // Another tab began this conversation, or it was made by a message of ours whose acknowledgement is on its way.
    if (isOther) void this.#resume(message.conversationId);
  }

  async #sendEntry(entry: OutboxEntry): Promise<Ack<VisitorAcks['message:send']>> {
    const { createdAt: _, failure: __, ...message } = entry;
    const conversationId = this.state.conversation?.id;
    let answer = await this.request('message:send', { ...message, ...(conversationId !== undefined && { conversationId }) });
    // Resolved, or of a visitor we no longer are: the message begins the next conversation.
    if (!answer.ok && conversationId !== undefined && (answer.error.code === 'closed' || answer.error.code === 'not_found')) {
      answer = await this.request('message:send', message);
    }
    if (answer.ok) void this.#sent(answer.conversationId);
    else if (answer.error.code === 'unavailable' && this.view.connection === 'online') this.#connection?.reconnect();
    return answer;
  }

  async #sent(conversationId: string): Promise<void> {
    if (conversationId !== this.state.conversation?.id) await this.#resume(conversationId);
    void this.handoff.flush();
  }

  #sendWish(wish: HandoffWish): Promise<Ack<VisitorAcks['handoff:request']>> | null {
    const conversationId = this.state.conversation?.id;
    // What was typed before the wish belongs before it: the person should find it there.
    const isWaiting = this.outbox.list().some((entry) => entry.failure === undefined);
    if (conversationId === undefined || isWaiting || this.view.connection !== 'online') return null;
    return this.request('handoff:request', { conversationId, ...wish });
  }

  #queued(wish: HandoffWish, answer: VisitorAcks['handoff:request']): void {
    const current = this.state.conversation?.handoff;
    const email = wish.email === undefined ? {} : { email: wish.email };
    // The person may have taken the conversation before the acknowledgement arrived.
    const place = current?.state === 'active' ? current : { state: 'queued' as const, position: answer.position };
    this.reduce({ type: 'handoff', handoff: { ...place, ...email }, waiting: waitingOf(answer) });
  }

  #lost(): void {
    this.outbox.setOnline(false);
    this.#resumingId = null;
    this.#resumeTicket += 1;
    if (this.view.connection === 'online') this.show({ connection: 'reconnecting', typingAgent: null });
    this.#tellWhenOffline();
  }

  #tellWhenOffline(): void {
    this.#timers.startOnce('offline', OFFLINE_AFTER_MS, () => {
      if (this.view.connection !== 'online' && this.view.connection !== 'idle') this.show({ connection: 'offline' });
    });
  }
}

/** Only what was said: an absent time is not a time of undefined. */
function waitingOf({ online, waitMs, answersAt }: { [Key in keyof Waiting]?: Waiting[Key] | undefined }): Partial<Waiting> {
  return {
    ...(online !== undefined && { online }),
    ...(waitMs !== undefined && { waitMs }),
    ...(answersAt !== undefined && { answersAt }),
  };
}

/** Ids sort by the time they were made. */
function isNewer(id: string, current: string): boolean {
  return id > current;
}

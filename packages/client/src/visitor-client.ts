import type { Ack, WireError } from '@stepdown/protocol';
import type { HandoffWish } from './handoff-request.ts';
import { createDrawers, identityKey, type Profile, type VisitorDrawers, type Who } from './identity.ts';
import type { StoragePort } from './ports.ts';
import { type VisitorSnapshot, viewMessages } from './snapshot.ts';
import { VisitorSession, type VisitorSessionOptions } from './visitor-session.ts';

export interface VisitorClientOptions extends VisitorSessionOptions {
  readonly storage: StoragePort;
  readonly locale?: string;
  /** Signed token of the embedding site; null is an anonymous visitor. */
  readonly identity?: string | null;
  /** What the page says about the visitor without a signature. */
  readonly profile?: Profile | null;
}

/** The visitor's side of a conversation, for `useSyncExternalStore` or plain subscription. */
export interface VisitorClient {
  subscribe(listener: () => void): () => void;
  /** The same object until something changes. */
  getSnapshot(): VisitorSnapshot;
  /** Connects; nothing touches the network before. */
  open(): void;
  close(): void;
  send(text: string, options?: { readonly choiceId?: string }): void;
  retry(clientMessageId: string): void;
  discard(clientMessageId: string): void;
  /** Kept on this device until the server has it. Without a conversation the note begins one. */
  requestHandoff(wish?: HandoffWish): void;
  rate(messageId: string, rating: 'up' | 'down', comment?: string): Promise<WireError | null>;
  /** How it was with the team, 1–5; the last answer stands (P22). */
  rateConversation(score: number): Promise<WireError | null>;
  /** Ends the answer that is being written. */
  stop(): void;
  /** P17: parks the question that this message could not answer. */
  defer(messageId: string, email?: string): Promise<WireError | null>;
  withdraw(messageId: string): Promise<WireError | null>;
  typing(): void;
  markRead(): void;
  /** What is written and not sent; kept on this device. */
  getDraft(): string;
  saveDraft(text: string): void;
  setLocale(locale: string): void;
  /** Another person, or nobody: what the person before said leaves the screen and this device (checklist D06). */
  identify(identity: string | null, profile?: Profile | null): void;
  /** Logout: forgets every visitor of this site on this device and closes. */
  reset(): void;
  /** The browser says that the network is back or gone. */
  networkChanged(isReachable: boolean): void;
  destroy(): void;
}

const TYPING_EVERY_MS = 3_000;

/** Makes a client that is idle until `open`. Whoever makes it calls `destroy`. */
export function createVisitorClient(options: VisitorClientOptions): VisitorClient {
  return new SocketVisitorClient(options);
}

class SocketVisitorClient implements VisitorClient {
  readonly #options: VisitorClientOptions;
  readonly #drawers: VisitorDrawers;
  readonly #listeners = new Set<() => void>();
  #who: Who;
  #session: VisitorSession;
  #snapshot: VisitorSnapshot | null = null;
  #typingSentAt = Number.NEGATIVE_INFINITY;

  constructor(options: VisitorClientOptions) {
    this.#options = options;
    this.#who = { identity: options.identity ?? null, profile: options.profile ?? null };
    this.#drawers = createDrawers(options.storage, options.site);
    this.#session = this.#enter(options.locale);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  getSnapshot = (): VisitorSnapshot => {
    this.#snapshot ??= takeSnapshot(this.#session);
    return this.#snapshot;
  };

  open(): void {
    this.#session.open();
  }

  close(): void {
    this.#session.close();
  }

  send(text: string, options: { readonly choiceId?: string } = {}): void {
    const { outbox, locale } = this.#session;
    if (text.trim() !== '') outbox.add({ text, ...options, ...(locale !== undefined && { locale }) });
  }

  retry(clientMessageId: string): void {
    this.#session.outbox.retry(clientMessageId);
  }

  discard(clientMessageId: string): void {
    this.#session.outbox.discard(clientMessageId);
  }

  requestHandoff(wish: HandoffWish = {}): void {
    const { note, ...rest } = wish;
    const isFirst = this.#session.state.conversation === null;
    if (isFirst && note !== undefined) this.send(note);
    this.#session.handoff.want(isFirst ? rest : wish);
  }

  async rate(messageId: string, rating: 'up' | 'down', comment?: string): Promise<WireError | null> {
    const before = this.#session.state.messages.find((message) => message.id === messageId);
    if (!before) return null;
    const session = this.#session;
    session.reduce({ type: 'updated', message: { ...before, rating } });
    const failure = failureOf(await session.request('message:rate', { messageId, rating, ...(comment !== undefined && { comment }) }));
    if (failure) session.reduce({ type: 'updated', message: before });
    return failure;
  }

  async rateConversation(score: number): Promise<WireError | null> {
    const conversationId = this.#session.state.conversation?.id ?? '';
    return failureOf(await this.#session.request('conversation:rate', { conversationId, score }));
  }

  stop(): void {
    const streaming = this.#session.state.messages.findLast((message) => message.status === 'streaming');
    if (streaming) void this.#session.request('answer:stop', { conversationId: streaming.conversationId, messageId: streaming.id });
  }

  async defer(messageId: string, email?: string): Promise<WireError | null> {
    const session = this.#session;
    const conversationId = session.state.conversation?.id ?? '';
    const answer = await session.request('question:defer', { conversationId, messageId, ...(email !== undefined && { email }) });
    return failureOf(answer);
  }

  async withdraw(messageId: string): Promise<WireError | null> {
    const session = this.#session;
    const answer = await session.request('question:withdraw', { conversationId: session.state.conversation?.id ?? '', messageId });
    return failureOf(answer);
  }

  typing(): void {
    const now = this.#options.clock.now();
    const conversationId = this.#session.state.conversation?.id;
    if (now - this.#typingSentAt < TYPING_EVERY_MS || conversationId === undefined) return;
    this.#typingSentAt = now;
    void this.#session.request('typing', { conversationId, isTyping: true });
  }

  markRead(): void {
    const { storage, state } = this.#session;
    const last = state.messages.at(-1);
    if (!last || readSeq(this.#session) >= last.seq) return;
    storage.set('read', `${last.conversationId} ${last.seq}`);
    this.#options.channel.post('read');
    this.#changed();
  }

  getDraft(): string {
    return this.#session.storage.get('draft') ?? '';
  }

  saveDraft(text: string): void {
    if (text === '') this.#session.storage.remove('draft');
    else this.#session.storage.set('draft', text);
  }

  setLocale(locale: string): void {
    this.#session.locale = locale;
  }

  identify(identity: string | null, profile: Profile | null = null): void {
    const before = this.#who;
    const isSameProfile = profile?.name === before.profile?.name && profile?.email === before.profile?.email;
    if (identity === before.identity && isSameProfile) return;
    const wasOpen = this.#session.view.connection !== 'idle';
    this.#session.destroy();
    this.#who = { identity, profile };
    if (identityKey(this.#who) !== identityKey(before)) this.#drawers.change(before, this.#who);
    this.#session = this.#enter(this.#session.locale);
    this.#changed();
    if (wasOpen) this.open();
  }

  reset(): void {
    this.#session.destroy();
    this.#drawers.clearAll();
    this.#who = { identity: null, profile: null };
    this.#session = this.#enter(this.#session.locale);
    this.#changed();
  }

  networkChanged(isReachable: boolean): void {
    this.#session.networkChanged(isReachable);
  }

  destroy(): void {
    this.#session.destroy();
    this.#listeners.clear();
  }

  #enter(locale: string | undefined): VisitorSession {
    const visitor = {
      ...this.#who,
      storage: this.#drawers.drawer(this.#who),
      lockName: `stepdown:${this.#options.site}:${identityKey(this.#who)}`,
    };
    const session = new VisitorSession(this.#options, visitor, () => this.#changed());
    session.locale = locale;
    return session;
  }

  #changed(): void {
    this.#snapshot = null;
    for (const listener of this.#listeners) listener();
  }
}

function takeSnapshot(session: VisitorSession): VisitorSnapshot {
  const { state, view, outbox, handoff } = session;
  const failure = handoff.failure();
  const seenSeq = readSeq(session);
  return {
    ...view,
    conversation: state.conversation,
    messages: viewMessages(state, outbox.list(), outbox.sendingId()),
    handoff: {
      ...(state.conversation?.handoff ?? { state: 'none' }),
      ...(state.conversation?.handoff.state === 'queued' && state.waiting),
      isRequested: handoff.isWanted(),
      ...(failure && { failure }),
    },
    unreadCount: state.messages.filter((message) => message.author !== 'visitor' && message.seq > seenSeq).length,
  };
}

/** Seq of the last message that was seen on this device; 0 in a conversation never looked at. */
function readSeq(session: VisitorSession): number {
  const [conversationId, seq] = session.storage.get('read')?.split(' ') ?? [];
  return conversationId === session.state.conversation?.id ? Number(seq ?? 0) : 0;
}

function failureOf(answer: Ack): WireError | null {
  return answer.ok ? null : answer.error;
}

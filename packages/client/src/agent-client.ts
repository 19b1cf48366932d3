import type { Ack, AgentAcks, AgentCommand, AgentSession, InboxConversation, WireError } from '@stepdown/protocol';
import type { AttentionListener } from './agent-attention.ts';
import type { AgentCommandPayload } from './agent-connection.ts';
import { type AgentHttp, createAgentHttp, fetchSession } from './agent-http.ts';
import { emptyInbox } from './agent-inbox.ts';
import { nothingShared } from './agent-shared.ts';
import { AgentShift, type AgentShiftOptions } from './agent-shift.ts';
import type { AccessState, AgentSnapshot, InboxFilter } from './agent-snapshot.ts';
import { clearStorage, type StoragePort, scopedStorage } from './ports.ts';

export interface AgentClientOptions extends AgentShiftOptions {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** The agent's side of the house, for `useSyncExternalStore` or plain subscription. */
export interface AgentClient {
  subscribe(listener: () => void): () => void;
  /** The same object until something changes. */
  getSnapshot(): AgentSnapshot;
  /** For pages that read and write through routes of their own. */
  readonly http: AgentHttp;
  /** Asks who is signed in, and connects when somebody is. */
  start(): Promise<void>;
  signIn(email: string, password: string): Promise<WireError | null>;
  redeem(link: {
    readonly token: string;
    readonly name: string;
    readonly email: string;
    readonly password: string;
  }): Promise<WireError | null>;
  changePassword(currentPassword: string, newPassword: string): Promise<WireError | null>;
  signOut(): Promise<void>;
  showInbox(filter: InboxFilter): void;
  reloadInbox(): void;
  loadMore(): void;
  /** While held, rows of the list neither move nor leave. */
  holdInbox(isHeld: boolean): void;
  showConversation(conversationId: string | null): void;
  take(conversationId: string): Promise<WireError | null>;
  returnToAssistant(conversationId: string): Promise<WireError | null>;
  resolve(conversationId: string): Promise<WireError | null>;
  /** Kept on this device until the server has it. */
  reply(conversationId: string, text: string): void;
  retryReply(conversationId: string, clientMessageId: string): void;
  discardReply(conversationId: string, clientMessageId: string): void;
  /** `mentions`: agents who are asked to look. */
  addNote(conversationId: string, text: string, mentions?: readonly string[]): Promise<WireError | null>;
  typing(conversationId: string): void;
  /** What was typed and not sent; survives a reload and the end of a session, for this agent alone. */
  draft(conversationId: string, kind: 'reply' | 'note'): string;
  keepDraft(conversationId: string, kind: 'reply' | 'note', text: string): void;
  send<Name extends AgentCommand>(name: Name, payload: AgentCommandPayload<Name>): Promise<WireError | null>;
  reloadAlerts(): Promise<void>;
  onAttention(listener: AttentionListener): () => void;
  /** The browser says that the network is back or gone. */
  networkChanged(isReachable: boolean): void;
  destroy(): void;
}

const nobody: Omit<AgentSnapshot, 'access'> = {
  connection: 'idle',
  inbox: emptyInbox,
  desk: null,
  ladder: null,
  signals: [],
  alerts: [],
  onlineCount: 0,
  ...nothingShared,
};

/** Makes a client that is idle until `start`. Whoever makes it calls `destroy`. */
export function createAgentClient(options: AgentClientOptions): AgentClient {
  return new SocketAgentClient(options);
}

class SocketAgentClient implements AgentClient {
  readonly http: AgentHttp;
  readonly #options: AgentClientOptions;
  readonly #listeners = new Set<() => void>();
  readonly #attention = new Set<AttentionListener>();
  #access: AccessState = { kind: 'unknown' };
  #shift: AgentShift | null = null;
  #snapshot: AgentSnapshot | null = null;
  #filter: InboxFilter = { view: 'queue', search: '' };
  #conversationId: string | null = null;

  constructor(options: AgentClientOptions) {
    this.#options = options;
    this.http = createAgentHttp({
      url: options.url,
      fetch: options.fetch,
      csrfToken: () => (this.#access.kind === 'signed-in' ? this.#access.session.csrfToken : null),
      onUnauthorized: () => this.#expired(),
    });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  getSnapshot = (): AgentSnapshot => {
    this.#snapshot ??= { access: this.#access, ...(this.#shift?.view() ?? nobody) };
    return this.#snapshot;
  };

  async start(): Promise<void> {
    const session = await fetchSession(this.http);
    if (session === 'unreachable') this.#enterAccess({ kind: 'unreachable' });
    else if (session === null) this.#enterAccess({ kind: 'signed-out', because: 'never-signed-in' });
    else this.#enter(session);
  }

  signIn(email: string, password: string): Promise<WireError | null> {
    return this.#enterThrough('/api/agent/sign-in', { email, password });
  }

  redeem(link: {
    readonly token: string;
    readonly name: string;
    readonly email: string;
    readonly password: string;
  }): Promise<WireError | null> {
    return this.#enterThrough('/api/agent/set-up', link);
  }

  changePassword(currentPassword: string, newPassword: string): Promise<WireError | null> {
    return this.#enterThrough('/api/agent/password', { currentPassword, newPassword });
  }

  async signOut(): Promise<void> {
    const storage = this.#drafts();
    await this.http.post('/api/agent/sign-out');
    if (storage) clearStorage(storage);
    this.#leave({ kind: 'signed-out', because: 'left' });
  }

  showInbox(filter: InboxFilter): void {
    this.#filter = filter;
    this.#shift?.inbox.filter(filter);
  }

  reloadInbox(): void {
    this.#shift?.inbox.reload();
  }

  loadMore(): void {
    this.#shift?.inbox.loadMore();
  }

  holdInbox(isHeld: boolean): void {
    this.#shift?.inbox.hold(isHeld);
  }

  showConversation(conversationId: string | null): void {
    this.#conversationId = conversationId;
    this.#shift?.showConversation(conversationId);
  }

  take(conversationId: string): Promise<WireError | null> {
    return this.#move('conversation:take', conversationId);
  }

  returnToAssistant(conversationId: string): Promise<WireError | null> {
    return this.#move('conversation:return', conversationId);
  }

  resolve(conversationId: string): Promise<WireError | null> {
    return this.#move('conversation:resolve', conversationId);
  }

  reply(conversationId: string, text: string): void {
    if (text.trim() !== '') this.#shift?.replies.add(conversationId, text, this.#shift.seenSeq(conversationId));
  }

  retryReply(conversationId: string, clientMessageId: string): void {
    this.#shift?.replies.retry(conversationId, clientMessageId, this.#shift.seenSeq(conversationId));
  }

  discardReply(conversationId: string, clientMessageId: string): void {
    this.#shift?.replies.discard(conversationId, clientMessageId);
  }

  addNote(conversationId: string, text: string, mentions: readonly string[] = []): Promise<WireError | null> {
    const clientMessageId = `cm_${this.#options.clock.now().toString(36)}_${Math.floor(this.#options.random() * 2 ** 40).toString(36)}`;
    return this.send('note:add', { conversationId, clientMessageId, text, ...(mentions.length > 0 && { mentions: [...mentions] }) });
  }

  typing(conversationId: string): void {
    this.#shift?.typing(conversationId);
  }

  draft(conversationId: string, kind: 'reply' | 'note'): string {
    return this.#drafts()?.get(`${kind}:${conversationId}`) ?? '';
  }

  keepDraft(conversationId: string, kind: 'reply' | 'note', text: string): void {
    if (text === '') this.#drafts()?.remove(`${kind}:${conversationId}`);
    else this.#drafts()?.set(`${kind}:${conversationId}`, text);
  }

  async send<Name extends AgentCommand>(name: Name, payload: AgentCommandPayload<Name>): Promise<WireError | null> {
    const answer = await this.#request(name, payload);
    return answer.ok ? null : answer.error;
  }

  async reloadAlerts(): Promise<void> {
    await this.#shift?.reloadAlerts();
  }

  onAttention(listener: AttentionListener): () => void {
    this.#attention.add(listener);
    return () => void this.#attention.delete(listener);
  }

  networkChanged(isReachable: boolean): void {
    if (this.#access.kind === 'unreachable' && isReachable) void this.start();
    else this.#shift?.networkChanged(isReachable);
  }

  destroy(): void {
    this.#shift?.end();
    this.#shift = null;
    this.#listeners.clear();
    this.#attention.clear();
  }

  async #enterThrough(path: string, body: object): Promise<WireError | null> {
    const answer = await this.http.post<AgentSession>(path, body);
    if (!answer.ok) return answer.error;
    this.#enter(answer);
    return null;
  }

  #enter(session: AgentSession): void {
    this.#shift?.end();
    this.#access = { kind: 'signed-in', session };
    this.#shift = new AgentShift(this.#options, {
      session,
      http: this.http,
      filter: this.#filter,
      conversationId: this.#conversationId,
      onChange: () => this.#changed(),
      onAttention: (attention) => {
        for (const listener of this.#attention) listener(attention);
      },
      onExpired: () => this.#expired(),
    });
    this.#shift.begin();
    this.#changed();
  }

  #drafts(): StoragePort | null {
    return this.#access.kind === 'signed-in' ? scopedStorage(this.#options.storage, `draft:${this.#access.session.agent.id}:`) : null;
  }

  #expired(): void {
    if (this.#access.kind === 'signed-in') this.#leave({ kind: 'signed-out', because: 'expired' });
  }

  #leave(access: AccessState): void {
    this.#shift?.end();
    this.#shift = null;
    this.#enterAccess(access);
  }

  #enterAccess(access: AccessState): void {
    this.#access = access;
    this.#changed();
  }

  async #move(
    name: 'conversation:take' | 'conversation:return' | 'conversation:resolve',
    conversationId: string,
  ): Promise<WireError | null> {
    const answer: Ack<{ conversation: InboxConversation }> = await this.#request(name, { conversationId });
    if (!answer.ok) return answer.error;
    this.#shift?.conversationChanged(answer.conversation);
    return null;
  }

  #request<Name extends AgentCommand>(name: Name, payload: AgentCommandPayload<Name>): Promise<Ack<AgentAcks[Name]>> {
    const signedOut = { ok: false, error: { code: 'unauthorized', message: 'Sign in to continue.' } } as const;
    return this.#shift?.request(name, payload) ?? Promise.resolve(signedOut);
  }

  #changed(): void {
    this.#snapshot = null;
    for (const listener of this.#listeners) listener();
  }
}

import type { Ack, AgentAcks, AgentCommand, AgentSession, InboxConversation, LadderView, SignalView } from '@stepdown/protocol';
import { type Attention, attentionOf, stepDownOf } from './agent-attention.ts';
import { type AgentCommandPayload, type AgentConnection, createAgentConnection, type OpenAgentSocket } from './agent-connection.ts';
import { AgentDesk } from './agent-desk.ts';
import { type AgentHttp, fetchSession } from './agent-http.ts';
import { AgentInboxFeed } from './agent-inbox-feed.ts';
import { type AgentReplies, createAgentReplies } from './agent-replies.ts';
import { AgentShared } from './agent-shared.ts';
import type { AgentConnectionState, AgentSnapshot, AlertView, InboxFilter } from './agent-snapshot.ts';
import { type ClientClock, type Locks, type Random, type StoragePort, scopedStorage, type TabChannel } from './ports.ts';
import { createTimers, type Timers } from './timers.ts';

export interface AgentShiftOptions {
  readonly url: string;
  readonly storage: StoragePort;
  readonly channel: TabChannel;
  readonly locks: Locks;
  readonly clock: ClientClock;
  readonly random: Random;
  readonly openSocket?: OpenAgentSocket;
}

export interface AgentShiftPorts {
  readonly session: AgentSession;
  readonly http: AgentHttp;
  readonly filter: InboxFilter;
  readonly conversationId: string | null;
  readonly onChange: () => void;
  readonly onAttention: (attention: Attention) => void;
  readonly onExpired: () => void;
}

/** A flicker of the network is nobody's business; longer than this the agent is told. */
const OFFLINE_AFTER_MS = 4_000;
const REFUSED_PAUSE_MS = 2_000;
const TYPING_EVERY_MS = 3_000;
/** A step down raises an alert a moment after it is told. */
const ALERTS_MS = 300;
const SIGNALS_KEPT = 80;

/** Everything known between one sign-in and its end. */
export class AgentShift {
  readonly inbox: AgentInboxFeed;
  readonly replies: AgentReplies;
  readonly #shared: AgentShared;
  readonly #ports: AgentShiftPorts;
  readonly #clock: ClientClock;
  readonly #random: Random;
  readonly #desk: AgentDesk;
  readonly #connection: AgentConnection;
  readonly #timers: Timers;
  readonly #seen = new Map<string, InboxConversation>();
  #state: AgentConnectionState = 'connecting';
  #ladder: LadderView | null = null;
  #signals: readonly SignalView[] = [];
  #alerts: readonly AlertView[] = [];
  #onlineCount = 0;
  #typingSentAt = Number.NEGATIVE_INFINITY;
  #isEnded = false;

  constructor(options: AgentShiftOptions, ports: AgentShiftPorts) {
    this.#ports = ports;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#timers = createTimers(options.clock);
    const { session, http, onChange } = ports;
    const agentId = session.agent.id;
    this.#connection = createAgentConnection({
      ...options,
      token: () => session.socketToken,
      onLost: (isRefused) => this.#lost(isRefused),
    });
    this.replies = createAgentReplies({
      ...options,
      storage: scopedStorage(options.storage, `agent:${agentId}:`),
      send: (reply) => this.request('message:send', reply),
      onChange,
    });
    this.#shared = new AgentShared(http, onChange);
    this.#desk = new AgentDesk({
      clock: options.clock,
      replies: this.replies,
      agentId,
      open: (conversationId, afterSeq) => this.request('conversation:open', { conversationId, afterSeq }),
      leave: (conversationId) => void this.request('conversation:leave', { conversationId }),
      onChange,
    });
    this.inbox = new AgentInboxFeed({
      clock: options.clock,
      agentId,
      filter: ports.filter,
      fetchPage: (query) => http.get('/api/agent/inbox', { ...query }),
      onChange,
    });
  }

  view(): Omit<AgentSnapshot, 'access'> {
    return {
      connection: this.#state,
      inbox: this.inbox.state,
      desk: this.#desk.view(),
      ladder: this.#ladder,
      signals: this.#signals,
      alerts: this.#alerts,
      onlineCount: this.#onlineCount,
      ...this.#shared.view,
    };
  }

  begin(): void {
    this.#listen();
    this.#connection.open();
    this.#tellWhenOffline();
    this.inbox.reload();
    this.showConversation(this.#ports.conversationId);
    void this.#readLadder();
    void this.reloadAlerts();
    this.#shared.reload();
  }

  end(): void {
    this.#isEnded = true;
    this.#shared.end();
    this.#connection.close();
    this.#timers.cancelAll();
    this.inbox.end();
    this.replies.stop();
    this.#desk.close();
  }

  showConversation(conversationId: string | null): void {
    const row = conversationId === null ? undefined : (this.inbox.state.known.get(conversationId) ?? this.#seen.get(conversationId));
    this.#desk.show(conversationId, row);
  }

  /** The last message on the screen, for the guard of replies (P20); undefined while the conversation is not read. */
  seenSeq(conversationId: string): number | undefined {
    const view = this.#desk.view();
    return view?.conversationId === conversationId ? view.messages.at(-1)?.seq : undefined;
  }

  conversationChanged(conversation: InboxConversation): void {
    const attention = attentionOf(
      this.#seen.get(conversation.id) ?? this.inbox.state.known.get(conversation.id),
      conversation,
      this.#ports.session.agent.id,
    );
    this.#seen.set(conversation.id, conversation);
    this.inbox.changed(conversation);
    this.#desk.conversationChanged(conversation);
    if (attention) this.#ports.onAttention(attention);
  }

  typing(conversationId: string): void {
    if (this.#clock.now() - this.#typingSentAt < TYPING_EVERY_MS) return;
    this.#typingSentAt = this.#clock.now();
    void this.request('typing', { conversationId });
  }

  async request<Name extends AgentCommand>(name: Name, payload: AgentCommandPayload<Name>): Promise<Ack<AgentAcks[Name]>> {
    const answer = await this.#connection.request(name, payload);
    if (!answer.ok && answer.error.code === 'unauthorized') this.#ports.onExpired();
    return answer;
  }

  async reloadAlerts(): Promise<void> {
    const answer = await this.#ports.http.get<{ alerts: readonly AlertView[] }>('/api/agent/alerts');
    if (!answer.ok || this.#isEnded) return;
    this.#alerts = answer.alerts;
    this.#ports.onChange();
  }

  networkChanged(isReachable: boolean): void {
    if (!isReachable) {
      this.#enter('offline');
      return;
    }
    this.#connection.close();
    this.#connection.open();
  }

  #listen(): void {
    const { socket } = this.#connection;
    socket.on('connect', () => this.#connected());
    socket.on('ladder:changed', ({ ladder }) => this.#ladderChanged(ladder));
    socket.on('signal', (signal) => this.#signal(signal));
    socket.on('queue:changed', ({ online }) => {
      this.#onlineCount = online;
      this.inbox.count();
      this.#ports.onChange();
    });
    socket.on('conversation:changed', ({ conversation }) => this.conversationChanged(conversation));
    socket.on('message:created', ({ message }) => this.#desk.message('created', message));
    socket.on('message:updated', ({ message }) => this.#desk.message('updated', message));
    socket.on('message:completed', ({ message }) => this.#desk.message('completed', message));
    socket.on('message:delta', (delta) => this.#desk.delta(delta));
    socket.on('visitor:typing', ({ conversationId }) => this.#desk.visitorTyping(conversationId));
    socket.on('agent:mentioned', ({ note }) => this.#ports.onAttention({ kind: 'mention', note }));
    this.#shared.listen(socket);
    socket.on('agent:viewing', ({ conversationId, agents }) => this.#desk.viewing(conversationId, agents));
  }

  #connected(): void {
    const isFirst = this.#state === 'connecting';
    this.#timers.cancel('offline');
    this.#enter('online');
    this.replies.setOnline(true);
    void this.#desk.resume();
    if (isFirst) return;
    // What happened while we were away was told to nobody.
    this.inbox.reload();
    void this.#readLadder();
    void this.reloadAlerts();
    this.#shared.reload();
  }

  #lost(isRefused: boolean): void {
    this.replies.setOnline(false);
    if (this.#state === 'online') this.#enter('reconnecting');
    this.#tellWhenOffline();
    if (isRefused) this.#timers.start('refused', this.#refusedPauseMs(), () => void this.#enterAgain());
  }

  /** Spread, so that consoles do not come back in step. */
  #refusedPauseMs(): number {
    return REFUSED_PAUSE_MS * (0.5 + this.#random());
  }

  /** A refusal is the end of the session or a server that is not ready; only the session can tell. */
  async #enterAgain(): Promise<void> {
    const session = await fetchSession(this.#ports.http);
    if (session !== null && !this.#isEnded) this.#connection.open();
  }

  #tellWhenOffline(): void {
    this.#timers.startOnce('offline', OFFLINE_AFTER_MS, () => {
      if (this.#state !== 'online') this.#enter('offline');
    });
  }

  #enter(state: AgentConnectionState): void {
    this.#state = state;
    this.#ports.onChange();
  }

  async #readLadder(): Promise<void> {
    const answer = await this.#ports.http.get<LadderView>('/api/agent/ladder');
    if (answer.ok && !this.#isEnded) this.#ladderChanged(answer);
  }

  #ladderChanged(ladder: LadderView): void {
    const attention = stepDownOf(this.#ladder, ladder);
    this.#ladder = ladder;
    this.#timers.startOnce('alerts', ALERTS_MS, () => void this.reloadAlerts());
    this.#ports.onChange();
    if (attention) this.#ports.onAttention(attention);
  }

  /** The newest signals are told again at every connect. */
  #signal(signal: SignalView): void {
    const isKnown = this.#signals.some((known) => known.at === signal.at && known.routeId === signal.routeId);
    if (isKnown) return;
    this.#signals = [signal, ...this.#signals].sort((left, right) => right.at - left.at).slice(0, SIGNALS_KEPT);
    this.#ports.onChange();
  }
}

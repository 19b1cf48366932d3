import type { Ack, AgentAcks, InboxConversation, Message, MessageDelta, Note, TurnTrail } from '@stepdown/protocol';
import type { AgentReplies } from './agent-replies.ts';
import type { DeskPhase, DeskView, Viewer } from './agent-snapshot.ts';
import {
  type ConversationEvent,
  type ConversationState,
  emptyConversation,
  hasGap,
  isContinuing,
  reduceConversation,
  resumeSeq,
} from './conversation-store.ts';
import type { ClientClock } from './ports.ts';
import { createTimers, type Timers } from './timers.ts';

export interface DeskPorts {
  readonly clock: ClientClock;
  readonly replies: AgentReplies;
  readonly agentId: string;
  readonly open: (conversationId: string, afterSeq: number) => Promise<Ack<AgentAcks['conversation:open']>>;
  readonly leave: (conversationId: string) => void;
  readonly onChange: () => void;
}

interface Folder {
  readonly state: ConversationState;
  readonly conversation: InboxConversation | null;
  readonly notes: readonly Note[];
  readonly turns: readonly TurnTrail[];
}

/** P10: how long a delta may be missing before the server is asked. */
const GAP_MS = 60;
const TRY_AGAIN_MS = 1_500;
/** Notes and trails have no event of their own: they are read again soon after their conversation changed. */
const REREAD_MS = 250;
const TYPING_SHOWN_MS = 6_000;
/** Conversations kept for a quick way back. */
const FOLDERS_KEPT = 30;

const emptyFolder: Folder = { state: emptyConversation, conversation: null, notes: [], turns: [] };

/** The conversation in front of the agent, by the wire rules P9–P15, and the ones looked at before. */
export class AgentDesk {
  readonly #ports: DeskPorts;
  readonly #timers: Timers;
  readonly #folders = new Map<string, Folder>();
  #currentId: string | null = null;
  #phase: DeskPhase = 'loading';
  #viewers: readonly Viewer[] = [];
  #isVisitorTyping = false;
  #ticket = 0;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
    this.#timers = createTimers(ports.clock);
  }

  view(): DeskView | null {
    if (this.#currentId === null) return null;
    const { state, ...folder } = this.#folder(this.#currentId);
    const arrived = new Set(state.messages.map((message) => message.clientMessageId));
    return {
      ...folder,
      conversationId: this.#currentId,
      phase: this.#phase,
      messages: state.messages,
      continuingIds: new Set(state.messages.filter((message) => isContinuing(state, message)).map((message) => message.id)),
      outgoing: this.#ports.replies.list(this.#currentId).filter((reply) => !arrived.has(reply.clientMessageId)),
      viewers: this.#viewers,
      isVisitorTyping: this.#isVisitorTyping,
    };
  }

  /** Puts a conversation in front; null clears the desk. `row` is what the inbox knows of it. */
  show(conversationId: string | null, row?: InboxConversation): void {
    if (conversationId === this.#currentId) return;
    if (this.#currentId !== null && conversationId === null) this.#ports.leave(this.#currentId);
    this.#timers.cancelAll();
    this.#currentId = conversationId;
    this.#viewers = [];
    this.#isVisitorTyping = false;
    if (conversationId !== null) {
      const known = this.#folder(conversationId);
      this.#phase = known.state.messages.length > 0 ? 'ready' : 'loading';
      this.#keep(conversationId, { ...known, conversation: row ?? known.conversation });
    }
    this.#ports.onChange();
    void this.resume();
  }

  /** P14: asks for everything since the last settled message; after every connect, and when something is missing. */
  async resume(): Promise<void> {
    const conversationId = this.#currentId;
    if (conversationId === null) return;
    this.#ticket += 1;
    const ticket = this.#ticket;
    const answer = await this.#ports.open(conversationId, resumeSeq(this.#folder(conversationId).state));
    // Asked again meanwhile, for another conversation or on another connection: the newer answer counts.
    if (this.#ticket !== ticket || this.#currentId !== conversationId) return;
    if (answer.ok) this.#opened(conversationId, answer);
    else if (answer.error.code === 'not_found') this.#enterPhase('missing');
    else if (answer.error.code === 'unavailable') this.#timers.start('again', TRY_AGAIN_MS, () => void this.resume());
    else if (this.#phase === 'loading') this.#enterPhase('failed');
  }

  conversationChanged(conversation: InboxConversation): void {
    const known = this.#folders.get(conversation.id);
    if (known) this.#keep(conversation.id, { ...known, conversation });
    if (conversation.id !== this.#currentId) return;
    this.#timers.start('reread', REREAD_MS, () => void this.resume());
    this.#ports.onChange();
  }

  message(type: 'created' | 'updated' | 'completed', message: Message): void {
    if (message.clientMessageId !== undefined) this.#ports.replies.acknowledge(message.conversationId, message.clientMessageId);
    if (message.conversationId !== this.#currentId) return;
    if (message.author === 'visitor') this.#showTyping(false);
    this.#reduce({ type, message });
  }

  delta(delta: MessageDelta): void {
    if (this.#currentId !== null) this.#reduce({ type: 'delta', delta });
  }

  visitorTyping(conversationId: string): void {
    if (conversationId !== this.#currentId) return;
    this.#showTyping(true);
    this.#timers.start('visitor-typing', TYPING_SHOWN_MS, () => this.#showTyping(false));
  }

  viewing(conversationId: string, agents: readonly Viewer[]): void {
    if (conversationId !== this.#currentId) return;
    const others = new Map<string, Viewer>();
    for (const agent of agents) {
      if (agent.id === this.#ports.agentId) continue;
      others.set(agent.id, { ...agent, isTyping: agent.isTyping || (others.get(agent.id)?.isTyping ?? false) });
    }
    this.#viewers = [...others.values()];
    if (this.#viewers.some((viewer) => viewer.isTyping)) this.#timers.start('viewer-typing', TYPING_SHOWN_MS, () => this.#calmViewers());
    this.#ports.onChange();
  }

  close(): void {
    this.#timers.cancelAll();
    this.#folders.clear();
    this.#currentId = null;
  }

  #opened(conversationId: string, answer: AgentAcks['conversation:open']): void {
    const { conversation, messages, notes, turns } = answer;
    const folder = this.#folder(conversationId);
    const state = reduceConversation(folder.state, { type: 'opened', conversation, messages });
    this.#keep(conversationId, { state, conversation, notes, turns });
    this.#watchGap(state);
    this.#enterPhase('ready');
  }

  #reduce(event: ConversationEvent): void {
    if (this.#currentId === null) return;
    const folder = this.#folder(this.#currentId);
    const state = reduceConversation(folder.state, event);
    if (state === folder.state) return;
    this.#keep(this.#currentId, { ...folder, state });
    this.#watchGap(state);
    this.#ports.onChange();
  }

  #watchGap(state: ConversationState): void {
    if (!hasGap(state)) this.#timers.cancel('gap');
    else this.#timers.startOnce('gap', GAP_MS, () => void this.resume());
  }

  #folder(conversationId: string): Folder {
    return this.#folders.get(conversationId) ?? emptyFolder;
  }

  #keep(conversationId: string, folder: Folder): void {
    this.#folders.delete(conversationId);
    this.#folders.set(conversationId, folder);
    const oldest = this.#folders.keys().next().value;
    if (this.#folders.size > FOLDERS_KEPT && oldest !== undefined) this.#folders.delete(oldest);
  }

  #enterPhase(phase: DeskPhase): void {
    this.#phase = phase;
    this.#ports.onChange();
  }

  #showTyping(isTyping: boolean): void {
    if (this.#isVisitorTyping === isTyping) return;
    this.#isVisitorTyping = isTyping;
    this.#ports.onChange();
  }

  #calmViewers(): void {
    this.#viewers = this.#viewers.map((viewer) => ({ ...viewer, isTyping: false }));
    this.#ports.onChange();
  }
}

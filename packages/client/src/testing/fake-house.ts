import type {
  AgentServerEvents,
  AgentSession,
  CannedReply,
  InboxConversation,
  Label,
  LadderView,
  Message,
  Note,
  TeamMember,
  TurnTrail,
} from '@stepdown/protocol';
import type { OpenAgentSocket } from '../agent-connection.ts';
import type { AlertView } from '../agent-snapshot.ts';
import { asAgentSocket, FakeAgentSocket, type Payload } from './fake-agent-socket.ts';
import { deskCommand, inboxPage } from './fake-inbox.ts';
import { makeConversation, makeLadder, makeMember, makeSession } from './house-records.ts';

export { makeConversation, makeLadder, makeMember, makeSession } from './house-records.ts';

interface Folder {
  conversation: InboxConversation;
  messages: Message[];
  notes: Note[];
  turns: TurnTrail[];
}

/** What a test sees of one command or request. */
export interface SeenCall {
  readonly name: string;
  readonly payload: Payload;
}

/**
 * The server as an agent's console sees it, in memory: one agent, conversations with messages, the ladder, alerts; both
 * HTTP and the agent socket, by the wire rules the client relies on.
 */
export class FakeHouse {
  readonly calls: SeenCall[] = [];
  readonly folders = new Map<string, Folder>();
  session: AgentSession | null = makeSession();
  isUp = true;
  ladder: LadderView = makeLadder();
  alerts: AlertView[] = [];
  team: TeamMember[] = [makeMember()];
  labels: Label[] = [];
  cannedReplies: CannedReply[] = [];
  /** Answers of HTTP routes that no part of this house has; by `METHOD /path`. */
  readonly routes = new Map<string, (body: Payload) => unknown>();
  /** Return an answer to use it, `'silence'` to never acknowledge, undefined for the usual one. */
  intercept: (call: SeenCall) => unknown = () => undefined;
  readonly #sockets = new Set<FakeAgentSocket>();

  readonly openSocket: OpenAgentSocket = () => asAgentSocket(new FakeAgentSocket(this));

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    if (!this.isUp) throw new TypeError('Failed to fetch');
    const { pathname, searchParams } = new URL(url);
    const name = `${init.method ?? 'GET'} ${pathname}`;
    const body: Payload = typeof init.body === 'string' ? JSON.parse(init.body) : Object.fromEntries(searchParams);
    this.calls.push({ name, payload: body });
    const answer = this.intercept({ name, payload: body }) ?? this.#route(name, body);
    const isRefusal = typeof answer === 'object' && answer !== null && 'error' in answer;
    return new Response(JSON.stringify(answer), { status: isRefusal ? 400 : 200 });
  };

  addConversation(fields: Partial<InboxConversation> = {}): InboxConversation {
    const conversation = makeConversation({ id: `con_${this.folders.size + 1}`, ...fields });
    this.folders.set(conversation.id, { conversation, messages: [], notes: [], turns: [] });
    this.emit('conversation:changed', { conversation });
    return conversation;
  }

  /** Changes a conversation and tells every console. */
  change(conversationId: string, fields: Partial<InboxConversation>): InboxConversation {
    const folder = this.#folder(conversationId);
    folder.conversation = { ...folder.conversation, ...fields };
    this.emit('conversation:changed', { conversation: folder.conversation });
    return folder.conversation;
  }

  addMessage(conversationId: string, fields: Partial<Message> = {}): Message {
    const folder = this.#folder(conversationId);
    const seq = folder.messages.length + 1;
    const message: Message = {
      id: `${conversationId}_msg_${seq}`,
      conversationId,
      seq,
      rev: 0,
      author: 'visitor',
      text: 'Hello',
      status: 'complete',
      createdAt: 1_000 + seq,
      ...fields,
    };
    folder.messages.push(message);
    this.emit('message:created', { message });
    return message;
  }

  emit<Name extends keyof AgentServerEvents>(name: Name, payload: Parameters<AgentServerEvents[Name]>[0]): void {
    for (const socket of this.#sockets) socket.deliver(name, payload);
  }

  drop(): void {
    for (const socket of this.#sockets) socket.end();
    this.#sockets.clear();
  }

  connect(socket: FakeAgentSocket): boolean {
    if (!this.isUp || this.session === null) return false;
    this.#sockets.add(socket);
    queueMicrotask(() => socket.deliver('connect', undefined));
    return true;
  }

  forget(socket: FakeAgentSocket): void {
    this.#sockets.delete(socket);
  }

  answer(call: SeenCall): unknown {
    this.calls.push(call);
    const given = this.intercept(call);
    if (given !== undefined) return given;
    if (this.session === null) return refuse('unauthorized');
    const folder = this.folders.get(String(call.payload.conversationId));
    if (call.name === 'agent:status') return this.#setAway(this.session.agent.id, call.payload.isAway === true);
    if (call.name.startsWith('conversation:') && folder === undefined) return refuse('not_found');
    return folder === undefined ? { ok: true } : this.#command(call, folder, this.session.agent);
  }

  #command({ name, payload }: SeenCall, folder: Folder, agent: AgentSession['agent']): unknown {
    const { conversation } = folder;
    switch (name) {
      case 'conversation:open':
        return { ok: true, ...folder, messages: folder.messages.filter((message) => message.seq > Number(payload.afterSeq ?? 0)) };
      case 'conversation:take':
        if (conversation.agentId !== null && conversation.agentId !== agent.id) return refuse('conflict');
        return { ok: true, conversation: this.change(conversation.id, { ...held(agent), waitingSince: null }) };
      case 'conversation:return':
        return { ok: true, conversation: this.change(conversation.id, { agentId: null, agentName: null, state: 'pending' }) };
      case 'conversation:resolve':
        return { ok: true, conversation: this.change(conversation.id, { agentId: null, agentName: null, state: 'resolved' }) };
      case 'message:send': {
        if (conversation.agentId !== agent.id) return refuse('conflict');
        const other = folder.messages.find(
          ({ author, authorName, seq }) => author === 'agent' && authorName !== agent.name && seq > Number(payload.seenSeq ?? 1e9),
        );
        if (other !== undefined) return refuse('conflict', `${other.authorName} has replied in the meantime.`);
        const known = folder.messages.find((message) => message.clientMessageId === payload.clientMessageId);
        const written = {
          author: 'agent' as const,
          authorName: agent.name,
          text: String(payload.text),
          clientMessageId: String(payload.clientMessageId),
        };
        const message = known ?? this.addMessage(conversation.id, written);
        return { ok: true, messageId: message.id, seq: message.seq };
      }
      case 'note:add': {
        const note = {
          id: `note_${folder.notes.length + 1}`,
          conversationId: conversation.id,
          authorName: agent.name,
          text: String(payload.text),
          createdAt: 5_000,
          mentions: Array.isArray(payload.mentions) ? payload.mentions.map(String) : [],
        };
        folder.notes.push(note);
        this.change(conversation.id, {});
        return { ok: true, noteId: note.id };
      }
      case 'conversation:assign':
      case 'conversation:snooze':
      case 'conversation:label':
        return {
          ok: true,
          conversation: this.change(conversation.id, deskCommand(name, payload, { conversation, team: this.team, labels: this.labels })),
        };
      default:
        return { ok: true };
    }
  }

  #setAway(agentId: string, isAway: boolean): unknown {
    this.team = this.team.map((member) => (member.id === agentId ? { ...member, isAway } : member));
    this.emit('team:changed', { team: this.team });
    return { ok: true, isAway };
  }

  #route(name: string, body: Payload): unknown {
    if (name === 'POST /api/agent/sign-in') this.session ??= makeSession();
    if (this.session === null) return refuse('unauthorized');
    switch (name) {
      case 'GET /api/agent/session':
      case 'POST /api/agent/sign-in':
        return this.session;
      case 'POST /api/agent/sign-out':
        this.session = null;
        return { ok: true };
      case 'GET /api/agent/ladder':
        return this.ladder;
      case 'GET /api/agent/team':
        return { team: this.team };
      case 'GET /api/agent/labels':
        return { labels: this.labels };
      case 'GET /api/agent/canned-replies':
        return { replies: this.cannedReplies };
      case 'GET /api/agent/alerts':
        return { alerts: this.alerts };
      case 'GET /api/agent/inbox':
        return inboxPage(
          [...this.folders.values()].map(({ conversation }) => conversation),
          body,
          this.session.agent.id,
        );
      default:
        return this.routes.get(name)?.(body) ?? refuse('not_found');
    }
  }

  #folder(conversationId: string): Folder {
    const folder = this.folders.get(conversationId);
    if (folder === undefined) throw new Error(`The test has no conversation ${conversationId}.`);
    return folder;
  }
}

function held(agent: AgentSession['agent']): Partial<InboxConversation> {
  return { state: 'open', agentId: agent.id, agentName: agent.name, tier: 'handoff' };
}

function refuse(code: string, message = `refused: ${code}`): object {
  return { ok: false, error: { code, message } };
}

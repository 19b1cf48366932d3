import type { Conversation, Message, MessageDelta, SessionReady, VisitorServerEvents } from '@stepdown/protocol';
import type { OpenSocket, VisitorSocket } from '../connection.ts';

type Listener = (payload: unknown) => void;

/** What a test sees of one command. */
export interface SeenCommand {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * A visitor namespace in memory: one conversation for each visitor, durable messages, exactly the wire rules that the
 * client relies on. Connections open in the next microtask.
 */
export class FakeServer {
  readonly commands: SeenCommand[] = [];
  readonly handshakes: Readonly<Record<string, unknown>>[] = [];
  readonly messages: Message[] = [];
  conversation: Conversation | null = null;
  session: Partial<SessionReady> = {};
  isUp = true;
  /** Return an answer to use it, `'silence'` to never acknowledge, undefined for the usual one. */
  intercept: (command: SeenCommand) => unknown = () => undefined;
  readonly #sockets = new Set<FakeSocket>();

  readonly openSocket: OpenSocket = (_url, auth) => asVisitorSocket(new FakeSocket(this, auth));

  emit<Name extends keyof VisitorServerEvents>(name: Name, payload: Parameters<VisitorServerEvents[Name]>[0]): void {
    for (const socket of this.#sockets) socket.deliver(name, payload);
  }

  delta(delta: MessageDelta): void {
    this.emit('message:delta', delta);
  }

  addMessage(fields: Partial<Message>): Message {
    this.conversation ??= { id: 'con_1', state: 'pending', lastSeq: 0, handoff: { state: 'none' }, createdAt: 1 };
    const seq = this.messages.length + 1;
    const message: Message = {
      id: `msg_${seq}`,
      conversationId: this.conversation.id,
      seq,
      rev: 0,
      author: 'assistant',
      text: '',
      status: 'complete',
      createdAt: seq,
      ...fields,
    };
    this.messages.push(message);
    this.emit('message:created', { message });
    return message;
  }

  drop(): void {
    for (const socket of this.#sockets) socket.end();
    this.#sockets.clear();
  }

  connect(socket: FakeSocket, handshake: Readonly<Record<string, unknown>>): boolean {
    if (!this.isUp) return false;
    this.handshakes.push(handshake);
    this.#sockets.add(socket);
    queueMicrotask(() => {
      const { conversation } = this;
      const known = typeof handshake.token === 'string' ? handshake.token : `tok_${this.handshakes.length}`;
      const ready: SessionReady = {
        token: known,
        visitorId: `vis_${known}`,
        tier: 'claude',
        notice: 'ai',
        ...this.session,
        config: {
          protocolVersion: 1,
          siteName: 'Shop',
          fallbackEmail: null,
          locale: 'en',
          isSimulated: false,
          conversationId: conversation?.id ?? null,
        },
      };
      socket.deliver('session:ready', ready);
    });
    return true;
  }

  forget(socket: FakeSocket): void {
    this.#sockets.delete(socket);
  }

  answer(command: SeenCommand): unknown {
    this.commands.push(command);
    const given = this.intercept(command);
    if (given !== undefined) return given;
    switch (command.name) {
      case 'message:send':
        return this.#store(command.payload);
      case 'conversation:open': {
        const after = Number(command.payload.afterSeq ?? 0);
        return { ok: true, conversation: this.conversation, messages: this.messages.filter((one) => one.seq > after), tier: 'claude' };
      }
      case 'handoff:request':
        return { ok: true, position: 1, online: false };
      default:
        return { ok: true };
    }
  }

  #store(payload: Readonly<Record<string, unknown>>): unknown {
    const clientMessageId = String(payload.clientMessageId);
    const known = this.messages.find((message) => message.clientMessageId === clientMessageId);
    const message = known ?? this.addMessage({ author: 'visitor', text: String(payload.text), clientMessageId });
    return { ok: true, conversationId: message.conversationId, messageId: message.id, seq: message.seq };
  }
}

class FakeSocket {
  connected = false;
  active = false;
  readonly #server: FakeServer;
  readonly #auth: () => object;
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(server: FakeServer, auth: () => object) {
    this.#server = server;
    this.#auth = auth;
  }

  on(name: string, listener: Listener): this {
    this.#listeners.set(name, (this.#listeners.get(name) ?? new Set()).add(listener));
    return this;
  }

  connect(): this {
    this.active = true;
    this.connected = this.#server.connect(this, { ...this.#auth() });
    if (!this.connected) queueMicrotask(() => this.deliver('connect_error', new Error('unreachable')));
    return this;
  }

  disconnect(): this {
    this.active = false;
    this.connected = false;
    this.#server.forget(this);
    return this;
  }

  /** The connection broke; like Socket.IO's, `active` says whether it comes back by itself. Here tests reconnect. */
  end(): void {
    this.connected = false;
    this.deliver('disconnect', 'transport close');
  }

  emit(name: string, payload: Readonly<Record<string, unknown>>, acknowledge: Listener): this {
    const answer = this.#server.answer({ name, payload });
    if (answer !== 'silence') queueMicrotask(() => acknowledge(answer));
    return this;
  }

  deliver(name: string, payload: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload);
  }
}

/** `FakeSocket` has every member of `VisitorSocket`; its event names are plain strings where Socket.IO types each one. */
function asVisitorSocket(socket: FakeSocket): VisitorSocket {
  return socket as unknown as VisitorSocket;
}

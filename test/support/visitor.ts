import type { Ack, Message, MessageDelta, SessionReady, VisitorAcks, VisitorCommand } from '@stepdown/protocol';
import { io, type Socket } from 'socket.io-client';

/** A raw client: the wire as it is, without our own client in between. */
export interface RawVisitor {
  readonly socket: Socket;
  readonly session: SessionReady;
  /** Every event in the order it came. */
  readonly events: readonly { readonly name: string; readonly payload: unknown; readonly at: number }[];
  readonly messages: ReadonlyMap<string, Message>;
  /** Text of a message as the delta rules build it; throws on a gap. */
  textOf(messageId: string): string;
  send<Name extends VisitorCommand>(name: Name, payload: object): Promise<Ack<VisitorAcks[Name]>>;
  /** Resolves with the first answer completed after this call (or already there) for which `accept` holds. */
  completed(accept?: (message: Message) => boolean): Promise<Message>;
  until(name: string, accept?: (payload: unknown) => boolean): Promise<unknown>;
  close(): void;
}

export interface RawVisitorOptions {
  readonly auth?: object;
  readonly origin?: string;
  /** More headers of the handshake, such as the address a proxy names. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly transports?: ('websocket' | 'polling')[];
}

const PATIENCE_MS = 15_000;

export async function connectVisitor(url: string, options: RawVisitorOptions = {}): Promise<RawVisitor> {
  const socket = io(`${url}/visitor`, {
    forceNew: true,
    reconnection: false,
    transports: options.transports ?? ['websocket'],
    auth: { site: 'default', ...options.auth },
    extraHeaders: { origin: options.origin ?? url, ...options.headers },
  });
  const events: { name: string; payload: unknown; at: number }[] = [];
  const messages = new Map<string, Message>();
  const texts = new Map<string, { rev: number; text: string }>();
  const watchers = new Set<() => void>();
  socket.onAny((name: string, payload: unknown) => {
    events.push({ name, payload, at: performance.now() });
    if (name === 'message:delta') applyDelta(texts, payload as MessageDelta);
    if (name.startsWith('message:') && name !== 'message:delta') {
      const { message } = payload as { message: Message };
      messages.set(message.id, message);
      const known = texts.get(message.id);
      if (known === undefined || message.rev >= known.rev) texts.set(message.id, { rev: message.rev, text: message.text });
    }
    for (const watcher of watchers) watcher();
  });

  function until(name: string, accept: (payload: unknown) => boolean = () => true): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const look = (): boolean => {
        const found = events.find((event) => event.name === name && accept(event.payload));
        if (found === undefined) return false;
        clearTimeout(timer);
        watchers.delete(look);
        resolve(found.payload);
        return true;
      };
      const timer = setTimeout(() => {
        watchers.delete(look);
        reject(new Error(`No "${name}" in ${PATIENCE_MS} ms; seen: ${events.map((event) => event.name).join(' ')}`));
      }, PATIENCE_MS);
      if (!look()) watchers.add(look);
    });
  }

  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.close();
      reject(error);
    });
  });
  const session = (await until('session:ready')) as SessionReady;
  return {
    socket,
    session,
    events,
    messages,
    textOf: (messageId) => texts.get(messageId)?.text ?? '',
    send: (name, payload) => socket.timeout(PATIENCE_MS).emitWithAck(name, payload),
    completed: async (accept = () => true) => {
      const payload = (await until('message:completed', (each) => accept((each as { message: Message }).message))) as { message: Message };
      return payload.message;
    },
    until,
    close: () => socket.close(),
  };
}

function applyDelta(texts: Map<string, { rev: number; text: string }>, delta: MessageDelta): void {
  const known = texts.get(delta.messageId) ?? { rev: 0, text: '' };
  if (delta.rev < known.rev) return;
  const base = delta.rev > known.rev ? '' : known.text;
  if (delta.offset !== base.length) throw new Error(`A delta at ${delta.offset} does not continue a text of ${base.length}`);
  texts.set(delta.messageId, { rev: delta.rev, text: base + delta.text });
}

import type { Ack, VisitorAcks, VisitorClientEvents, VisitorCommand, VisitorHandshake, VisitorServerEvents } from '@stepdown/protocol';
import { io, type Socket } from 'socket.io-client';
import type { ClientClock, Random } from './ports.ts';

/** The part of a Socket.IO socket that is used here. */
export type VisitorSocket = Pick<
  Socket<VisitorServerEvents, VisitorClientEvents>,
  'active' | 'connected' | 'connect' | 'disconnect' | 'emit' | 'on'
> & {
  /** The next attempt begins with the other transport. */
  readonly swapTransports?: () => void;
};

/** Makes a socket that does not connect by itself; `auth` is asked at every handshake. */
export type OpenSocket = (url: string, auth: () => VisitorHandshake) => VisitorSocket;

export type CommandPayload<Name extends VisitorCommand> = Parameters<VisitorClientEvents[Name]>[0];

export interface Connection {
  readonly socket: VisitorSocket;
  open(): void;
  close(): void;
  /** Connects now instead of at the end of a pause: the network is back, or an acknowledgement never came. */
  reconnect(): void;
  /** Never rejects: no connection or no answer in time is `unavailable`. */
  request<Name extends VisitorCommand>(name: Name, payload: CommandPayload<Name>): Promise<Ack<VisitorAcks[Name]>>;
}

export interface ConnectionPorts {
  readonly url: string;
  readonly auth: () => VisitorHandshake;
  readonly clock: ClientClock;
  readonly random: Random;
  readonly openSocket?: OpenSocket;
  /** The connection ended or could not be made; it is tried again by itself. */
  readonly onLost: () => void;
}

/** An acknowledgement follows a commit, which takes milliseconds; after this long the connection is taken for dead. */
const ACKNOWLEDGE_MS = 8_000;
/** Pause before connecting again where Socket.IO does not by itself: the server closed the socket or refused the handshake. */
const REFUSED_PAUSE_MS = 2_000;
/** A handshake takes two round trips; a proxy that accepts a websocket and then drops it is only noticed by this. */
const HANDSHAKE_MS = 5_000;
const RECONNECT_FIRST_MS = 500;
const RECONNECT_LONGEST_MS = 5_000;

/** Websocket first, polling where a proxy breaks it; the token is in the handshake body alone, never in a URL. */
export const openVisitorSocket: OpenSocket = (url, auth) => {
  const socket: Socket<VisitorServerEvents, VisitorClientEvents> = io(`${url}/visitor`, {
    auth: (answer) => answer(auth()),
    autoConnect: false,
    forceNew: true,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    // Long polling over several processes needs the balancer's cookie.
    withCredentials: true,
    reconnectionDelay: RECONNECT_FIRST_MS,
    reconnectionDelayMax: RECONNECT_LONGEST_MS,
    timeout: HANDSHAKE_MS,
  });
  // Read anew at every attempt; the list given above is replaced by the engine at the first one.
  return Object.assign(socket, { swapTransports: () => void socket.io.opts.transports?.reverse() });
};

/** Keeps one socket of the visitor namespace connected and turns its commands into promises. */
export function createConnection(ports: ConnectionPorts): Connection {
  return new SocketConnection(ports);
}

class SocketConnection implements Connection {
  readonly socket: VisitorSocket;
  readonly #ports: ConnectionPorts;
  #isWanted = false;
  #retryTimer: unknown = null;

  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
    this.socket = (ports.openSocket ?? openVisitorSocket)(ports.url, ports.auth);
    this.socket.on('disconnect', () => this.#lost());
    this.socket.on('connect_error', () => {
      // A dead server refuses both transports in one attempt; whatever broke here may break only the one that went first.
      this.socket.swapTransports?.();
      this.#lost();
    });
  }

  open(): void {
    this.#isWanted = true;
    this.socket.connect();
  }

  close(): void {
    this.#isWanted = false;
    this.#ports.clock.clearTimeout(this.#retryTimer);
    this.socket.disconnect();
  }

  reconnect(): void {
    if (!this.#isWanted) return;
    this.#ports.clock.clearTimeout(this.#retryTimer);
    // Disconnecting first also ends a pause between two attempts; connect() alone would wait for it.
    this.socket.disconnect();
    this.socket.connect();
  }

  request<Name extends VisitorCommand>(name: Name, payload: CommandPayload<Name>): Promise<Ack<VisitorAcks[Name]>> {
    // Socket.IO would keep the packet and send it after the reconnect, beside the outbox and before the handshake is answered.
    if (!this.socket.connected) return Promise.resolve(unavailable('not connected'));
    return new Promise((resolve) => {
      const timer = this.#ports.clock.setTimeout(() => resolve(unavailable('no acknowledgement')), ACKNOWLEDGE_MS);
      emitCommand(this.socket, name, payload, (answer) => {
        this.#ports.clock.clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  #lost(): void {
    this.#ports.onLost();
    if (!this.#isWanted || this.socket.active) return;
    this.#ports.clock.clearTimeout(this.#retryTimer);
    this.#retryTimer = this.#ports.clock.setTimeout(() => this.socket.connect(), REFUSED_PAUSE_MS * (0.5 + this.#ports.random()));
  }
}

function unavailable(message: string): { readonly ok: false; readonly error: { readonly code: 'unavailable'; readonly message: string } } {
  return { ok: false, error: { code: 'unavailable', message } };
}

/**
 * `emit` is typed for each event name apart, which a generic name can't satisfy; the pairing of name, payload and answer
 * is guaranteed by `CommandPayload` and `VisitorAcks`, both derived from the same table.
 */
function emitCommand<Name extends VisitorCommand>(
  socket: VisitorSocket,
  name: Name,
  payload: CommandPayload<Name>,
  acknowledge: (answer: Ack<VisitorAcks[Name]>) => void,
): void {
  const emit = socket.emit.bind(socket) as (name: string, payload: unknown, acknowledge: (answer: Ack<VisitorAcks[Name]>) => void) => void;
  emit(name, payload, acknowledge);
}

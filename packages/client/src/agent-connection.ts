import type { Ack, AgentAcks, AgentClientEvents, AgentCommand, AgentServerEvents } from '@stepdown/protocol';
import { io, type Socket } from 'socket.io-client';
import type { ClientClock } from './ports.ts';

/** The part of a Socket.IO socket that is used here. */
export type AgentSocket = Pick<
  Socket<AgentServerEvents, AgentClientEvents>,
  'active' | 'connected' | 'connect' | 'disconnect' | 'emit' | 'on'
>;

/** Makes a socket that does not connect by itself; the token is asked at every handshake. */
export type OpenAgentSocket = (url: string, token: () => string) => AgentSocket;

export type AgentCommandPayload<Name extends AgentCommand> = Parameters<AgentClientEvents[Name]>[0];

export interface AgentConnection {
  readonly socket: AgentSocket;
  open(): void;
  close(): void;
  /** Never rejects: no connection or no answer in time is `unavailable`. */
  request<Name extends AgentCommand>(name: Name, payload: AgentCommandPayload<Name>): Promise<Ack<AgentAcks[Name]>>;
}

export interface AgentConnectionPorts {
  readonly url: string;
  readonly clock: ClientClock;
  readonly token: () => string;
  readonly openSocket?: OpenAgentSocket;
  /** `isRefused`: the server said no; whether the session has ended is to be asked before the next attempt. */
  readonly onLost: (isRefused: boolean) => void;
}

const ACKNOWLEDGE_MS = 8_000;
const HANDSHAKE_MS = 5_000;

/** Websocket first, polling where a proxy breaks it; the token is in the handshake body alone (checklist D07, D09). */
const openAgentSocket: OpenAgentSocket = (url, token) => {
  const socket = io(`${url}/agent`, {
    auth: (answer) => answer({ token: token() }),
    autoConnect: false,
    forceNew: true,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    timeout: HANDSHAKE_MS,
  });
  // A proxy may accept a websocket and drop it: the next attempt begins with the other transport.
  socket.on('connect_error', () => void socket.io.opts.transports?.reverse());
  return socket;
};

/** One socket of the agent namespace, its commands as promises. */
export function createAgentConnection(ports: AgentConnectionPorts): AgentConnection {
  const socket = (ports.openSocket ?? openAgentSocket)(ports.url, ports.token);
  let isWanted = false;
  const lost = () => {
    // Socket.IO goes on by itself unless the server refused the handshake or closed the socket.
    if (isWanted) ports.onLost(!socket.active);
  };
  socket.on('disconnect', lost);
  socket.on('connect_error', lost);
  return {
    socket,
    open() {
      isWanted = true;
      socket.connect();
    },
    close() {
      isWanted = false;
      socket.disconnect();
    },
    request: (name, payload) => {
      if (!socket.connected) return Promise.resolve(unavailable('You are not connected right now.'));
      return new Promise((resolve) => {
        const timer = ports.clock.setTimeout(() => resolve(unavailable('The server did not answer in time.')), ACKNOWLEDGE_MS);
        emitCommand(socket, name, payload, (answer) => {
          ports.clock.clearTimeout(timer);
          resolve(answer);
        });
      });
    },
  };
}

export function unavailable(message: string): {
  readonly ok: false;
  readonly error: { readonly code: 'unavailable'; readonly message: string };
} {
  return { ok: false, error: { code: 'unavailable', message } };
}

/**
 * `emit` is typed for each event name apart, which a generic name can't satisfy; the pairing of name, payload and answer
 * is guaranteed by `AgentCommandPayload` and `AgentAcks`, both derived from the same table.
 */
function emitCommand<Name extends AgentCommand>(
  socket: AgentSocket,
  name: Name,
  payload: AgentCommandPayload<Name>,
  acknowledge: (answer: Ack<AgentAcks[Name]>) => void,
): void {
  const emit = socket.emit.bind(socket) as (name: string, payload: unknown, acknowledge: (answer: Ack<AgentAcks[Name]>) => void) => void;
  emit(name, payload, acknowledge);
}

import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { LIMITS } from '@stepdown/protocol';
import { Server } from 'socket.io';
import type { AddressOf } from '../access/addresses.ts';
import type { Origins } from '../access/origins.ts';
import { CONNECTIONS_PER_ADDRESS, createSeats } from './guard.ts';

export interface IoPorts {
  readonly origins: Origins;
  readonly addressOf: AddressOf;
}

/** One socket server for both namespaces. Its own defaults are too generous: 1 MB frames, 45 s handshakes, any origin. */
export function createIo(http: HttpServer, { origins, addressOf }: IoPorts): Server {
  const seats = createSeats(CONNECTIONS_PER_ADDRESS);
  const io = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: LIMITS.frameBytes,
    connectTimeout: 10_000,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    // Costs four times the CPU and ten times the memory for texts this short.
    perMessageDeflate: false,
    // `cors` alone accepts a websocket from any origin; this check covers both transports (D08).
    allowRequest: (request, decide) => decide(null, origins.isAllowedRequest(request.headers) && seats.hasRoom(addressOf(request))),
    cors: { origin: (origin, decide) => decide(null, origin !== undefined && origins.isAllowed(origin)), credentials: true },
  });
  // Counted here and not in a namespace: a connection that joins none is open too (D16).
  io.engine.on('connection', (connection: Connection) => {
    connection.once('close', seats.take(addressOf(connection.request)));
    refuseBinary(connection);
  });
  io.engine.on('headers', (headers: Record<string, string>) => Object.assign(headers, POLLING_HEADERS));
  return io;
}

/** Polling answers do not pass Express, so they bring their own. */
const POLLING_HEADERS = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };

/** The part of an Engine.IO socket that is used here; `io.engine` is untyped. */
interface Connection {
  readonly request: IncomingMessage;
  once(event: 'close', listener: () => void): void;
  on(event: 'packet', listener: (packet: { readonly type: string; readonly data?: unknown }) => void): void;
  close(discard: boolean): void;
}

/** Nothing of the protocol is binary; a packet that announces attachments would be kept until they come (D15). */
function refuseBinary(connection: Connection): void {
  connection.on('packet', ({ type, data }) => {
    if (type === 'message' && (typeof data !== 'string' || /^[56]/.test(data))) connection.close(true);
  });
}

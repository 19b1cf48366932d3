import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type Server } from 'node:net';
import type { SimulatorClock } from '../clock.ts';
import { type Blackhole, openBlackhole } from '../listen/blackhole.ts';
import { createSelfSigned } from '../listen/certificate.ts';
import { createSocketSet, LOOPBACK, listen, stopListening } from '../listen/tcp.ts';
import { resetSocket } from './play-attempt.ts';
import type { ListenerKind } from './wire-script.ts';

/** One origin for each kind of listener. */
export interface Listeners {
  /** Scheme, host and port under which a client meets this listener. */
  originOf(kind: ListenerKind): string;
  close(): Promise<void>;
}

export interface ListenerOptions {
  readonly clock: SimulatorClock;
  readonly onRequest: RequestListener;
  /** Blackholes cost a thread and about 100 ms: opened only when a script asks for one. */
  readonly needsBlackhole: boolean;
}

export async function openListeners({ clock, onRequest, needsBlackhole }: ListenerOptions): Promise<Listeners> {
  const sockets = createSocketSet();
  const servers: Server[] = [];
  const open = async (server: Server): Promise<number> => {
    sockets.watch(server);
    servers.push(server);
    return listen(server, 0);
  };
  const http = createHttpServer({ keepAliveTimeout: 60_000 }, onRequest);
  // TLS bytes on the plain port are a client error to Node; it must answer as a web server would, not throw.
  http.on('clientError', (_cause, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
  });
  const https = createHttpsServer(createSelfSigned(clock.now()), onRequest);
  https.on('tlsClientError', () => {});
  const ports = {
    http: await open(http),
    tls: await open(https),
    silent: await open(createTcpServer(() => {})),
    reset: await open(createTcpServer(resetSocket)),
    refused: await closedPort(),
  };
  const blackhole = needsBlackhole ? await openBlackhole(clock) : null;
  return {
    originOf: (kind) => originOf(kind, ports, blackhole),
    close: async () => {
      sockets.destroyAll();
      for (const server of servers) stopListening(server);
      await blackhole?.close();
    },
  };
}

interface Ports {
  readonly http: number;
  readonly tls: number;
  readonly silent: number;
  readonly reset: number;
  readonly refused: number;
}

function originOf(kind: ListenerKind, ports: Ports, blackhole: Blackhole | null): string {
  switch (kind) {
    case 'http':
      return `http://${LOOPBACK}:${ports.http}`;
    case 'refuse':
      return `http://${LOOPBACK}:${ports.refused}`;
    case 'reset':
      return `http://${LOOPBACK}:${ports.reset}`;
    case 'silent':
      return `http://${LOOPBACK}:${ports.silent}`;
    case 'tls-silent':
      return `https://${LOOPBACK}:${ports.silent}`;
    case 'tls-selfsigned':
      return `https://localhost:${ports.tls}`;
    case 'plaintext-on-tls':
      return `https://${LOOPBACK}:${ports.http}`;
    case 'dns-nxdomain':
      return 'http://api.does-not-exist.invalid';
    case 'syn-blackhole':
      if (blackhole === null) throw new Error('no script of this server asked for a blackhole');
      return `http://${LOOPBACK}:${blackhole.port}`;
  }
}

/** A port that was free a moment ago and that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createTcpServer();
  const port = await listen(server, 0);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

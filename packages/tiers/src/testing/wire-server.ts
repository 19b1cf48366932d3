import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { parseJson } from '../json.ts';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  readonly body: unknown;
}

export interface WireServer {
  readonly origin: string;
  readonly requests: readonly SeenRequest[];
  /** Connections accepted so far. */
  readonly connectionCount: number;
  /** Resolves when no connection is open. */
  allClosed(): Promise<void>;
  close(): void;
}

/** A loopback server that notes each request whole and lets `reply` answer it. */
export async function startWireServer(reply: (request: SeenRequest, response: ServerResponse) => void): Promise<WireServer> {
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let connectionCount = 0;
  let onClosed: (() => void)[] = [];
  const server = createServer((request, response) => {
    void readRequest(request).then((seen) => {
      requests.push(seen);
      reply(seen, response);
    });
  });
  server.on('connection', (socket) => {
    connectionCount += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      if (sockets.size > 0) return;
      for (const tell of onClosed) tell();
      onClosed = [];
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${portOf(server.address())}`,
    requests,
    get connectionCount() {
      return connectionCount;
    },
    allClosed: () => (sockets.size === 0 ? Promise.resolve() : new Promise((resolve) => onClosed.push(resolve))),
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  let rawBody = '';
  for await (const piece of request) rawBody += String(piece);
  return { method: request.method ?? '', url: request.url ?? '', headers: request.headers, rawBody, body: parseJson(rawBody) };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

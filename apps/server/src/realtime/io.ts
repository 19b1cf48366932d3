import type { Server as HttpServer } from 'node:http';
import { LIMITS } from '@stepdown/protocol';
import { Server } from 'socket.io';
import type { Origins } from '../access/origins.ts';

/** One socket server for both namespaces. Its own defaults are too generous: 1 MB frames, 45 s handshakes, any origin. */
export function createIo(http: HttpServer, origins: Origins): Server {
  return new Server(http, {
    serveClient: false,
    maxHttpBufferSize: LIMITS.frameBytes,
    connectTimeout: 10_000,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    // Costs four times the CPU and ten times the memory for texts this short.
    perMessageDeflate: false,
    // `cors` alone accepts a websocket from any origin; this check covers both transports (D08).
    allowRequest: (request, decide) => decide(null, origins.isAllowedRequest(request.headers)),
    cors: { origin: (origin, decide) => decide(null, origin !== undefined && origins.isAllowed(origin)), credentials: true },
  });
}

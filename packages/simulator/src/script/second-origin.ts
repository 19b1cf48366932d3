import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createSocketSet, LOOPBACK, listen, stopListening } from '../listen/tcp.ts';

/** A request that reached the second origin: where a redirect would carry a key or a question. */
export interface OriginTwoHit {
  readonly url: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
}

export interface SecondOrigin {
  readonly origin: string;
  readonly hits: readonly OriginTwoHit[];
  close(): void;
}

export async function openSecondOrigin(): Promise<SecondOrigin> {
  const hits: OriginTwoHit[] = [];
  const sockets = createSocketSet();
  const server = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
    });
    request.on('end', () => {
      hits.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers, bytes });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  sockets.watch(server);
  const port = await listen(server, 0);
  return {
    origin: `http://${LOOPBACK}:${port}`,
    hits,
    close: () => {
      sockets.destroyAll();
      stopListening(server);
    },
  };
}

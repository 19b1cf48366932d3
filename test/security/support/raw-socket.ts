import { request } from 'node:http';

/** A websocket without a client: frames as they are on the wire. */
export interface RawSocket {
  readonly frames: readonly string[];
  readonly isOpen: () => boolean;
  readonly closed: Promise<void>;
  send(frame: string | Uint8Array<ArrayBuffer>): void;
  /** Resolves with the first frame, from `from` on, that `accept` holds for. */
  frame(accept: (frame: string) => boolean, from?: number): Promise<string>;
  close(): void;
}

const PATIENCE_MS = 10_000;

export async function openRawSocket(serverUrl: string, headers: Readonly<Record<string, string>>): Promise<RawSocket> {
  const socket = openWithHeaders(`${serverUrl.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, headers);
  const frames: string[] = [];
  const watchers = new Set<() => void>();
  socket.addEventListener('message', ({ data }) => {
    frames.push(String(data));
    // Answering pings is what keeps a connection open; these tests want it to live.
    if (data === '2') socket.send('3');
    for (const watch of watchers) watch();
  });
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('The websocket was refused')));
  });
  return {
    frames,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    closed,
    send: (frame) => socket.send(frame),
    close: () => socket.close(),
    frame: (accept, from = 0) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(look);
          reject(new Error(`No such frame; seen: ${frames.slice(-5).join(' | ').slice(0, 600)}`));
        }, PATIENCE_MS);
        const look = (): void => {
          const found = frames.slice(from).find(accept);
          if (found === undefined) return;
          clearTimeout(timer);
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
      }),
  };
}

/** Node's WebSocket (undici) takes headers as its second argument; the DOM types, made for browsers, do not know that. */
function openWithHeaders(url: string, headers: Readonly<Record<string, string>>): WebSocket {
  const options: unknown = { headers };
  return new WebSocket(url, options as string[]);
}

/** Status of a websocket handshake: 101 when it was accepted. */
export function handshakeStatus(serverUrl: string, headers: Readonly<Record<string, string>>, path = '/socket.io/'): Promise<number> {
  return new Promise((resolve, reject) => {
    const handshake = request(`${serverUrl}${path}?EIO=4&transport=websocket`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
        ...headers,
      },
    });
    handshake.once('upgrade', (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    handshake.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    handshake.once('error', reject);
    handshake.end();
  });
}

import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface RecordedCall {
  readonly url: string;
  readonly isUpgrade: boolean;
  readonly body: string;
}

export interface RecordingProxy {
  readonly url: string;
  readonly requests: readonly RecordedCall[];
  close(): Promise<void>;
}

/** Stands before a server and writes down what a browser would ask for, the way an access log sees it. */
export async function startRecordingProxy(target: string, options: { readonly refusesUpgrades?: boolean } = {}): Promise<RecordingProxy> {
  const requests: RecordedCall[] = [];
  const upgraded = new Set<Duplex>();
  const forward = (incoming: IncomingMessage) =>
    request(`${target}${incoming.url ?? '/'}`, {
      method: incoming.method,
      // A browser names the page's origin; the client under Node does not.
      headers: { ...incoming.headers, origin: target },
    });
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    const onward = forward(incoming);
    incoming.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      onward.write(chunk);
    });
    incoming.on('end', () => {
      requests.push({ url: incoming.url ?? '', isUpgrade: false, body: Buffer.concat(chunks).toString() });
      onward.end();
    });
    onward.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
  });
  server.on('upgrade', (incoming, near) => {
    requests.push({ url: incoming.url ?? '', isUpgrade: true, body: '' });
    if (options.refusesUpgrades) return void near.destroy();
    const onward = forward(incoming);
    onward.on('upgrade', (response, far) => {
      const head = Object.entries(response.headers).map(([name, value]) => `${name}: ${String(value)}`);
      near.write(`HTTP/1.1 101 Switching Protocols\r\n${head.join('\r\n')}\r\n\r\n`);
      far.pipe(near).pipe(far);
      upgraded.add(near).add(far);
      far.on('error', () => near.destroy());
      near.on('error', () => far.destroy());
    });
    onward.on('response', () => near.destroy());
    onward.on('error', () => near.destroy());
    onward.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address object.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of upgraded) socket.destroy();
      }),
  };
}

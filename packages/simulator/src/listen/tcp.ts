import type { AddressInfo, Server, Socket } from 'node:net';

/** Loopback only: a simulator answers to anyone, so nobody outside this machine may reach it. */
export const LOOPBACK = '127.0.0.1';

/** Starts listening on loopback and returns the port. Port 0 takes a free one. Rejects when the port is taken. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: LOOPBACK }, () => {
      server.off('error', reject);
      resolve(portOf(server.address()));
    });
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('the server does not listen on a TCP port');
  return address.port;
}

/** Stops listening. Connections already open stay. */
export function stopListening(server: Server): void {
  if (server.listening) server.close();
}

/** The open sockets of one or more servers, so that closing leaves none behind. */
export interface SocketSet {
  watch(server: Server): void;
  destroyAll(): void;
}

export function createSocketSet(): SocketSet {
  const sockets = new Set<Socket>();
  const add = (socket: Socket) => {
    sockets.add(socket);
    // A client that vanishes is what faults are about; unheard, its error would end the process.
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  };
  return {
    watch: (server) => server.on('connection', add),
    destroyAll: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

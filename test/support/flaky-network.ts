import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be cut: what is open breaks off, and nothing new gets through. */
export interface FlakyNetwork {
  readonly url: string;
  readonly port: number;
  /** Where it leads; known after the server has started. */
  leadTo(port: number): void;
  setReachable(isReachable: boolean): void;
  close(): Promise<void>;
}

export async function startFlakyNetwork(): Promise<FlakyNetwork> {
  const open = new Set<Socket>();
  let target = 0;
  let isReachable = true;
  const server = createServer((near) => {
    if (!isReachable) return void near.destroy();
    const far = connect(target, 'localhost');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => {});
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const breakAll = (): void => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    url: `http://localhost:${port}`,
    port,
    leadTo(next) {
      target = next;
    },
    setReachable(next) {
      isReachable = next;
      if (!next) breakAll();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        breakAll();
      }),
  };
}

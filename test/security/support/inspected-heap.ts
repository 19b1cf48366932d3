import type { TestServer } from '../../support/server.ts';

/** Environment of a server whose heap can be read; the port is any free one of this machine. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' } as const;

/** Bytes that are still reachable in the server: garbage is collected first, so the number means something. */
export async function reachableHeapBytes(server: TestServer): Promise<number> {
  const address = /Debugger listening on (ws:\S+)/.exec(server.output())?.[1];
  if (address === undefined) throw new Error('The server was not started with INSPECTED.');
  const inspector = new WebSocket(address);
  await new Promise((resolve, reject) => {
    inspector.addEventListener('open', resolve);
    inspector.addEventListener('error', () => reject(new Error('The inspector does not answer.')));
  });
  let lastId = 0;
  const ask = (method: string): Promise<{ result?: { usedSize?: number } }> => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      inspector.addEventListener('message', ({ data }) => {
        const answer = JSON.parse(String(data));
        if (answer.id === id) resolve(answer);
      });
      inspector.send(JSON.stringify({ id, method }));
    });
  };
  await ask('HeapProfiler.collectGarbage');
  const { result } = await ask('Runtime.getHeapUsage');
  inspector.close();
  return result?.usedSize ?? Number.NaN;
}

import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, StepdownError } from '@stepdown/kernel';
import type { ServerConfig } from './config.ts';

/** @throws StepdownError `port-taken`, `port-forbidden` or `port-failed`. */
export function listen(http: HttpServer, { host, port }: ServerConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (cause) => reject(listenError(cause, host, port)));
    http.listen(port, host, () => resolve());
  });
}

function listenError(cause: Error, host: string, port: number): StepdownError {
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE')
    return new StepdownError(
      'port-taken',
      `Port ${port} on ${host} is taken by another program.`,
      'Stop that program, or start with another port: PORT=3001 npm start',
      { cause },
    );
  if (code === 'EACCES')
    return new StepdownError(
      'port-forbidden',
      `Port ${port} needs more rights than this user has.`,
      'Use a port above 1023, and a reverse proxy in front for 80 and 443.',
      { cause },
    );
  return new StepdownError(
    'port-failed',
    `The server can't listen on ${host}:${port}: ${messageOf(cause)}`,
    'Set HOST to an address of this machine.',
    { cause },
  );
}

/** 0 before the server listens. */
export function portOf(http: HttpServer): number {
  // A TCP server that listens has an address object; before that there is no port yet.
  const address = http.address() as AddressInfo | null;
  return address?.port ?? 0;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pause, type SimulatorClock, untilAborted } from '../clock.ts';
import type { WireAttempt, WireChunk, WireEnd } from './wire-script.ts';

/** Where an attempt is played. `signal` aborts when the socket is gone or the play is called off. */
export interface Stage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly clock: SimulatorClock;
  readonly signal: AbortSignal;
  /** Fills the placeholders of headers. */
  readonly expand?: (text: string) => string;
  readonly onToken?: () => void;
}

/**
 * Plays one attempt. True when it came to its end; false when the signal aborted first, which is the only way out of
 * `hang`. Never throws for a vanished client.
 */
export async function playAttempt(attempt: WireAttempt, stage: Stage): Promise<boolean> {
  await pause(stage.clock, attempt.headersAfterMs ?? 0, stage.signal);
  if (stage.signal.aborted) return false;
  sendHead(attempt, stage);
  await playChunks(attempt.chunks ?? [], stage);
  await pause(stage.clock, attempt.endAfterMs ?? 0, stage.signal);
  if (stage.signal.aborted) return false;
  await endStage(attempt.end ?? 'end', stage);
  return attempt.end !== 'hang';
}

function hasHttpHead(attempt: WireAttempt): boolean {
  return attempt.rawHead === undefined && attempt.status !== undefined && attempt.status !== null;
}

function sendHead(attempt: WireAttempt, stage: Stage): void {
  const { request, response } = stage;
  const expand = stage.expand ?? ((text: string) => text);
  if (attempt.rawHead !== undefined) request.socket.write(expand(attempt.rawHead));
  if (!hasHttpHead(attempt)) return;
  const headers = Object.entries(attempt.headers ?? {}).map(([name, value]) => [name, expand(String(value))]);
  if (attempt.earlyHints) response.writeEarlyHints({ link: '</x>; rel=preload' });
  response.writeHead(attempt.status ?? 200, Object.fromEntries(headers));
  response.flushHeaders();
}

/** Plays chunks on a response whose head is out. Stops quietly when the signal aborts. */
export async function playChunks(chunks: readonly WireChunk[], stage: Stage): Promise<void> {
  for (const chunk of chunks) {
    for (let index = 0; index < (chunk.repeat ?? 1); index += 1) {
      await pause(stage.clock, chunk.afterMs ?? 0, stage.signal);
      if (stage.signal.aborted) return;
      await write(bytesOf(chunk, index), stage);
      if (chunk.isToken) stage.onToken?.();
    }
  }
}

function bytesOf(chunk: WireChunk, index: number): Buffer {
  if (chunk.base64 !== undefined) return Buffer.from(chunk.base64, 'base64');
  return Buffer.from((chunk.text ?? '').replaceAll('{i}', String(index)));
}

async function write(bytes: Buffer, { request, response, signal }: Stage): Promise<void> {
  // A raw head or no head at all means that Node's response was never started: the socket itself is written to.
  const sink = response.headersSent ? response : request.socket;
  if (sink.write(bytes)) return;
  await new Promise<void>((resolve) => {
    const finish = () => {
      sink.off('drain', finish);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    sink.on('drain', finish);
    signal.addEventListener('abort', finish);
  });
}

/** Ends what was played the way the script says. */
export async function endStage(end: WireEnd, { request, response, signal }: Stage): Promise<void> {
  switch (end) {
    case 'end':
      if (response.headersSent) response.end();
      else request.socket.end();
      return;
    case 'fin':
      request.socket.end();
      return;
    case 'destroy':
      request.socket.destroy();
      return;
    case 'reset':
      resetSocket(request.socket);
      return;
    case 'hang':
      await untilAborted(signal);
  }
}

/** Sends RST. A TLS socket has no handle that can, so it is dropped instead. */
export function resetSocket(socket: Socket): void {
  try {
    socket.resetAndDestroy();
  } catch {
    socket.destroy();
  }
}

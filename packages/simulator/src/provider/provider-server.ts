import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { SimulatorClock } from '../clock.ts';
import { parseJson } from '../json.ts';
import { createSocketSet, listen, stopListening } from '../listen/tcp.ts';
import type { ProviderId } from '../providers.ts';
import { endStage, playAttempt, playChunks, resetSocket, type Stage } from '../script/play-attempt.ts';
import type { Fault } from './fault.ts';
import { type BrokenTail, planInterruption } from './plan-attempt.ts';
import { readBody } from './read-body.ts';
import { maskedHeaders, type OpenRecord, type RequestLog } from './request-log.ts';
import type { Incoming, Reply } from './responder.ts';

export interface ProviderServer {
  readonly port: number;
  /** Requests that have not ended yet. */
  inFlightCount(): number;
  isListening(): boolean;
  /** Breaks the answers in flight the way the fault says. */
  interrupt(fault: Fault): void;
  /** Closes the port, so that a connection is refused. Answers in flight go on. Resolves when clients can know. */
  shut(): Promise<void>;
  /** Listens on the same port again. Rejects when another program took it meanwhile. */
  reopen(): Promise<void>;
  close(): void;
}

export interface ProviderServerOptions {
  readonly provider: ProviderId;
  readonly port: number;
  readonly clock: SimulatorClock;
  readonly log: RequestLog;
  readonly respond: (incoming: Incoming) => Reply;
  readonly nextRequestId: () => string;
}

/** Found by trying: two are enough, the rest is for a busy machine. */
const TURNS_TO_NOTICE = 5;

/** An answer being played, and what became of it. */
interface Flight {
  readonly record: OpenRecord;
  readonly stop: AbortController;
  readonly gone: AbortController;
  reply: Reply | null;
  tail: BrokenTail | null;
}

export async function startProviderServer(options: ProviderServerOptions): Promise<ProviderServer> {
  const { clock } = options;
  const sockets = createSocketSet();
  const flights = new Set<Flight>();
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    // A connection kept alive from before the port was closed is as dead as a new one.
    if (!server.listening) return resetSocket(request.socket);
    const flight = openFlight(request, response, options);
    flights.add(flight);
    return void serve(flight, { request, response, clock, signal: flight.stop.signal }, options).finally(() => {
      flights.delete(flight);
      if (!server.listening) request.socket.end();
    });
  });
  sockets.watch(server);
  const port = await listen(server, options.port);
  return {
    port,
    inFlightCount: () => flights.size,
    isListening: () => server.listening,
    interrupt: (fault) => {
      for (const flight of flights) interrupt(flight, fault);
    },
    shut: async () => {
      stopListening(server);
      // Idle connections have been closed; a client in this process needs a turn of the loop to see it.
      for (let turn = 0; turn < TURNS_TO_NOTICE; turn += 1) await setImmediate();
    },
    reopen: async () => {
      if (!server.listening) await listen(server, port);
    },
    close: () => {
      stopListening(server);
      sockets.destroyAll();
    },
  };
}

function openFlight(
  request: IncomingMessage,
  response: ServerResponse,
  { provider, clock, log, nextRequestId }: ProviderServerOptions,
): Flight {
  const record: OpenRecord = {
    requestId: nextRequestId(),
    provider,
    at: clock.now(),
    method: request.method ?? '',
    path: request.url ?? '',
    headers: maskedHeaders(request.headers),
    body: null,
    model: null,
    fault: 'healthy',
    outcome: 'open',
    tokensSent: 0,
    endedAt: null,
  };
  log.add(record);
  const flight: Flight = { record, stop: new AbortController(), gone: new AbortController(), reply: null, tail: null };
  request.on('error', () => {});
  response.on('error', () => {});
  response.once('close', () => {
    flight.gone.abort();
    flight.stop.abort();
  });
  return flight;
}

async function serve(flight: Flight, stage: Stage, { respond, clock }: ProviderServerOptions): Promise<void> {
  const { record } = flight;
  const { text, isTooLarge } = await readBody(stage.request);
  record.body = parseJson(text) ?? null;
  const { method, path, requestId } = record;
  const reply = respond({ requestId, method, path, headers: stage.request.headers, body: parseJson(text), isTooLarge });
  flight.reply = reply;
  record.model = reply.model;
  record.fault = reply.fault.mode;
  const onToken = () => {
    record.tokensSent += 1;
  };
  const isPlayed = await playAttempt(reply.attempt, { ...stage, onToken });
  record.outcome = flight.tail === null ? (isPlayed ? reply.outcome : 'aborted') : 'interrupted';
  record.endedAt = clock.now();
  if (flight.tail !== null) await playTail(flight.tail, { ...stage, signal: flight.gone.signal });
}

function interrupt(flight: Flight, fault: Fault): void {
  const encoder = flight.reply?.encoder;
  if (encoder === null || encoder === undefined || flight.tail !== null) return;
  flight.tail = planInterruption(fault, encoder);
  if (flight.tail !== null) flight.stop.abort();
}

async function playTail(tail: BrokenTail, stage: Stage): Promise<void> {
  // Before the head there is no stream to write an error into: the connection just breaks.
  if (!stage.response.headersSent) return endStage(tail.end === 'hang' ? 'hang' : 'reset', stage);
  await playChunks(tail.chunks, stage);
  await endStage(tail.end, stage);
}

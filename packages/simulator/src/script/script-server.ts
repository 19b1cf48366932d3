import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type SimulatorClock, systemClock } from '../clock.ts';
import { openListeners } from './listeners.ts';
import { playAttempt } from './play-attempt.ts';
import { type OriginTwoHit, openSecondOrigin } from './second-origin.ts';
import type { ScriptEntry, WireScript } from './wire-script.ts';

export interface ScriptRequest {
  readonly runKey: string;
  readonly at: number;
  readonly url: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

export interface ScriptServer {
  /**
   * Base URL for a provider SDK. Attempts are counted for each `runId`, so every run starts at attempt 0.
   * @throws RangeError for an entry that is unknown or has no script in this dialect.
   */
  baseUrl(entryId: string, dialect: string, runId: string): string;
  /** HTTP requests by `entryId/dialect/runId`. Listeners below HTTP (refuse, reset, silent …) see none. */
  readonly hits: ReadonlyMap<string, number>;
  readonly requests: readonly ScriptRequest[];
  readonly originTwoHits: readonly OriginTwoHit[];
  close(): Promise<void>;
}

export interface ScriptServerOptions {
  readonly clock?: SimulatorClock;
  /** Only these play a script; what comes by another method, such as a model look-up, gets 404 and counts as no attempt. Default: every method. */
  readonly methods?: readonly string[];
}

/** Plays wire scripts on loopback, exactly as written: nothing is added to or taken from what a script says. */
export async function startScriptServer(entries: readonly ScriptEntry[], options: ScriptServerOptions = {}): Promise<ScriptServer> {
  const clock = options.clock ?? systemClock;
  const closing = new AbortController();
  const originTwo = await openSecondOrigin();
  const record = createRecord(entries, clock);
  const listeners = await openListeners({
    clock,
    needsBlackhole: entries.some((entry) => Object.values(entry.wire).some((script) => script.listener === 'syn-blackhole')),
    onRequest: createRequestListener({ record, methods: options.methods }, (request, response, script, count) => {
      const attempts = script.attempts ?? [];
      const attempt = attempts[Math.min(count, attempts.length - 1)];
      if (attempt === undefined) return request.socket.destroy();
      const expand = (text: string) =>
        text
          .replaceAll('{ORIGIN2}', originTwo.origin)
          .replaceAll('{SELF}', listeners.originOf('http'))
          .replaceAll('{NOW+5S}', new Date(clock.now() + 5000).toUTCString());
      const signal = AbortSignal.any([closing.signal, closedSignal(response)]);
      return void playAttempt(attempt, { request, response, clock, signal, expand });
    }),
  });
  return {
    baseUrl: (entryId, dialect, runId) => {
      const script = record.scriptOf(entryId, dialect);
      if (script === undefined) throw new RangeError(`no script "${entryId}" for "${dialect}"`);
      return `${listeners.originOf(script.listener ?? 'http')}/${entryId}/${dialect}/${runId}`;
    },
    hits: record.hits,
    requests: record.requests,
    originTwoHits: originTwo.hits,
    close: async () => {
      closing.abort();
      originTwo.close();
      await listeners.close();
    },
  };
}

interface ScriptRecord {
  readonly hits: ReadonlyMap<string, number>;
  readonly requests: readonly ScriptRequest[];
  scriptOf(entryId: string, dialect: string): WireScript | undefined;
  /** Notes the request; returns how many came before it in the same run. */
  note(request: IncomingMessage, runKey: string): number;
}

function createRecord(entries: readonly ScriptEntry[], clock: SimulatorClock): ScriptRecord {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const hits = new Map<string, number>();
  const requests: ScriptRequest[] = [];
  return {
    hits,
    requests,
    scriptOf: (entryId, dialect) => {
      const wire = byId.get(entryId)?.wire;
      return wire?.[dialect] ?? wire?.any;
    },
    note: (request, runKey) => {
      const count = hits.get(runKey) ?? 0;
      hits.set(runKey, count + 1);
      const { url = '', method = '', headers } = request;
      requests.push({ runKey, at: clock.now(), url, method, headers });
      return count;
    },
  };
}

type Play = (request: IncomingMessage, response: ServerResponse, script: WireScript, count: number) => void;

interface Listened {
  readonly record: ScriptRecord;
  readonly methods: readonly string[] | undefined;
}

function createRequestListener({ record, methods }: Listened, play: Play): RequestListener {
  return (request, response) => {
    if (methods?.includes(request.method ?? '') === false) return void response.writeHead(404).end();
    const [, entryId = '', dialect = '', runId = ''] = (request.url ?? '').split('/');
    const count = record.note(request, `${entryId}/${dialect}/${runId}`);
    const script = record.scriptOf(entryId, dialect);
    request.on('error', () => {});
    response.on('error', () => {});
    request.resume();
    if (script === undefined) return void response.writeHead(404).end();
    const start = () => play(request, response, script, count);
    return script.respondBeforeBody ? start() : void request.on('end', start);
  };
}

/** Aborts when the response is over or its client has gone. */
function closedSignal(response: ServerResponse): AbortSignal {
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  return closed.signal;
}

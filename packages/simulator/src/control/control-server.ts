import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isOneOf, parseJson } from '../json.ts';
import { readBody } from '../provider/read-body.ts';
import { PROVIDERS, type ProviderId } from '../providers.ts';
import type { SimulatorControl } from './control.ts';
import { STATUS_PAGES, summaryOf } from './status-page.ts';

export interface ControlServerOptions {
  readonly control: SimulatorControl;
  readonly now: () => number;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The remote control and the status pages over HTTP. It answers pages and tools of this machine only. */
export function createControlServer({ control, now }: ControlServerOptions): Server {
  return createServer((request, response) => {
    request.on('error', () => {});
    response.on('error', () => {});
    void answer(request, control, now).then(({ status, body }) => send(request, response, { status, body }));
  });
}

async function answer(request: IncomingMessage, control: SimulatorControl, now: () => number): Promise<Answer> {
  if (!isLocal(request)) return failed(403, 'the simulator answers to this machine only');
  if (request.method === 'OPTIONS') return { status: 204, body: null };
  const { text } = await readBody(request);
  const url = new URL(request.url ?? '/', 'http://localhost');
  try {
    return (await route(`${request.method} ${url.pathname}`, { url, body: parseJson(text), control, now })) ?? failed(404, 'no such path');
  } catch (cause) {
    if (cause instanceof RangeError) return failed(400, cause.message);
    return failed(500, cause instanceof Error ? cause.message : String(cause));
  }
}

/** A web page elsewhere must not switch faults: neither by its own origin nor by a name that resolves to loopback. */
function isLocal({ headers }: IncomingMessage): boolean {
  const names = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
  const { host = '', origin } = headers;
  return names.test(host) && (origin === undefined || names.test(origin.replace(/^https?:\/\//, '')));
}

interface Call {
  readonly url: URL;
  readonly body: unknown;
  readonly control: SimulatorControl;
  readonly now: () => number;
}

async function route(line: string, call: Call): Promise<Answer | null> {
  const { control, url } = call;
  switch (line) {
    case 'GET /control/state':
      return { status: 200, body: control.state() };
    case 'GET /control/requests':
      return { status: 200, body: control.requests(optionalProvider(url.searchParams.get('provider'))) };
    case 'POST /control/reset':
      await control.reset();
      return { status: 200, body: control.state() };
    case 'PUT /control/pace':
      control.setPace(untrusted(call.body));
      return { status: 200, body: control.state() };
    default:
      return (await change(line, call)) ?? readStatusPage(line, call);
  }
}

async function change(line: string, { body, control }: Call): Promise<Answer | null> {
  const [, page] = /^PUT \/control\/status-pages\/([a-z-]+)$/.exec(line) ?? [];
  if (isOneOf(STATUS_PAGES, page)) {
    control.setStatusPage(page, untrusted(body));
    return { status: 200, body: control.state() };
  }
  const [, name] = /^PUT \/control\/([A-Za-z-]+)$/.exec(line) ?? [];
  if (name === undefined) return null;
  await control.set(providerOf(name), untrusted(body));
  return { status: 200, body: control.state() };
}

function readStatusPage(line: string, { control, now }: Call): Answer | null {
  const [, page] = /^GET \/statuspage\/([a-z-]+)\/api\/v2\/summary\.json$/.exec(line) ?? [];
  if (!isOneOf(STATUS_PAGES, page)) return null;
  const state = control.state().statusPages[page];
  if (state.failsWith !== null) return failed(state.failsWith, 'status page unavailable');
  return { status: 200, body: summaryOf(page, state, now()) };
}

/** Guaranteed by the control, which checks every field at run time and throws a RangeError for what doesn't fit. */
function untrusted<T extends object>(body: unknown): T {
  return (body ?? {}) as T;
}

function providerOf(name: string): ProviderId {
  const id = name === 'openModel' ? 'open-model' : name;
  if (isOneOf(PROVIDERS, id)) return id;
  throw new RangeError(`provider "${name}" is unknown; use one of ${PROVIDERS.join(', ')}`);
}

function optionalProvider(name: string | null): ProviderId | undefined {
  return name === null ? undefined : providerOf(name);
}

function failed(status: number, message: string): Answer {
  return { status, body: { error: message } };
}

function send({ headers }: IncomingMessage, response: ServerResponse, { status, body }: Answer): void {
  const { origin } = headers;
  const cors =
    origin === undefined || status === 403
      ? {}
      : {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'GET, PUT, POST',
          'access-control-allow-headers': 'content-type',
          vary: 'origin',
        };
  response.writeHead(status, { 'content-type': 'application/json', ...cors });
  response.end(status === 204 ? undefined : JSON.stringify(body));
}

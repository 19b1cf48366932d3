import type { Ack, AgentSession, WireError } from '@stepdown/protocol';

export type FetchPort = (url: string, init: RequestInit) => Promise<Response>;

export interface AgentHttp {
  /** Never rejects; an unreachable server is `unavailable`. */
  get<Value extends object>(path: string, query?: Readonly<Record<string, string | number | undefined>>): Promise<Ack<Value>>;
  post<Value extends object>(path: string, body?: object): Promise<Ack<Value>>;
  /** For routes that are not GET or POST, or that refuse with more than an error. */
  change<Value extends object, More extends object = object>(
    method: 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Answer<Value, More>>;
}

/** What a route says; a refusal may bring what is needed to go on, for example what somebody else saved first. */
export type Answer<Value extends object, More extends object = object> =
  | ({ readonly ok: true } & Value)
  | ({ readonly ok: false; readonly error: WireError } & Partial<More>);

export interface AgentHttpPorts {
  readonly url: string;
  readonly fetch: FetchPort;
  /** Proves that the request comes from our own page (checklist D48). */
  readonly csrfToken: () => string | null;
  /** The session has ended; called for every route but signing in. */
  readonly onUnauthorized: () => void;
}

/** Routes whose "unauthorized" means a wrong password and not the end of the session. */
const PASSWORD_ROUTES: readonly string[] = ['/api/agent/sign-in', '/api/agent/set-up', '/api/agent/password'];

/** The HTTP half of the console: cookies for the session, JSON both ways, refusals as values. */
export function createAgentHttp(ports: AgentHttpPorts): AgentHttp {
  async function send<Value extends object, More extends object = object>(path: string, init: RequestInit): Promise<Answer<Value, More>> {
    try {
      const response = await ports.fetch(ports.url + path, { credentials: 'same-origin', ...init });
      const body: unknown = await response.json();
      if (response.ok) return accepted<Value>(body);
      const error = errorIn(body) ?? { code: 'unavailable', message: `The server answered with ${response.status}.` };
      if (error.code === 'unauthorized' && !PASSWORD_ROUTES.includes(path)) ports.onUnauthorized();
      return refused<More>(body, error);
    } catch {
      return refused<More>(null, { code: 'unavailable', message: 'The server can’t be reached right now.' });
    }
  }
  function change<Value extends object, More extends object = object>(method: string, path: string, body: object = {}) {
    const csrfToken = ports.csrfToken();
    const headers = { 'content-type': 'application/json', ...(csrfToken !== null && { 'x-csrf-token': csrfToken }) };
    return send<Value, More>(path, { method, headers, body: JSON.stringify(body) });
  }
  return {
    get: (path, query = {}) => send(path + queryText(query), { method: 'GET' }),
    post: (path, body) => change('POST', path, body),
    change,
  };
}

/** Asks who is signed in. Null: nobody. */
export async function fetchSession(http: AgentHttp): Promise<AgentSession | null | 'unreachable'> {
  const answer = await http.get<AgentSession>('/api/agent/session');
  if (answer.ok) return answer;
  return answer.error.code === 'unauthorized' ? null : 'unreachable';
}

function queryText(query: Readonly<Record<string, string | number | undefined>>): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)] as [string, string]],
  );
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries)}`;
}

/** The server answers a route with the shape that route is typed with; `ok` is ours, whatever the body says. */
function accepted<Value extends object>(body: unknown): Ack<Value> {
  return { ...(body as Value), ok: true };
}

/** What a refusal brings beside its error is typed with its route, and may be missing: a proxy in between may have answered. */
function refused<More extends object>(body: unknown, error: WireError): { readonly ok: false; readonly error: WireError } & Partial<More> {
  const more = typeof body === 'object' && body !== null ? (body as Partial<More>) : ({} as Partial<More>);
  return { ...more, ok: false, error };
}

/** Every refusal of the server is `{ok: false, error}`; a proxy in between may say something else. */
function errorIn(body: unknown): WireError | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  const error = body.error;
  const isWireError = typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
  return isWireError ? (error as WireError) : null;
}

import type { Ack, AgentSession, WireError } from '@stepdown/protocol';

export type FetchPort = (url: string, init: RequestInit) => Promise<Response>;

export interface AgentHttp {
  /** Never rejects; an unreachable server is `unavailable`. */
  get<Value extends object>(path: string, query?: Readonly<Record<string, string | number | undefined>>): Promise<Ack<Value>>;
  post<Value extends object>(path: string, body?: object): Promise<Ack<Value>>;
}

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
  async function send<Value extends object>(path: string, init: RequestInit): Promise<Ack<Value>> {
    try {
      const response = await ports.fetch(ports.url + path, { credentials: 'same-origin', ...init });
      const body: unknown = await response.json();
      if (response.ok) return accepted<Value>(body);
      const error = errorIn(body) ?? { code: 'unavailable', message: `The server answered with ${response.status}.` };
      if (error.code === 'unauthorized' && !PASSWORD_ROUTES.includes(path)) ports.onUnauthorized();
      return { ok: false, error };
    } catch {
      return { ok: false, error: { code: 'unavailable', message: 'The server can’t be reached right now.' } };
    }
  }
  return {
    get: (path, query = {}) => send(path + queryText(query), { method: 'GET' }),
    post: (path, body = {}) => {
      const csrfToken = ports.csrfToken();
      const headers = { 'content-type': 'application/json', ...(csrfToken !== null && { 'x-csrf-token': csrfToken }) };
      return send(path, { method: 'POST', headers, body: JSON.stringify(body) });
    },
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

/** Every refusal of the server is `{ok: false, error}`; a proxy in between may say something else. */
function errorIn(body: unknown): WireError | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  const error = body.error;
  const isWireError = typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
  return isWireError ? (error as WireError) : null;
}

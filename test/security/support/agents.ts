import type { AgentSession, Role } from '@stepdown/protocol';
import { io, type Socket } from 'socket.io-client';
import type { TestServer } from '../../support/server.ts';
import { newAddress } from './proxy-address.ts';

export const PASSWORD = 'tall-ships-sail-north';

/** What a signed-in browser has. */
export interface AgentAccess {
  readonly cookie: string;
  readonly session: AgentSession;
  readonly email: string;
}

export interface CallOptions {
  readonly as?: AgentAccess;
  readonly body?: unknown;
  /** Last word: a header set to undefined here is left out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** One HTTP request as our own page would send it, changed by `headers`. */
export function call(server: Pick<TestServer, 'url'>, method: string, path: string, options: CallOptions = {}): Promise<Response> {
  const { as, body } = options;
  const wanted: Record<string, string | undefined> = {
    origin: server.url,
    ...(as === undefined ? {} : { cookie: as.cookie, 'x-csrf-token': as.session.csrfToken }),
    ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
    ...options.headers,
  };
  const headers = Object.fromEntries(Object.entries(wanted).filter((each): each is [string, string] => each[1] !== undefined));
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
  return fetch(`${server.url}${path}`, { method, headers, redirect: 'manual', ...(method === 'GET' ? {} : { body: text }) });
}

export async function setUpAdmin(server: TestServer, email = 'ada@shop.example'): Promise<AgentAccess> {
  return redeem(server, server.setUpToken() ?? '', email);
}

/** Invites and redeems: an agent of that role, signed in. */
export async function addAgent(
  server: TestServer,
  admin: AgentAccess,
  role: Role,
  email = `${role}@shop.example`,
  name = 'Ada Frost',
): Promise<AgentAccess> {
  const invited = await call(server, 'POST', '/api/agent/invitations', { as: admin, body: { email, role } });
  const { link }: { link: string } = await invited.json();
  return redeem(server, link.split('/').at(-1) ?? '', email, name);
}

async function redeem(server: TestServer, token: string, email: string, name = 'Ada Frost'): Promise<AgentAccess> {
  const response = await call(server, 'POST', '/api/agent/set-up', { body: { token, name, email, password: PASSWORD } });
  if (!response.ok) throw new Error(`The link could not be redeemed: ${await response.text()}`);
  return accessOf(response, email);
}

export async function signIn(
  server: TestServer,
  email: string,
  password: string = PASSWORD,
  headers: CallOptions['headers'] = newAddress(),
): Promise<Response> {
  return call(server, 'POST', '/api/agent/sign-in', { body: { email, password }, headers });
}

export async function accessOf(response: Response, email: string): Promise<AgentAccess> {
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const session: AgentSession = await response.json();
  return { cookie, session, email };
}

export interface AgentHandshake {
  readonly cookie?: string | undefined;
  readonly origin?: string | undefined;
  readonly token?: string | undefined;
}

/** Resolves with the open console socket, or with the reason of the refusal. */
export function connectAgent(server: TestServer, { cookie, origin, token }: AgentHandshake): Promise<Socket | string> {
  const headers = { ...(cookie === undefined ? {} : { cookie }), ...(origin === undefined ? {} : { origin }) };
  const socket = io(`${server.url}/agent`, {
    forceNew: true,
    reconnection: false,
    transports: ['websocket'],
    auth: token === undefined ? {} : { token },
    extraHeaders: headers,
  });
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', (error) => {
      socket.close();
      resolve(error.message);
    });
  });
}

export async function openConsole(server: TestServer, access: AgentAccess): Promise<Socket> {
  const socket = await connectAgent(server, { cookie: access.cookie, origin: server.url, token: access.session.socketToken });
  if (typeof socket === 'string') throw new Error(`The console was refused: ${socket}`);
  return socket;
}

import { type AgentCommand, agentCommands, type Role, roleSchema } from '@stepdown/protocol';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// The table itself is under test here: what it says is tried on the running program, entry by entry.
import { EVENT_RIGHTS, ROUTE_RIGHTS } from '../../apps/server/src/access/rights.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type AgentAccess, accessOf, addAgent, type CallOptions, call, openConsole, setUpAdmin, signIn } from './support/agents.ts';
import { ownFaqFolder } from './support/faq-folder.ts';
import { BEHIND_PROXY } from './support/proxy-address.ts';

const ROLES = roleSchema.options;
const ROUTES = Object.entries(ROUTE_RIGHTS).map(([route, roles]) => {
  const [method = '', path = ''] = route.split(' ');
  return { route, method, path: path.replaceAll(/:\w+/g, 'none'), roles: new Set<Role>(roles) };
});
const CHANGING = ROUTES.filter(({ method }) => method !== 'GET');
const PUBLIC_CHANGING = ['/api/agent/sign-in', '/api/agent/set-up'];

let server: TestServer;
const staff = new Map<Role, AgentAccess>();

beforeAll(async () => {
  server = await startServer({ env: { ...BEHIND_PROXY, ...ownFaqFolder() } });
  const admin = await setUpAdmin(server);
  staff.set('admin', admin);
  for (const role of ROLES) if (role !== 'admin') staff.set(role, await addAgent(server, admin, role));
});
afterAll(async () => {
  await server.stop();
});

function agentOf(role: Role): AgentAccess {
  const access = staff.get(role);
  if (access === undefined) throw new Error(`There is no ${role}.`);
  return access;
}

async function signedIn(role: Role): Promise<AgentAccess> {
  const { email } = agentOf(role);
  return accessOf(await signIn(server, email), email);
}

describe('routes', () => {
  it.each(ROUTES)('[D49] $route answers nobody without a session', async ({ method, path }) => {
    expect((await call(server, method, path)).status).toBe(401);
  });

  // Signing out comes last: it ends the session that the others need.
  const inOrder = [...ROUTES].sort((left, right) => Number(left.path.endsWith('sign-out')) - Number(right.path.endsWith('sign-out')));
  it.each(inOrder.flatMap((route) => ROLES.map((role) => ({ ...route, role }))))(
    '[D49] $route as $role',
    async ({ method, path, role, roles }) => {
      // An empty body changes nothing: a handler that is reached refuses it as invalid, after the question of rights.
      const { status } = await call(server, method, path, { as: agentOf(role) });
      if (roles.has(role)) expect([200, 400, 404, 409, 429, 503]).toContain(status);
      else expect(status).toBe(403);
    },
  );
});

describe('cross-site requests', () => {
  const changes: readonly (readonly [string, CallOptions])[] = [
    ['from another site', { headers: { origin: 'https://evil.example' } }],
    ['without an origin', { headers: { origin: undefined } }],
    ['from a sandboxed frame', { headers: { origin: 'null' } }],
    ['as a plain form would send it', { headers: { 'content-type': 'text/plain' }, body: '{}' }],
    ['as an HTML form would send it', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'email=a' }],
    ['without a CSRF token', { headers: { 'x-csrf-token': undefined } }],
    ['with the CSRF token of nobody', { headers: { 'x-csrf-token': 'f'.repeat(32) } }],
  ];
  let admin: AgentAccess;
  beforeAll(async () => {
    // The sessions above were signed out.
    admin = await signedIn('admin');
  });

  it.each(CHANGING.flatMap((route) => changes.map(([how, options]) => ({ ...route, how, options }))))(
    '[D48] $route is refused $how',
    async ({ method, path, options }) => {
      expect((await call(server, method, path, { as: admin, ...options })).status).toBe(403);
    },
  );

  it.each(CHANGING)('[D48] $route does nothing on GET', async ({ path }) => {
    // Another route may answer there, but never the one that changes something.
    expect([200, 400, 404]).toContain((await call(server, 'GET', path, { as: admin })).status);
    expect((await call(server, 'GET', '/api/agent/session', { as: admin })).status).toBe(200);
  });

  it.each(PUBLIC_CHANGING.flatMap((path) => changes.slice(0, 5).map(([how, options]) => ({ path, how, options }))))(
    '[D48] $path is refused $how',
    async ({ path, options }) => {
      const body = options.body ?? { email: 'ada@shop.example', password: 'tall-ships-sail-north', token: 'a', name: 'a' };
      expect((await call(server, 'POST', path, { ...options, body })).status).toBe(403);
    },
  );
});

describe('events', () => {
  const sockets = new Map<Role, Socket>();
  beforeAll(async () => {
    for (const role of ROLES) sockets.set(role, await openConsole(server, await signedIn(role)));
  });
  afterAll(() => {
    for (const socket of sockets.values()) socket.close();
  });

  it('[D49] every event of the protocol has rights', () => {
    expect(Object.keys(EVENT_RIGHTS).sort()).toEqual(Object.keys(agentCommands).sort());
  });

  it.each(Object.keys(EVENT_RIGHTS).flatMap((event) => ROLES.map((role) => ({ event, role }))))(
    '[D49] $event as $role',
    async ({ event, role }) => {
      const mayDo = new Set<Role>(EVENT_RIGHTS[event as AgentCommand]).has(role);
      // Rights come before the payload, so that a wrong one tells them apart and changes nothing.
      const answer = await sockets.get(role)?.timeout(5_000).emitWithAck(event, null);
      expect(answer).toMatchObject({ ok: false, error: { code: mayDo ? 'invalid' : 'forbidden' } });
    },
  );
});

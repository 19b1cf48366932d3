import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAndFail, startServer, type TestServer } from '../support/server.ts';
import { type AgentAccess, accessOf, addAgent, call, connectAgent, openConsole, PASSWORD, setUpAdmin, signIn } from './support/agents.ts';
import { BEHIND_PROXY, newAddress } from './support/proxy-address.ts';

let server: TestServer;
let admin: AgentAccess;

beforeAll(async () => {
  server = await startServer({ env: BEHIND_PROXY });
  admin = await setUpAdmin(server);
});
afterAll(async () => {
  await server.stop();
});

/** The store as an operator with a shell sees it; also how the tests let time pass. */
function database<Value>(work: (database: DatabaseSync) => Value): Value {
  const opened = new DatabaseSync(path.join(server.dataDir, 'stepdown.db'), { timeout: 5_000 });
  try {
    return work(opened);
  } finally {
    opened.close();
  }
}

const sessionStatus = async (as: AgentAccess): Promise<number> => (await call(server, 'GET', '/api/agent/session', { as })).status;

describe('passwords', () => {
  it('[D45] are kept as scrypt with N 2^17, r 8, p 1, each with a salt of its own', async () => {
    await addAgent(server, admin, 'agent', 'second@shop.example');
    const hashes = database((store) => store.prepare('select password_hash from agent').all()).map((row) =>
      String(row.password_hash).split('$'),
    );
    expect(hashes).toHaveLength(2);
    for (const [scheme, cost, blockSize, parallel, salt = '', key = ''] of hashes) {
      expect([scheme, cost, blockSize, parallel]).toEqual(['scrypt', '17', '8', '1']);
      expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
      expect(Buffer.from(key, 'base64url')).toHaveLength(32);
    }
    // The two agents have the same password.
    expect(new Set(hashes.map((parts) => parts[4])).size).toBe(2);
    expect(new Set(hashes.map((parts) => parts[5])).size).toBe(2);
  });

  it.each([
    ['eleven characters', 'elevenchars'],
    ['a leaked one', 'password1234'],
    ['a leaked one in disguise', 'Password-1234!'],
    ['a keyboard row', 'qwertyuiop123'],
    ['one word twice', 'liverpoolliverpool'],
    ['digits in order', '123456789012'],
    ['one letter', 'aaaaaaaaaaaaaaaa'],
    ['the name of the account', 'weakling-2026-!'],
  ])('[D45] are refused when they are %s', async (_name, password) => {
    const invited = await call(server, 'POST', '/api/agent/invitations', {
      as: admin,
      body: { email: 'weakling@shop.example', role: 'viewer' },
    });
    const { link }: { link: string } = await invited.json();
    const token = link.split('/').at(-1);
    const body = { token, name: 'W', email: 'weakling@shop.example', password };
    const response = await call(server, 'POST', '/api/agent/set-up', { body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid', message: expect.stringMatching(/characters|leaked|guess/) } });
  });

  it('[D45] of the first admin, given by the environment, obey the same rules', async () => {
    const { code, output } = await startAndFail({
      PORT: '0',
      STEPDOWN_ADMIN_EMAIL: 'ada@shop.example',
      STEPDOWN_ADMIN_PASSWORD: 'password1234',
    });
    expect(code).toBe(1);
    expect(output).toMatch(/STEPDOWN_ADMIN_PASSWORD.*leaked/);
    expect(output).not.toContain('password1234');
  });
});

describe('guessing', () => {
  it('[D46] an account is closed from the sixth wrong try on, and says for how long', async () => {
    const statuses: number[] = [];
    for (let attempt = 1; attempt <= 7; attempt += 1)
      statuses.push((await signIn(server, 'second@shop.example', 'wrong-password-1')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const right = await signIn(server, 'second@shop.example');
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(60);
    // Its owner is not the only one: others sign in as ever.
    expect((await signIn(server, admin.email)).status).toBe(200);
  });

  it('[D46] twenty tries at the same moment are no way around', async () => {
    await addAgent(server, admin, 'viewer', 'third@shop.example');
    const responses = await Promise.all(Array.from({ length: 20 }, () => signIn(server, 'third@shop.example', 'wrong-password-1')));
    expect(responses.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  it('[D46] an unknown account answers the same, after the same time', async () => {
    await addAgent(server, admin, 'viewer', 'fourth@shop.example');
    const timed = async (email: string): Promise<{ ms: number; answer: string }> => {
      const startedAt = performance.now();
      const response = await signIn(server, email, 'wrong-password-1');
      return { ms: performance.now() - startedAt, answer: `${response.status} ${await response.text()}` };
    };
    const known = [];
    const unknown = [];
    for (let pair = 0; pair < 3; pair += 1) {
      known.push(await timed('fourth@shop.example'));
      unknown.push(await timed('nobody@shop.example'));
    }
    expect(new Set([...known, ...unknown].map(({ answer }) => answer)).size).toBe(1);
    // Without the hash for nobody the ratio would be above 50; a machine with ten busy neighbours has moved it to 2.2.
    const fastest = (tries: { ms: number }[]): number => Math.min(...tries.map(({ ms }) => ms));
    const ratio = fastest(known) / fastest(unknown);
    expect(ratio).toBeGreaterThan(0.2);
    expect(ratio).toBeLessThan(5);
  });
});

describe('the session', () => {
  it('[D47] is a cookie for this host, https and our own pages alone, with another value at each sign-in', async () => {
    const [first, second] = [await signIn(server, admin.email), await signIn(server, admin.email)];
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-stepdown=[\w-]{43};/);
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(flag);
    expect(cookie).not.toMatch(/domain=/i);
    expect(second.headers.get('set-cookie')?.split(';')[0]).not.toBe(cookie.split(';')[0]);
    const stored = JSON.stringify(database((store) => store.prepare('select * from agent_session').all()));
    expect(stored).not.toContain(/=([\w-]{43})/.exec(cookie)?.[1]);
  });

  it('[D47] given before signing in is worth nothing after it: fixed ids are not taken, old ones end', async () => {
    const before = await accessOf(await signIn(server, admin.email), admin.email);
    const headers = { ...newAddress(), cookie: before.cookie };
    const after = await accessOf(await signIn(server, admin.email, PASSWORD, headers), admin.email);
    expect(after.cookie).not.toBe(before.cookie);
    expect([await sessionStatus(before), await sessionStatus(after)]).toEqual([401, 200]);
    const fixed = `__Host-stepdown=${'f'.repeat(43)}`;
    const given = await accessOf(await signIn(server, admin.email, PASSWORD, { ...newAddress(), cookie: fixed }), admin.email);
    expect(given.cookie).not.toBe(fixed);
  });

  it.each([
    ['30 minutes of idleness', 'last_seen_at = last_seen_at - 1800001'],
    ['12 hours', 'expires_at = expires_at - 43200001'],
  ])('[D47] ends after %s, for pages and for sockets', async (_name, change) => {
    const access = await accessOf(await signIn(server, admin.email), admin.email);
    const socket = await openConsole(server, access);
    expect(await socket.timeout(5_000).emitWithAck('conversation:open', { conversationId: 'con_none' })).toMatchObject({
      error: { code: 'not_found' },
    });
    database((store) => store.prepare(`update agent_session set ${change}`).run());
    const ended = new Promise((resolve) => socket.once('disconnect', resolve));
    expect(await sessionStatus(access)).toBe(401);
    expect(await connectAgent(server, { cookie: access.cookie, origin: server.url, token: access.session.socketToken })).toBe(
      'unauthorized',
    );
    socket.emit('conversation:open', { conversationId: 'con_none' }, () => undefined);
    expect(await ended).toBe('io server disconnect');
    admin = await accessOf(await signIn(server, admin.email), admin.email);
  });

  it('[D47] of every device ends with a change of the password; guessing the old one there is throttled too', async () => {
    const person = await addAgent(server, admin, 'agent', 'changer@shop.example');
    const elsewhere = await accessOf(await signIn(server, person.email), person.email);
    const socket = await openConsole(server, elsewhere);
    const ended = new Promise((resolve) => socket.once('disconnect', resolve));
    const change = (currentPassword: string, newPassword: string): Promise<Response> =>
      call(server, 'POST', '/api/agent/password', { as: person, body: { currentPassword, newPassword } });
    expect((await change(PASSWORD, 'short')).status).toBe(400);
    const changed = await change(PASSWORD, 'grey-herons-fly-at-dusk');
    expect(changed.status).toBe(200);
    expect(await ended).toBe('io server disconnect');
    expect([await sessionStatus(elsewhere), await sessionStatus(person)]).toEqual([401, 401]);
    const now = await accessOf(changed, person.email);
    expect(await sessionStatus(now)).toBe(200);
    expect((await signIn(server, person.email)).status).toBe(401);
    const guess = (): Promise<Response> =>
      call(server, 'POST', '/api/agent/password', {
        as: now,
        body: { currentPassword: 'wrong-password-1', newPassword: 'amber-lamps-at-noon' },
      });
    const guesses = await Promise.all(Array.from({ length: 8 }, guess));
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(3);
  });

  it('[D47] ends when the account is disabled', async () => {
    const person = await addAgent(server, admin, 'agent', 'leaver@shop.example');
    const socket = await openConsole(server, person);
    const ended = new Promise((resolve) => socket.once('disconnect', resolve));
    const disabled = await call(server, 'POST', `/api/agent/agents/${person.session.agent.id}`, { as: admin, body: { isDisabled: true } });
    expect(disabled.status).toBe(200);
    expect(await ended).toBe('io server disconnect');
    expect(await sessionStatus(person)).toBe(401);
    expect((await signIn(server, person.email)).status).toBe(401);
  });
});

describe('addresses to return to', () => {
  const targets = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '%2F%2Fevil.example',
    '/%09/evil.example',
  ];
  const names = ['returnTo', 'return_to', 'next', 'redirect', 'redirect_uri', 'url', 'continue'];

  it('[D51] are not a parameter of any page: no answer redirects away or repeats one', async () => {
    for (const target of targets) {
      const query = new URLSearchParams(names.map((name) => [name, target])).toString();
      for (const page of ['/', '/console', '/console/sign-in', '/status']) {
        const response = await call(server, 'GET', `${page}?${query}`);
        expect(response.headers.get('location')).toBeNull();
        expect(response.headers.get('refresh')).toBeNull();
        expect(await response.text()).not.toContain('evil.example');
      }
    }
  });

  it('[D51] are ignored by signing in and out', async () => {
    const wishes = Object.fromEntries(names.map((name) => [name, '//evil.example']));
    const entered = await call(server, 'POST', '/api/agent/sign-in?next=//evil.example', {
      body: { ...wishes, email: admin.email, password: PASSWORD },
      headers: newAddress(),
    });
    expect(entered.status).toBe(200);
    expect(entered.headers.get('location')).toBeNull();
    const left = await call(server, 'POST', '/api/agent/sign-out?next=//evil.example', {
      as: await accessOf(entered, admin.email),
      body: wishes,
    });
    expect(left.headers.get('location')).toBeNull();
  });

  it.each([
    '//evil.example',
    '//evil.example/%2e%2e',
    '/\\evil.example/..',
    '/%5Cevil.example',
    '///evil.example//',
    '/widget//evil.example/..',
  ])('[D51] a path like %s leads nowhere else', async (target) => {
    const response = await call(server, 'GET', target);
    expect(response.headers.get('location') ?? '/').toMatch(/^\/(?![/\\])/);
  });
});

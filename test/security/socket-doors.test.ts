import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';
import { connectVisitor } from '../support/visitor.ts';
import { type AgentAccess, accessOf, call, connectAgent, openConsole, setUpAdmin, signIn } from './support/agents.ts';
import { handshakeStatus, openRawSocket } from './support/raw-socket.ts';

const ALLOWED = 'https://shop.example';
let server: TestServer;
let admin: AgentAccess;

beforeAll(async () => {
  server = await startServer({ env: { STEPDOWN_ALLOWED_ORIGINS: ALLOWED } });
  admin = await setUpAdmin(server);
});
afterAll(async () => {
  await server.stop();
});

const pollingStatus = async (headers: Record<string, string>): Promise<number> =>
  (await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers })).status;

describe('the origin of a socket', () => {
  const foreign: readonly (readonly [string, (own: string) => Record<string, string>])[] = [
    ['another site', () => ({ origin: 'https://evil.example' })],
    ['no origin at all', () => ({})],
    ['the origin of a sandboxed frame', () => ({ origin: 'null' })],
    ['our name as a prefix', (own) => ({ origin: `${own}.evil.example` })],
    ['our name as a user', (own) => ({ origin: own.replace('http://', 'http://evil.example@') })],
    ['another port', (own) => ({ origin: own.replace(/\d+$/, '1') })],
    ['an allowed name without TLS', () => ({ origin: ALLOWED.replace('https', 'http') })],
    ['another site that calls itself the same', () => ({ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' })],
    ['no origin, from a neighbour site', () => ({ 'sec-fetch-site': 'same-site' })],
  ];

  it.each(foreign)('[D08] %s is refused on both transports', async (_name, headersFor) => {
    const headers = headersFor(server.url);
    // Engine.IO answers a refused upgrade with 400.
    expect(await handshakeStatus(server.url, headers)).toBe(400);
    expect(await pollingStatus(headers)).toBe(403);
  });

  it.each([
    ['our own', (own: string) => ({ origin: own })],
    ['an allowed one', () => ({ origin: ALLOWED })],
    ['our own page, which names none on GET', () => ({ 'sec-fetch-site': 'same-origin' })],
  ])('[D08] %s is welcome on both', async (_name, headersFor) => {
    const headers: Record<string, string> = headersFor(server.url);
    expect(await handshakeStatus(server.url, headers)).toBe(101);
    expect(await pollingStatus(headers)).toBe(200);
  });

  it('[D08] is not given to foreign pages by CORS either', async () => {
    const response = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: { origin: 'https://evil.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('[D08] both transports serve whole visits, and the server outlives them', async () => {
    for (const transport of ['polling', 'websocket'] as const) {
      const visitor = await connectVisitor(server.url, { transports: [transport] });
      const sent = await visitor.send('message:send', { clientMessageId: 'd08', text: 'How long may I return it?' });
      expect(sent.ok).toBe(true);
      visitor.close();
    }
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

describe('the agent socket', () => {
  const whole = () => ({ cookie: admin.cookie, origin: server.url, token: admin.session.socketToken });

  it('[D09] opens with session, origin and socket token', async () => {
    const socket = await connectAgent(server, whole());
    expect(typeof socket).toBe('object');
    if (typeof socket === 'object') socket.close();
  });

  it.each([
    ['without the cookie', () => ({ cookie: undefined })],
    ['with a cookie of nobody', () => ({ cookie: `__Host-stepdown=${'a'.repeat(43)}` })],
    ['without the socket token', () => ({ token: undefined })],
    ['with the CSRF token instead', () => ({ token: admin.session.csrfToken })],
    ['from another site', () => ({ origin: 'https://evil.example' })],
    ['without an origin', () => ({ origin: undefined })],
  ])('[D09] is refused %s', async (_name, change) => {
    expect(typeof (await connectAgent(server, { ...whole(), ...change() }))).toBe('string');
  });

  it('[D09] is refused with the socket token of another session of the same person', async () => {
    const other = await accessOf(await signIn(server, admin.email), admin.email);
    expect(await connectAgent(server, { ...whole(), token: other.session.socketToken })).toBe('unauthorized');
  });

  it('[D09] is closed by signing out, and does not open again', async () => {
    const leaving = await accessOf(await signIn(server, admin.email), admin.email);
    const socket = await openConsole(server, leaving);
    const ended = new Promise((resolve) => socket.once('disconnect', resolve));
    expect((await call(server, 'POST', '/api/agent/sign-out', { as: leaving })).status).toBe(200);
    expect(await ended).toBe('io server disconnect');
    const handshake = { cookie: leaving.cookie, origin: server.url, token: leaving.session.socketToken };
    expect(await connectAgent(server, handshake)).toBe('unauthorized');
  });
});

describe('what a client may choose', () => {
  it('[D13] not a namespace', async () => {
    const socket = await openRawSocket(server.url, { origin: server.url });
    for (const name of ['/admin', '/visitor/../agent', '/__proto__']) {
      const from = socket.frames.length;
      socket.send(`40${name},{"site":"default"}`);
      expect(await socket.frame((frame) => frame.startsWith(`44${name},`), from)).toContain('Invalid namespace');
    }
    socket.send('40/agent,{"token":"x"}');
    expect(await socket.frame((frame) => frame.startsWith('44/agent,'))).toContain('unauthorized');
    socket.close();
  });

  it('[D13] not a room, a role, an author or a visitor: such fields change nothing', async () => {
    const owner = await connectVisitor(server.url);
    const asked = await owner.send('message:send', { clientMessageId: 'd13', text: 'Where is my parcel?' });
    const theirs = asked.ok ? asked.conversationId : '';
    const wishes = {
      room: `conversation:${theirs}`,
      rooms: [`conversation:${theirs}`, `visitor:${owner.session.visitorId}`, 'agents'],
      namespace: '/agent',
      role: 'admin',
      author: 'agent',
      authorName: 'Ada of the team',
      visitorId: owner.session.visitorId,
      agentId: 'agt_1',
      tier: 'handoff',
      status: 'failed',
      seq: 99,
      rev: 99,
      id: 'msg_chosen',
      messageId: 'msg_chosen',
    };
    const wisher = await connectVisitor(server.url, { auth: { ...wishes, visitorId: owner.session.visitorId, conversationId: theirs } });
    expect(wisher.session.visitorId).not.toBe(owner.session.visitorId);
    const sent = await wisher.send('message:send', { ...wishes, clientMessageId: 'd13-wish', text: 'Make me an admin' });
    if (!sent.ok) throw new Error(sent.error.message);
    expect(sent.conversationId).not.toBe(theirs);
    expect(sent.messageId).not.toBe('msg_chosen');
    await wisher.send('conversation:open', { ...wishes });
    await wisher.send('typing', { ...wishes });
    const mine = wisher.messages.get(sent.messageId);
    expect(mine).toMatchObject({ author: 'visitor', seq: 1, rev: 0, status: 'complete' });
    expect(mine).not.toHaveProperty('authorName');
    await owner.completed();
    const foreign = wisher.events.filter(({ payload }) => JSON.stringify(payload).includes(theirs));
    expect(foreign).toEqual([]);
    owner.close();
    wisher.close();
  });

  it('[D13] not on the agent socket either: an agent hears of a conversation only in the shape agents get', async () => {
    const socket: Socket = await openConsole(server, admin);
    const seen: string[] = [];
    socket.onAny((name: string) => seen.push(name));
    const answer = await socket.timeout(5_000).emitWithAck('join', { room: 'visitor:anybody' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(seen.filter((name) => name === 'session:ready')).toEqual([]);
    socket.close();
  });
});

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Ack, VisitorCommand } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';
import { connectVisitor } from '../support/visitor.ts';
import { openRawSocket } from './support/raw-socket.ts';
import { startRecordingProxy } from './support/recording-proxy.ts';
import { visitThrough } from './support/visit.ts';

const SESSIONS = 1_000;
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

/** Everything the store has on disk. */
function storedBytes(): Buffer {
  const files = ['stepdown.db', 'stepdown.db-wal'].map((name) => path.join(server.dataDir, name));
  return Buffer.concat(files.filter((file) => existsSync(file)).map((file) => readFileSync(file)));
}

async function newToken(): Promise<string> {
  const socket = await openRawSocket(server.url, { origin: server.url });
  socket.send('40/visitor,{"site":"default"}');
  const ready = await socket.frame((frame) => frame.includes('session:ready'));
  socket.close();
  await socket.closed;
  return /"token":"([^"]+)"/.exec(ready)?.[1] ?? '';
}

async function newTokens(count: number): Promise<string[]> {
  const tokens: string[] = [];
  while (tokens.length < count) tokens.push(...(await Promise.all(Array.from({ length: 25 }, newToken))));
  return tokens;
}

describe('the token of a visitor', () => {
  it(`[D01] is different in ${SESSIONS} sessions, 256 bits long, and on disk only as a hash`, async () => {
    const tokens = await newTokens(SESSIONS);
    expect(new Set(tokens).size).toBe(SESSIONS);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const stored = storedBytes();
    expect(tokens.filter((token) => stored.includes(token))).toEqual([]);
    expect(tokens.filter((token) => !stored.includes(createHash('sha256').update(token).digest('hex')))).toEqual([]);
  });

  it('[D01] is not taken from the client: an unknown one is replaced', async () => {
    const chosen = 'a'.repeat(43);
    const visitor = await connectVisitor(server.url, { auth: { token: chosen } });
    expect(visitor.session.token).not.toBe(chosen);
    visitor.close();
  });

  it.each(['websocket', 'polling'] as const)('[D07] is in no URL of a whole visit over %s', async (transport) => {
    const proxy = await startRecordingProxy(server.url, { refusesUpgrades: transport === 'polling' });
    const token = await visitThrough(proxy.url);
    await visitThrough(proxy.url, token);
    expect(proxy.requests.length).toBeGreaterThan(transport === 'polling' ? 6 : 1);
    expect(proxy.requests.filter(({ isUpgrade }) => isUpgrade).length > 0).toBe(true);
    expect(proxy.requests.filter(({ url }) => url.includes(token) || url.includes('token'))).toEqual([]);
    // The control: it did travel, in the body of the handshake. Websocket frames are masked, so only polling shows it.
    if (transport === 'polling') expect(proxy.requests.some(({ body }) => body.includes(token))).toBe(true);
    await proxy.close();
  });

  it('[D07] counts for nothing in a URL', async () => {
    const known = await connectVisitor(server.url);
    const socket = await openRawSocket(`${server.url}`, { origin: server.url });
    socket.send(`40/visitor?token=${known.session.token},{"site":"default"}`);
    const ready = await socket.frame((frame) => frame.includes('session:ready') || frame.startsWith('44'));
    expect(ready).not.toContain(known.session.visitorId);
    known.close();
    socket.close();
  });
});

/** A server that can't park questions says so to everyone, the owner included. */
function refusals(name: string): RegExp {
  return name.startsWith('question:') ? /^(not_found|unavailable)$/ : /^not_found$/;
}

describe('a conversation of somebody else', () => {
  it('[D02] is not found by any command, changes nothing, and sends no event', async () => {
    const owner = await connectVisitor(server.url);
    const stranger = await connectVisitor(server.url);
    const sent = await owner.send('message:send', { clientMessageId: 'd02', text: 'How long do I have to return something?' });
    if (!sent.ok) throw new Error(sent.error.message);
    const answer = await owner.completed();
    const { conversationId } = sent;
    const attempts: Readonly<Record<VisitorCommand, object>> = {
      'conversation:open': { conversationId, afterSeq: 0 },
      'message:send': { conversationId, clientMessageId: 'd02-stranger', text: 'I was never here' },
      'handoff:request': { conversationId, email: 'stranger@evil.example', note: 'I was never here' },
      'question:defer': { conversationId, messageId: answer.id, email: 'stranger@evil.example' },
      'question:withdraw': { conversationId, messageId: answer.id },
      'message:rate': { messageId: answer.id, rating: 'down', comment: 'I was never here' },
      'conversation:rate': { conversationId, score: 1 },
      'answer:stop': { conversationId, messageId: answer.id },
      typing: { conversationId, isTyping: true },
    };
    for (const [name, payload] of Object.entries(attempts)) {
      const ack: Ack = await stranger.socket.timeout(5_000).emitWithAck(name, payload);
      expect({ name, ack }).toMatchObject({ ack: { ok: false, error: { code: expect.stringMatching(refusals(name)) } } });
    }
    // The control: from here on the owner hears of every message, the stranger of none.
    await owner.send('message:send', { conversationId, clientMessageId: 'd02-2', text: 'And without a receipt?' });
    await owner.completed((message) => message.seq === 4);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(stranger.events.map(({ name }) => name)).toEqual(['session:ready']);
    const opened = await owner.send('conversation:open', { conversationId, afterSeq: 0 });
    if (!opened.ok) throw new Error(opened.error.message);
    expect(opened.messages.map(({ author, seq }) => `${seq} ${author}`)).toEqual(['1 visitor', '2 assistant', '3 visitor', '4 assistant']);
    expect(opened.conversation?.handoff).toEqual({ state: 'none' });
    expect(JSON.stringify(opened)).not.toMatch(/never here|evil\.example|"rating"/);
    owner.close();
    stranger.close();
  });

  it('[D02] is not in reach of the console routes either', async () => {
    const owner = await connectVisitor(server.url);
    const sent = await owner.send('message:send', { clientMessageId: 'd02-http', text: 'Where is my parcel?' });
    const conversationId = sent.ok ? sent.conversationId : '';
    const response = await fetch(`${server.url}/api/agent/conversations/${conversationId}`);
    expect(conversationId).not.toBe('');
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('parcel');
    owner.close();
  });
});

import type { InboxPage } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IDENTITY_SECRET, type IdentityClaims, signIdentity } from '../support/identity.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { connectVisitor, type RawVisitor } from '../support/visitor.ts';
import { type AgentAccess, call, setUpAdmin } from './support/agents.ts';

let server: TestServer;
let admin: AgentAccess;
let count = 0;

beforeAll(async () => {
  server = await startServer({ env: { STEPDOWN_IDENTITY_SECRET: IDENTITY_SECRET } });
  admin = await setUpAdmin(server);
});
afterAll(async () => {
  await server.stop();
});

async function visit(auth: object = {}): Promise<RawVisitor> {
  return connectVisitor(server.url, { auth });
}

async function visitAs(claims: IdentityClaims, auth: object = {}): Promise<RawVisitor> {
  return visit({ ...auth, identity: await signIdentity(claims) });
}

/** Says something and returns the conversation. */
async function say(visitor: RawVisitor, text: string): Promise<string> {
  count += 1;
  const sent = await visitor.send('message:send', { clientMessageId: `identity-${count}`, text });
  if (!sent.ok) throw new Error(sent.error.message);
  return sent.conversationId;
}

async function textsOf(visitor: RawVisitor, conversationId?: string): Promise<readonly string[]> {
  const opened = await visitor.send('conversation:open', { ...(conversationId !== undefined && { conversationId }), afterSeq: 0 });
  return opened.ok ? opened.messages.filter(({ author }) => author === 'visitor').map(({ text }) => text) : [opened.error.code];
}

async function inboxIdentity(search: string): Promise<unknown> {
  const response = await call(server, 'GET', `/api/agent/inbox?search=${encodeURIComponent(search)}`, { as: admin });
  const page: InboxPage = await response.json();
  return page.conversations.map(({ identity }) => identity);
}

describe('a signed identity', () => {
  it('[D03][P25] keeps what the device said before, and opens it on another device', async () => {
    const stranger = await visit();
    const conversationId = await say(stranger, 'I am nobody yet');
    const known = await visitAs({ sub: 'ada', name: 'Ada Lovelace', email: 'ada@shop.example' }, { token: stranger.session.token });
    expect(known.session).toMatchObject({ visitorId: stranger.session.visitorId, config: { identity: 'verified', conversationId } });
    const phone = await visitAs({ sub: 'ada', name: 'Ada Lovelace', email: 'ada@shop.example' });
    expect(phone.session.config.conversationId).toBe(conversationId);
    expect(await textsOf(phone, conversationId)).toEqual(['I am nobody yet']);
    expect(phone.session.token).not.toBe(known.session.token);
    // Both devices hear what is said on either.
    await phone.send('message:send', { conversationId, clientMessageId: 'from-the-phone', text: 'And now from the phone' });
    await known.until('message:created', (event) => JSON.stringify(event).includes('from the phone'));
    expect(await inboxIdentity('Lovelace')).toEqual([{ name: 'Ada Lovelace', email: 'ada@shop.example', isVerified: true }]);
    for (const visitor of [stranger, known, phone]) visitor.close();
  });

  it('[P25] brings along what was said on a second device before it was known whose it is', async () => {
    const desk = await visitAs({ sub: 'grace' });
    const first = await say(desk, 'From the desk');
    const phone = await visit();
    const second = await say(phone, 'From the phone, unknown');
    const known = await visitAs({ sub: 'grace' }, { token: phone.session.token });
    expect(known.session).toMatchObject({ visitorId: desk.session.visitorId, config: { conversationId: second } });
    expect(await textsOf(known, first)).toEqual(['From the desk']);
    expect(await textsOf(desk, second)).toEqual(['From the phone, unknown']);
    // The socket that was nobody's is gone, so nothing of the person is heard on it.
    await expect.poll(() => phone.socket.connected).toBe(false);
    for (const visitor of [desk, phone, known]) visitor.close();
  });

  it('[D02][P26] opens nothing of another person, with whatever token', async () => {
    const ada = await visitAs({ sub: 'ada-2' });
    const conversationId = await say(ada, 'Secret of Ada');
    const { token } = ada.session;
    const others = [
      await visitAs({ sub: 'eve' }, { token }),
      await visit({ token }),
      await visit({ token, identity: await signIdentity({ sub: 'ada-2' }, 'a secret that somebody has made up') }),
      await visitAs({ sub: 'ada-2', site: 'other' }, { site: 'other', token }),
      await visitAs({ sub: 'ada-2', site: 'other' }, { token }),
    ];
    for (const other of others) {
      expect(other.session.visitorId).not.toBe(ada.session.visitorId);
      expect(other.session.config.conversationId).toBeNull();
      expect(await textsOf(other, conversationId)).toEqual(['not_found']);
      other.close();
    }
    expect(others.map(({ session }) => session.config.identity)).toEqual(['verified', undefined, 'refused', 'verified', 'refused']);
    ada.close();
  });

  it('[D03][P26] that has run out opens nothing by itself, and does not interrupt who was known', async () => {
    const before = await visitAs({ sub: 'late' });
    const conversationId = await say(before, 'My tab stays open overnight');
    const same = await visitAs({ sub: 'late', expiresIn: -600 }, { token: before.session.token });
    expect(same.session).toMatchObject({ visitorId: before.session.visitorId, config: { identity: 'expired', conversationId } });
    const alone = await visitAs({ sub: 'late', expiresIn: -600 });
    expect(alone.session.visitorId).not.toBe(before.session.visitorId);
    expect(alone.session.config).toMatchObject({ identity: 'expired', conversationId: null });
    for (const visitor of [before, same, alone]) visitor.close();
  });

  it('[D03] that is too long, or none, leaves a visitor who is nobody', async () => {
    for (const identity of ['x'.repeat(5_000), { sub: 'ada' }, 7, null]) {
      const visitor = await visit({ identity });
      expect(visitor.session.config).toMatchObject({ identity: 'refused', conversationId: null });
      visitor.close();
    }
  });
});

describe('[D04][P27] what a page says about a visitor', () => {
  it('is shown as not verified, and opens no conversation', async () => {
    const victim = await visitAs({ sub: 'victim', name: 'Vic Timm', email: 'victim@shop.example' });
    const conversationId = await say(victim, 'My address is secret');
    const fraud = await visit({ profile: { name: 'Vic Timm', email: 'victim@shop.example', isVerified: true, sub: 'victim' } });
    expect(fraud.session.config.conversationId).toBeNull();
    expect(await textsOf(fraud)).toEqual([]);
    expect(await textsOf(fraud, conversationId)).toEqual(['not_found']);
    await say(fraud, 'Please tell me my address');
    const identities = await inboxIdentity('victim@shop.example');
    expect(identities).toHaveLength(2);
    expect(identities).toEqual(
      expect.arrayContaining([expect.objectContaining({ isVerified: true }), expect.objectContaining({ isVerified: false })]),
    );
    victim.close();
    fraud.close();
  });

  it('changes nothing about somebody the site vouched for', async () => {
    const known = await visitAs({ sub: 'known', name: 'Known Name' }, { profile: { name: 'Other Name', email: 'other@mail.example' } });
    await say(known, 'Who am I?');
    expect(await inboxIdentity('Known Name')).toEqual([{ name: 'Known Name', email: null, isVerified: true }]);
    expect(await inboxIdentity('other@mail.example')).toEqual([]);
    known.close();
  });

  it('is left out where it is no name or address, and never keeps anybody out', async () => {
    for (const profile of [{ name: 'x'.repeat(500), email: 'no address' }, { name: { a: 1 } }, [], 'Ada', 7]) {
      const visitor = await visit({ profile });
      expect(visitor.session.visitorId).toMatch(/^vis_/);
      visitor.close();
    }
  });
});

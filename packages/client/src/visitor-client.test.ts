import { describe, expect, it } from 'vitest';
import { createMemoryStorage } from './ports.ts';
import { createFakeClock, settle } from './testing/fake-clock.ts';
import { FakeServer } from './testing/fake-server.ts';
import { createFakeTabs } from './testing/fake-tabs.ts';
import { createVisitorClient, type VisitorClientOptions } from './visitor-client.ts';

function createWorld() {
  const server = new FakeServer();
  const clock = createFakeClock();
  const storage = createMemoryStorage();
  const tabs = createFakeTabs();
  let chance = 0;
  const open = (options: Partial<VisitorClientOptions> = {}) =>
    createVisitorClient({
      url: 'https://chat.example',
      site: 'shop',
      storage,
      channel: tabs.channel(),
      locks: tabs.locks,
      clock,
      random: () => {
        chance = (chance + 0.137) % 1;
        return chance;
      },
      openSocket: server.openSocket,
      ...options,
    });
  return { server, clock, storage, open };
}

const seen = (server: FakeServer, name: string) =>
  server.commands.filter((command) => command.name === name).map((command) => command.payload);

describe('session', () => {
  it('[C12] touches neither network nor storage before it is opened', async () => {
    const { server, storage, open } = createWorld();
    const client = open();
    await settle();
    expect(server.handshakes).toEqual([]);
    expect(storage.keys('')).toEqual([]);
    expect(client.getSnapshot().connection).toBe('idle');
  });

  it('[P2] keeps the token and sends it in the next handshake alone', async () => {
    const { server, open } = createWorld();
    const client = open({ page: { url: 'https://shop.example/', title: 'Shop' }, locale: 'de' });
    client.open();
    expect(client.getSnapshot().connection).toBe('connecting');
    await settle();
    expect(client.getSnapshot()).toMatchObject({ connection: 'online', tier: 'claude', notice: 'ai' });
    client.close();
    open().open();
    await settle();
    expect(server.handshakes).toEqual([
      { site: 'shop', locale: 'de', page: { url: 'https://shop.example/', title: 'Shop' } },
      { site: 'shop', token: 'tok_1' },
    ]);
  });

  it('[C13] shows a lost connection at once and its length after 6 s', async () => {
    const { server, clock, open } = createWorld();
    const client = open();
    client.open();
    await settle();
    server.isUp = false;
    server.drop();
    expect(client.getSnapshot().connection).toBe('reconnecting');
    await clock.advance(5_999);
    expect(client.getSnapshot().connection).toBe('reconnecting');
    await clock.advance(1);
    expect(client.getSnapshot().connection).toBe('offline');
    server.isUp = true;
    client.networkChanged(true);
    await settle();
    expect(client.getSnapshot().connection).toBe('online');
  });

  it('[C13] says after 6 s that a first connection does not come', async () => {
    const { server, clock, open } = createWorld();
    server.isUp = false;
    const client = open();
    client.open();
    await clock.advance(6_000);
    expect(client.getSnapshot().connection).toBe('offline');
  });

  it('[C16] two tabs opened at once become one visitor', async () => {
    const { server, open } = createWorld();
    open().open();
    open().open();
    await settle();
    expect(server.handshakes.map((handshake) => handshake.token)).toEqual([undefined, 'tok_1']);
  });

  it('[C17] the snapshot and unchanged messages stay the same objects', async () => {
    const { server, open } = createWorld();
    const client = open();
    client.open();
    client.send('hello');
    await settle();
    const before = client.getSnapshot();
    expect(client.getSnapshot()).toBe(before);
    const answer = server.addMessage({ status: 'streaming' });
    server.delta({ messageId: answer.id, rev: 0, offset: 0, text: 'Hi' });
    expect(client.getSnapshot()).not.toBe(before);
    expect(client.getSnapshot().messages[0]).toBe(before.messages[0]);
  });
});

describe('messages', () => {
  it('shows a message at once, and as the same row when the server has it', async () => {
    const { open } = createWorld();
    const client = open();
    client.open();
    client.send('hello');
    const [pending] = client.getSnapshot().messages;
    expect(pending).toMatchObject({ text: 'hello', delivery: 'waiting', author: 'visitor' });
    await settle();
    expect(client.getSnapshot().messages).toMatchObject([{ key: pending?.key, delivery: 'sent', seq: 1 }]);
  });

  it('[C6][P7] a message whose acknowledgement was lost is sent again with the same id and stored once', async () => {
    const { server, clock, open } = createWorld();
    const client = open();
    client.open();
    await settle();
    let isLost = true;
    server.intercept = (command) => {
      if (command.name !== 'message:send' || !isLost) return undefined;
      isLost = false;
      return 'silence';
    };
    client.send('hello');
    await clock.advance(20_000);
    const ids = seen(server, 'message:send').map((payload) => payload.clientMessageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(server.messages.map((message) => message.text)).toEqual(['hello']);
  });

  it('[P14] asks on every connect for what came after the last settled message', async () => {
    const { server, open } = createWorld();
    server.addMessage({ author: 'visitor', text: 'hello' });
    const answer = server.addMessage({ status: 'streaming', text: 'Hi ' });
    const client = open();
    client.open();
    await settle();
    server.drop();
    server.messages[1] = { ...answer, text: 'Hi there' };
    client.networkChanged(true);
    await settle();
    expect(seen(server, 'conversation:open')).toEqual([
      { conversationId: 'con_1', afterSeq: 0 },
      { conversationId: 'con_1', afterSeq: 1 },
    ]);
    expect(client.getSnapshot().messages.map((message) => message.text)).toEqual(['hello', 'Hi there']);
  });

  it('[P14] an answer that never came on the old connection does not disturb the new one', async () => {
    const { server, clock, open } = createWorld();
    server.addMessage({ author: 'visitor', text: 'hello' });
    let isSilent = true;
    server.intercept = (command) => (command.name === 'conversation:open' && isSilent ? 'silence' : undefined);
    const client = open();
    client.open();
    await settle();
    isSilent = false;
    server.drop();
    client.networkChanged(true);
    await clock.advance(30_000);
    expect(seen(server, 'conversation:open')).toHaveLength(2);
    expect(client.getSnapshot().messages).toHaveLength(1);
  });

  it('[C4] waits 60 ms for a missing delta, then asks', async () => {
    const { server, clock, open } = createWorld();
    const answer = server.addMessage({ status: 'streaming', text: '' });
    const client = open();
    client.open();
    await settle();
    server.delta({ messageId: answer.id, rev: 0, offset: 3, text: 'there' });
    await clock.advance(59);
    expect(seen(server, 'conversation:open')).toHaveLength(1);
    server.messages[0] = { ...answer, text: 'Hi there' };
    await clock.advance(1);
    expect(seen(server, 'conversation:open')).toHaveLength(2);
    expect(client.getSnapshot().messages[0]?.text).toBe('Hi there');
  });

  it('[C11] a message for a closed conversation begins the next one', async () => {
    const { server, open } = createWorld();
    server.addMessage({ author: 'visitor', text: 'old' });
    const client = open();
    client.open();
    await settle();
    server.intercept = (command) =>
      command.name === 'message:send' && command.payload.conversationId !== undefined
        ? { ok: false, error: { code: 'closed', message: 'resolved' } }
        : undefined;
    client.send('new');
    await settle();
    expect(seen(server, 'message:send').map((payload) => payload.conversationId)).toEqual(['con_1', undefined]);
  });

  it('takes a rating back that the server refused', async () => {
    const { server, open } = createWorld();
    const answer = server.addMessage({ text: 'Hi' });
    const client = open();
    client.open();
    await settle();
    server.intercept = (command) =>
      command.name === 'message:rate' ? { ok: false, error: { code: 'not_found', message: 'gone' } } : undefined;
    const failure = client.rate(answer.id, 'up');
    expect(client.getSnapshot().messages[0]?.rating).toBe('up');
    expect(await failure).toMatchObject({ code: 'not_found' });
    expect(client.getSnapshot().messages[0]?.rating).toBeUndefined();
  });

  it('counts what was not looked at yet, over reloads and in every tab', async () => {
    const { server, open } = createWorld();
    server.addMessage({ author: 'visitor', text: 'hello' });
    server.addMessage({ text: 'Hi' });
    const client = open();
    const other = open();
    client.open();
    other.open();
    await settle();
    expect(client.getSnapshot().unreadCount).toBe(1);
    client.markRead();
    expect(other.getSnapshot().unreadCount).toBe(0);
  });
});

describe('handoff', () => {
  it('[C14] the wish for a person survives a lost connection', async () => {
    const { server, open } = createWorld();
    server.addMessage({ author: 'visitor', text: 'hello' });
    const client = open();
    client.open();
    await settle();
    server.isUp = false;
    server.drop();
    client.requestHandoff({ email: 'me@example.com' });
    expect(client.getSnapshot().handoff.isRequested).toBe(true);
    server.isUp = true;
    client.networkChanged(true);
    await settle();
    expect(seen(server, 'handoff:request')).toEqual([{ conversationId: 'con_1', email: 'me@example.com' }]);
    expect(client.getSnapshot().handoff).toMatchObject({ state: 'queued', position: 1, email: 'me@example.com', isRequested: false });
  });

  it('[P21] passes on what is honestly known about the wait, and nothing more', async () => {
    const { server, open } = createWorld();
    server.addMessage({ author: 'visitor', text: 'hello' });
    const client = open();
    client.open();
    await settle();
    server.emit('handoff:changed', { conversationId: 'con_1', state: 'queued', position: 2, online: true, waitMs: 60_000 });
    expect(client.getSnapshot().handoff).toMatchObject({ state: 'queued', position: 2, waitMs: 60_000 });
    server.emit('handoff:changed', { conversationId: 'con_1', state: 'queued', position: 1, online: true });
    expect(client.getSnapshot().handoff).not.toHaveProperty('waitMs');
    server.emit('handoff:changed', { conversationId: 'con_1', state: 'active', agent: 'Mira' });
    expect(client.getSnapshot().handoff).toEqual({ state: 'active', agent: 'Mira', isRequested: false });
  });

  it('[C14] goes after the messages that were typed before it', async () => {
    const { server, open } = createWorld();
    server.addMessage({ author: 'visitor', text: 'hello' });
    const client = open();
    client.send('one');
    client.send('two');
    client.requestHandoff();
    client.open();
    await settle();
    const names = server.commands.map((command) => command.name).filter((name) => name !== 'conversation:open');
    expect(names).toEqual(['message:send', 'message:send', 'handoff:request']);
  });

  it('[C14] without a conversation the note begins one, and the wish follows it', async () => {
    const { server, open } = createWorld();
    const client = open();
    client.open();
    await settle();
    client.requestHandoff({ note: 'I need a person' });
    await settle();
    expect(server.commands.map((command) => command.name)).toEqual(['message:send', 'conversation:open', 'handoff:request']);
    expect(seen(server, 'handoff:request')).toEqual([{ conversationId: 'con_1' }]);
  });
});

describe('[C15] identity', () => {
  const token = (sub: string) => `h.${btoa(JSON.stringify({ sub }))}.s`;

  it('another person sees nothing of the one before, on the screen and on the device', async () => {
    const { server, storage, open } = createWorld();
    server.addMessage({ author: 'visitor', text: 'secret of ann' });
    const client = open({ identity: token('ann') });
    client.open();
    client.saveDraft('draft of ann');
    await settle();
    expect(client.getSnapshot().messages).toHaveLength(1);
    server.conversation = null;
    server.messages.length = 0;
    client.identify(token('ben'));
    expect(client.getSnapshot().messages).toEqual([]);
    expect(client.getDraft()).toBe('');
    await settle();
    expect(server.handshakes.at(-1)).toEqual({ site: 'shop', identity: token('ben') });
    expect(storage.keys('').filter((key) => storage.get(key) === 'draft of ann')).toEqual([]);
  });

  it('the first identification keeps what was said before it', async () => {
    const { server, open } = createWorld();
    const client = open();
    client.open();
    await settle();
    client.identify(token('ann'));
    await settle();
    expect(server.handshakes.at(-1)).toEqual({ site: 'shop', token: 'tok_1', identity: token('ann') });
  });

  it('a new token of the same person changes nothing that is kept', async () => {
    const { server, open } = createWorld();
    const client = open({ identity: token('ann') });
    client.open();
    await settle();
    client.identify(`${token('ann')}new`);
    await settle();
    expect(server.handshakes.at(-1)).toMatchObject({ token: 'tok_1' });
  });

  it('[D06] a name goes along; another address is another person, unknown to the one before', async () => {
    const { server, open } = createWorld();
    const client = open();
    client.open();
    await settle();
    client.identify(null, { name: 'Ann', email: 'ann@mail.example' });
    await settle();
    expect(server.handshakes.at(-1)).toEqual({ site: 'shop', token: 'tok_1', profile: { name: 'Ann', email: 'ann@mail.example' } });
    client.identify(null, { name: 'Ben', email: 'ben@mail.example' });
    await settle();
    expect(server.handshakes.at(-1)).toEqual({ site: 'shop', profile: { name: 'Ben', email: 'ben@mail.example' } });
    const count = server.handshakes.length;
    client.identify(null, { name: 'Ben', email: 'ben@mail.example' });
    await settle();
    expect(server.handshakes).toHaveLength(count);
  });

  it('reset forgets everybody and closes', async () => {
    const { storage, open } = createWorld();
    const client = open({ identity: token('ann') });
    client.open();
    client.send('hello');
    await settle();
    client.reset();
    expect(storage.keys('')).toEqual([]);
    expect(client.getSnapshot()).toMatchObject({ connection: 'idle', messages: [] });
  });
});

import { type Ack, agentCommands, type VisitorCommand, visitorCommands } from '@stepdown/protocol';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectVisitor, type RawVisitor } from '../support/visitor.ts';
import { openConsole, setUpAdmin } from './support/agents.ts';
import { INSPECTED, reachableHeapBytes } from './support/inspected-heap.ts';
import { malformedPayloads } from './support/malformed.ts';
import { newAddress } from './support/proxy-address.ts';
import { handshakeStatus, openRawSocket, type RawSocket } from './support/raw-socket.ts';
import { type SimulatedServer, startSimulated } from './support/simulated-server.ts';

let house: SimulatedServer;
let url: string;
/** Opened first and looked at last: a connection that says nothing. */
let silent: { readonly socket: RawSocket; readonly openedAt: number; closedAfterMs: number | undefined };

beforeAll(async () => {
  house = await startSimulated({ env: INSPECTED });
  url = house.server.url;
  silent = { socket: await openRawSocket(url, { origin: url, ...newAddress() }), openedAt: performance.now(), closedAfterMs: undefined };
  void silent.socket.closed.then(() => {
    silent.closedAfterMs = performance.now() - silent.openedAt;
  });
});
afterAll(async () => {
  await house.stop();
});

const visit = (options: Parameters<typeof connectVisitor>[1] = {}): Promise<RawVisitor> =>
  connectVisitor(url, { headers: newAddress(), ...options });

/** The program is the same process as before, and nothing in it failed unseen. */
async function expectUnharmed(): Promise<void> {
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(house.server.output()).not.toMatch(/rejected and nobody looked|A command failed|could not be welcomed|TypeError|RangeError/);
}

const requestsWith = (text: string): number => house.simulator.requests().filter(({ body }) => JSON.stringify(body).includes(text)).length;

describe('sizes', () => {
  it('[D10] 4,000 characters pass, 4,001 are refused by name, and the connection lives', async () => {
    const visitor = await visit();
    const send = (length: number) => visitor.send('message:send', { clientMessageId: `l-${length}`, text: 'm'.repeat(length) });
    expect(await send(4_001)).toMatchObject({ ok: false, error: { code: 'too_long' } });
    expect(await send(4_000)).toMatchObject({ ok: true });
    expect(visitor.socket.connected).toBe(true);
    visitor.close();
  });

  it.each([70_000, 1_100_000])('[D10] a frame of %i bytes ends its connection and nothing else', async (bytes) => {
    const [bystander, visitor] = await Promise.all([visit(), visit()]);
    const ended = new Promise((resolve) => visitor.socket.once('disconnect', resolve));
    visitor.socket.emit('message:send', { clientMessageId: 'big', text: 'm'.repeat(bytes) }, () => undefined);
    await ended;
    expect(await bystander.send('conversation:open', {})).toMatchObject({ ok: true });
    bystander.close();
    await expectUnharmed();
  });
});

describe('rates', () => {
  it('[D11] of 100 messages in a second five are taken, the others told when to come back, and a second tab gets no more', async () => {
    const visitor = await visit();
    const tab = await visit({ auth: { token: visitor.session.token } });
    const send = (from: RawVisitor, index: number) =>
      from.send('message:send', { clientMessageId: `r-${index}`, text: `Flood of messages ${index}` });
    const acks = await Promise.all(Array.from({ length: 100 }, (_unused, index) => send(index % 2 === 0 ? visitor : tab, index)));
    const taken = acks.filter((ack) => ack.ok);
    const refused = acks.flatMap((ack) => (ack.ok ? [] : [ack.error]));
    expect(taken).toHaveLength(5);
    for (const error of refused) expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
    expect(Math.min(...refused.map(({ retryAfterMs = 0 }) => retryAfterMs))).toBeGreaterThan(0);
    await visitor.completed();
    expect(requestsWith('Flood of messages')).toBeLessThanOrEqual(5);
    visitor.close();
    tab.close();
  });

  it('[D11] many visitors of one address share a limit; another address is served meanwhile', async () => {
    const headers = newAddress();
    const crowd = await Promise.all(Array.from({ length: 12 }, () => visit({ headers })));
    const acks = await Promise.all(
      crowd.flatMap((visitor, who) =>
        Array.from({ length: 5 }, (_unused, index) =>
          visitor.send('message:send', { clientMessageId: `a-${who}-${index}`, text: `From one address ${who} ${index}` }),
        ),
      ),
    );
    // 40 at once, and one more for each 250 ms that the 60 took.
    expect(acks.filter((ack) => ack.ok).length).toBeGreaterThanOrEqual(40);
    expect(acks.filter((ack) => ack.ok).length).toBeLessThan(55);
    const other = await visit();
    expect(await other.send('message:send', { clientMessageId: 'other', text: 'Where is my parcel?' })).toMatchObject({ ok: true });
    for (const each of [...crowd, other]) each.close();
  });

  it('[D11] commands that are no messages are limited by socket', async () => {
    const visitor = await visit();
    const acks = await Promise.all(Array.from({ length: 200 }, () => visitor.send('conversation:open', {})));
    expect(acks.filter((ack) => ack.ok).length).toBeLessThan(120);
    expect(acks.find((ack) => !ack.ok)).toMatchObject({ error: { code: 'rate_limited', retryAfterMs: expect.any(Number) } });
    visitor.close();
  });
});

describe('shapes', () => {
  async function sendMalformed(socket: Socket, event: string, fits: (payload: unknown) => boolean): Promise<void> {
    const payloads = malformedPayloads();
    expect(payloads.length).toBeGreaterThanOrEqual(30);
    const acks: Ack[] = await Promise.all(payloads.map((payload) => socket.timeout(10_000).emitWithAck(event, payload)));
    const wrong = acks.flatMap((ack, index) => (fits(payloads[index]) ? [] : [ack.ok ? 'taken' : ack.error.code]));
    expect(wrong.length).toBeGreaterThanOrEqual(7);
    expect(wrong.filter((code) => !['invalid', 'too_long'].includes(code))).toEqual([]);
    for (const ack of acks) if (!ack.ok) expect(ack.error.message.length).toBeLessThan(300);
  }

  it.each(Object.keys(visitorCommands))('[D12] %s refuses what does not fit, by a typed answer', async (event) => {
    const visitor = await visit();
    const schema = visitorCommands[event as VisitorCommand];
    await sendMalformed(visitor.socket, event, (payload) => schema.safeParse(payload).success);
    expect(visitor.socket.connected).toBe(true);
    visitor.close();
    await expectUnharmed();
  });

  it('[D12] so do the events of the console', async () => {
    const admin = await setUpAdmin(house.server);
    for (const [event, schema] of Object.entries(agentCommands)) {
      const socket = await openConsole(house.server, admin);
      await sendMalformed(socket, event, (payload) => schema.safeParse(payload).success);
      expect(socket.connected).toBe(true);
      socket.close();
    }
    await expectUnharmed();
  });

  it('[D12] unknown and strange event names are refused, missing acknowledgements ignored, missing payloads named', async () => {
    const visitor = await visit();
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'error', 'x'.repeat(5_000)]) {
      expect(await visitor.socket.timeout(5_000).emitWithAck(name, {})).toMatchObject({ ok: false, error: { code: 'invalid' } });
    }
    visitor.socket.emit('message:send', { clientMessageId: 'no-ack', text: 'nobody waits for this' });
    expect(await visitor.socket.timeout(5_000).emitWithAck('message:send')).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(requestsWith('nobody waits for this')).toBe(0);
    visitor.close();
    await expectUnharmed();
  });

  it.each([
    ['a number as event name', '42/visitor,7[5,{}]', /^43\/visitor,7\[\{"ok":false,"error":\{"code":"invalid"/],
    ['a reserved event name', '42/visitor,7["disconnect",{}]', 'closed'],
    ['broken JSON', '42/visitor,7["message:send",{', 'closed'],
    ['no array', '42/visitor,7{"event":"message:send"}', 'closed'],
    ['an unknown packet type', '49/visitor,[]', 'closed'],
    ['an acknowledgement of nothing', '43/visitor,999[]', 'open'],
    ['an event before joining', '42/agent,1["tier:force",{}]', 'closed'],
  ] as const)('[D12] %s does no harm', async (_name, frame, expected) => {
    const socket = await openRawSocket(url, { origin: url, ...newAddress() });
    socket.send('40/visitor,{"site":"default"}');
    await socket.frame((each) => each.includes('session:ready'));
    socket.send(frame);
    if (expected === 'closed') await socket.closed;
    else if (expected !== 'open') await socket.frame((each) => expected.test(each));
    expect(socket.isOpen()).toBe(expected !== 'closed');
    socket.close();
    await expectUnharmed();
  });

  it('[D12] a handshake that does not fit is refused', async () => {
    for (const auth of ['{"site":5}', '{"token":{"a":1}}', '{"page":"x"}', `{"token":"${'t'.repeat(300)}"}`]) {
      const socket = await openRawSocket(url, { origin: url, ...newAddress() });
      socket.send(`40/visitor,${auth}`);
      await socket.closed;
      expect(socket.frames.join()).not.toContain('session:ready');
    }
    await expectUnharmed();
  });
});

describe('binary packets', () => {
  it('[D15] that announce attachments end the connection, 500 times, and leave nothing behind', async () => {
    const announce = async (headers: Record<string, string>): Promise<void> => {
      const socket = await openRawSocket(url, { origin: url, ...headers });
      socket.send('40/visitor,{"site":"default"}');
      await socket.frame((frame) => frame.includes('session:ready'));
      socket.send(`451-/visitor,1["message:send",{"_placeholder":true,"num":0},"${'m'.repeat(30_000)}"]`);
      await socket.closed;
    };
    await Promise.all(Array.from({ length: 20 }, () => announce(newAddress())));
    const before = await reachableHeapBytes(house.server);
    for (let round = 0; round < 25; round += 1) {
      const headers = newAddress();
      await Promise.all(Array.from({ length: 20 }, () => announce(headers)));
    }
    // 500 packets of 30 kB, kept, would be 15 MB.
    expect((await reachableHeapBytes(house.server)) - before).toBeLessThan(10_000_000);
    await expectUnharmed();
  });

  it('[D15] so does a binary frame', async () => {
    const socket = await openRawSocket(url, { origin: url, ...newAddress() });
    socket.send('40/visitor,{"site":"default"}');
    await socket.frame((frame) => frame.includes('session:ready'));
    socket.send(new Uint8Array([1, 2, 3]));
    await socket.closed;
    expect(socket.isOpen()).toBe(false);
  });
});

describe('connections', () => {
  it('[D16] 500 idle ones from one address are capped at 60, and a new visitor connects meanwhile', async () => {
    const headers = { origin: url, ...newAddress() };
    const attempts = await Promise.allSettled(Array.from({ length: 500 }, () => openRawSocket(url, headers)));
    const opened = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
    expect(opened.length).toBe(60);
    const visitor = await visit();
    expect(await visitor.send('conversation:open', {})).toMatchObject({ ok: true });
    visitor.close();
    for (const socket of opened) socket.close();
    await Promise.all(opened.map((socket) => socket.closed));
    // Seats are given back: the same address is welcome again.
    await expect.poll(() => handshakeStatus(url, headers)).toBe(101);
  });

  it('[D16] one visitor has at most 12', async () => {
    const first = await visit();
    const auth = { token: first.session.token };
    const tabs = await Promise.all(Array.from({ length: 11 }, () => visit({ auth })));
    const extra = await openRawSocket(url, { origin: url, ...newAddress() });
    extra.send(`40/visitor,${JSON.stringify({ site: 'default', ...auth })}`);
    await extra.closed;
    expect(extra.frames.join()).not.toContain('session:ready');
    for (const tab of [first, ...tabs]) tab.close();
  });

  it('[D17] the same message three times, one after the other, is one message and one model call', async () => {
    const visitor = await visit();
    const payload = { clientMessageId: 'again', text: 'Three times the same, in a row' };
    const acks = [];
    for (let time = 0; time < 3; time += 1) acks.push(await visitor.send('message:send', payload));
    expect(new Set(acks.map((ack) => JSON.stringify(ack))).size).toBe(1);
    await visitor.completed();
    const opened = await visitor.send('conversation:open', { afterSeq: 0 });
    expect(opened.ok && opened.messages.map(({ author }) => author)).toEqual(['visitor', 'assistant']);
    expect(requestsWith('Three times the same, in a row')).toBe(1);
    visitor.close();
  });

  it('[D17] so is the same message at the same moment on two connections, before there is a conversation', async () => {
    const visitor = await visit();
    const tab = await visit({ auth: { token: visitor.session.token } });
    const payload = { clientMessageId: 'at-once', text: 'Three times the same, at once' };
    const acks = await Promise.all([visitor, tab, visitor].map((each) => each.send('message:send', payload)));
    expect(acks[0]).toMatchObject({ ok: true });
    expect(new Set(acks.map((ack) => JSON.stringify(ack))).size).toBe(1);
    await visitor.completed();
    expect(requestsWith('Three times the same, at once')).toBe(1);
    visitor.close();
    tab.close();
  });

  it('[D16] one that joins nothing is closed after ten seconds', async () => {
    await silent.socket.closed;
    expect(silent.closedAfterMs).toBeGreaterThan(5_000);
    expect(silent.closedAfterMs).toBeLessThan(12_000);
  });
});

import type { Ack, VisitorAcks } from '@stepdown/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutbox, type Outbox, type OutboxEntry } from './outbox.ts';
import { createMemoryStorage, type StoragePort } from './ports.ts';
import { createFakeClock, type FakeClock, settle } from './testing/fake-clock.ts';
import { createFakeTabs } from './testing/fake-tabs.ts';

type Answer = Ack<VisitorAcks['message:send']>;

const stored: Answer = { ok: true, conversationId: 'con_1', messageId: 'm', seq: 1 };
const unavailable: Answer = { ok: false, error: { code: 'unavailable', message: 'no acknowledgement' } };

interface Device {
  readonly storage: StoragePort;
  readonly clock: FakeClock;
  readonly sent: OutboxEntry[];
  answer: (entry: OutboxEntry) => Promise<Answer>;
  openTab(options?: { random?: () => number }): Outbox;
}

function createDevice(): Device {
  const tabs = createFakeTabs();
  const device: Device = {
    storage: createMemoryStorage(),
    clock: createFakeClock(),
    sent: [],
    answer: () => Promise.resolve(stored),
    openTab: (options = {}) =>
      createOutbox({
        storage: device.storage,
        channel: tabs.channel(),
        locks: tabs.locks,
        lockName: 'outbox',
        clock: device.clock,
        random: options.random ?? (() => 0.5),
        send: (entry) => {
          device.sent.push(entry);
          return device.answer(entry);
        },
        onChange: () => {},
      }),
  };
  return device;
}

const texts = (entries: readonly OutboxEntry[]) => entries.map((entry) => entry.text);

describe('outbox', () => {
  it('[C6] keeps a message until the acknowledgement, also over a reload', async () => {
    const device = createDevice();
    device.openTab().add({ text: 'hello' });
    const reloaded = device.openTab();
    expect(texts(reloaded.list())).toEqual(['hello']);
    expect(device.sent).toEqual([]);
    reloaded.setOnline(true);
    await settle();
    expect(texts(device.sent)).toEqual(['hello']);
    expect(reloaded.list()).toEqual([]);
  });

  it('[C6] a message that comes back in the conversation is acknowledged', async () => {
    const device = createDevice();
    const outbox = device.openTab();
    outbox.acknowledge(outbox.add({ text: 'hello' }).clientMessageId);
    outbox.setOnline(true);
    await settle();
    expect(device.sent).toEqual([]);
  });

  it('[C7] sends in the order typed, one after the other, under the same id', async () => {
    const device = createDevice();
    const outbox = device.openTab();
    for (const text of ['one', 'two', 'three']) outbox.add({ text });
    let open = 0;
    device.answer = async () => {
      open += 1;
      expect(open).toBe(1);
      await Promise.resolve();
      open -= 1;
      return device.sent.length === 1 ? unavailable : stored;
    };
    outbox.setOnline(true);
    await device.clock.advance(5_000);
    expect(texts(device.sent)).toEqual(['one', 'one', 'two', 'three']);
    expect(device.sent[0]?.clientMessageId).toBe(device.sent[1]?.clientMessageId);
  });

  it('[C8] two tabs send each message once and both see what is left', async () => {
    const device = createDevice();
    const first = device.openTab({ random: () => 0.1 });
    const second = device.openTab({ random: () => 0.2 });
    first.setOnline(true);
    second.setOnline(true);
    first.add({ text: 'from one' });
    second.add({ text: 'from two' });
    expect(texts(first.list())).toEqual(texts(second.list()));
    await settle();
    expect(texts(device.sent).toSorted()).toEqual(['from one', 'from two']);
    expect(first.list()).toEqual([]);
    expect(second.list()).toEqual([]);
  });

  it('[C8] a tab with a connection sends what a tab without one typed', async () => {
    const device = createDevice();
    const offline = device.openTab();
    const online = device.openTab();
    offline.add({ text: 'typed offline' });
    online.setOnline(true);
    await settle();
    expect(texts(device.sent)).toEqual(['typed offline']);
    expect(offline.list()).toEqual([]);
  });

  it('[C9] waits 1 s, then twice as long each time, at most 30 s', async () => {
    const device = createDevice();
    const at: number[] = [];
    device.answer = async () => {
      at.push(device.clock.now());
      return unavailable;
    };
    const outbox = device.openTab();
    outbox.setOnline(true);
    outbox.add({ text: 'hello' });
    await device.clock.advance(130_000);
    const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    expect(waits.slice(0, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('[C9] waits as long as the server asks', async () => {
    const device = createDevice();
    device.answer = async () => ({ ok: false, error: { code: 'rate_limited', message: 'slow down', retryAfterMs: 9_000 } });
    const outbox = device.openTab();
    outbox.setOnline(true);
    outbox.add({ text: 'hello' });
    await device.clock.advance(8_999);
    expect(device.sent).toHaveLength(1);
    await device.clock.advance(1);
    expect(device.sent).toHaveLength(2);
  });

  it('[C9] stops while the connection is gone and goes on at once with the next one', async () => {
    const device = createDevice();
    device.answer = async () => unavailable;
    const outbox = device.openTab();
    outbox.setOnline(true);
    outbox.add({ text: 'hello' });
    await settle();
    outbox.setOnline(false);
    await device.clock.advance(60_000);
    expect(device.sent).toHaveLength(1);
    device.answer = async () => stored;
    outbox.setOnline(true);
    await settle();
    expect(device.sent).toHaveLength(2);
    expect(outbox.list()).toEqual([]);
  });

  it('[C10] marks what will never be taken and goes on with the next; retry and discard are up to the visitor', async () => {
    const device = createDevice();
    device.answer = async (entry) => (entry.text === 'bad' ? { ok: false, error: { code: 'invalid', message: 'no' } } : stored);
    const outbox = device.openTab();
    const bad = outbox.add({ text: 'bad' });
    outbox.add({ text: 'good' });
    outbox.setOnline(true);
    await settle();
    expect(outbox.list()).toMatchObject([{ text: 'bad', failure: { code: 'invalid' } }]);
    device.answer = async () => stored;
    outbox.retry(bad.clientMessageId);
    await settle();
    expect(outbox.list()).toEqual([]);
  });

  it('[C7] over random losses and reconnects everything arrives once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('type', 'lose', 'drop', 'wait'), { maxLength: 40 }), async (steps) => {
        const device = createDevice();
        const arrived: string[] = [];
        let isLost = false;
        // A lost acknowledgement: the server has the message, the client does not know.
        device.answer = async (entry) => {
          if (!arrived.includes(entry.clientMessageId)) arrived.push(entry.clientMessageId);
          return isLost ? unavailable : stored;
        };
        let chance = 0;
        const random = () => {
          chance = (chance + 0.0137) % 1;
          return chance;
        };
        let outbox = device.openTab({ random });
        outbox.setOnline(true);
        const typed: string[] = [];
        for (const step of steps) {
          if (step === 'type') typed.push(outbox.add({ text: `t${typed.length}` }).clientMessageId);
          if (step === 'lose') isLost = !isLost;
          if (step === 'drop') {
            outbox.stop();
            outbox = device.openTab({ random });
            outbox.setOnline(true);
          }
          await device.clock.advance(step === 'wait' ? 1_500 : 0);
        }
        isLost = false;
        await device.clock.advance(120_000);
        expect(arrived).toEqual(typed);
        expect(outbox.list()).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createNoAgentWatch, type Mail, TICKET } from '@stepdown/conversation';
import { createIds, silentLog } from '@stepdown/kernel';
import { createManualClock, seededRandom } from '@stepdown/kernel/testing';
import { openStore, type Store } from '@stepdown/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig, type ServerConfig } from '../config.ts';
import { createTicketDelivery } from './tickets.ts';

const clock = createManualClock();
const newId = createIds({ clock, random: seededRandom(1) });
let dataDir: string;
let store: Store;

beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'stepdown-tickets-'));
  store = await openStore({ dataDir, clock, log: silentLog });
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function config(): ServerConfig {
  const parsed = parseConfig(
    { STEPDOWN_SMTP_URL: 'smtps://u:p@mail.example.com', STEPDOWN_MAIL_FROM: 'chat@shop.example' },
    { siteName: 'Birchkettle', handoff: { ticketEmail: 'help@shop.example' } },
  );
  if (!parsed.ok) throw new Error(parsed.problems.map(({ reason }) => reason).join());
  return parsed.config;
}

async function waiting(): Promise<string> {
  const id = newId('con');
  const at = clock.now();
  await store.conversations.create({ id, visitorId: 'vis_1', site: 'default', locale: 'en', createdAt: at });
  const message = { id: newId('msg'), author: 'visitor' as const, text: 'Where is it?', status: 'complete' as const, createdAt: at };
  await store.conversations.append({ conversationId: id, message, patch: { handoff: 'queued', waitingSince: at } });
  return id;
}

function watch() {
  const told: string[] = [];
  const sweep = createNoAgentWatch({
    conversations: store.conversations,
    queue: store.queue,
    jobs: store.jobs,
    publish: (event) => event.type === 'message.created' && told.push(event.message.text),
    clock,
    newId,
    noAgentAfterMs: 1_000,
    hasTickets: true,
  });
  return { told, sweep: sweep.sweep };
}

describe('a visitor nobody has answered', () => {
  it('[C29] is told once and becomes one ticket, also over several processes and restarts', async () => {
    await waiting();
    const [first, second] = [watch(), watch()];
    clock.advance(999);
    expect(await first.sweep()).toBe(0);
    clock.advance(1);
    expect(await Promise.all([first.sweep(), second.sweep()])).toEqual(expect.arrayContaining([0, 1]));
    expect(await watch().sweep()).toBe(0);
    expect(await store.jobs.list({ kind: TICKET, limit: 10 })).toHaveLength(1);
  });

  it('[C29] is told again when waiting anew', async () => {
    const id = await waiting();
    const one = watch();
    clock.advance(1_000);
    await one.sweep();
    await store.conversations.update(id, { waitingSince: clock.now() }, { at: clock.now() });
    clock.advance(1_000);
    expect(await one.sweep()).toBe(1);
    expect(one.told).toHaveLength(2);
  });
});

describe('a ticket by e-mail', () => {
  it('is sent with the transcript, tried again under the same id, and given up after about an hour', async () => {
    await waiting();
    clock.advance(1_000);
    await watch().sweep();
    const tried: Mail[] = [];
    let isDown = true;
    const delivery = createTicketDelivery({
      config: config(),
      store,
      clock,
      log: silentLog,
      processId: 'one',
      mailer: {
        async send(mail) {
          tried.push(mail);
          if (isDown) throw new Error('450 try later');
        },
      },
    });
    await delivery.deliverDue();
    await delivery.deliverDue();
    expect(tried).toHaveLength(1);
    clock.advance(29_999);
    await delivery.deliverDue();
    expect(tried).toHaveLength(1);
    clock.advance(1);
    isDown = false;
    await delivery.deliverDue();
    clock.advance(86_400_000);
    await delivery.deliverDue();
    expect(tried).toHaveLength(2);
    expect(new Set(tried.map(({ id }) => id)).size).toBe(1);
    expect(tried[1]).toMatchObject({ to: 'help@shop.example', subject: 'Birchkettle: a customer waits for an answer' });
    expect(tried[1]?.text).toContain('Customer:\nWhere is it?');
  });

  it('goes nowhere when neither mailbox nor webhook is configured', () => {
    const parsed = parseConfig({}, {});
    if (!parsed.ok) throw new Error('The defaults are valid.');
    expect(createTicketDelivery({ config: parsed.config, store, clock, log: silentLog, processId: 'one' }).kinds).toEqual([]);
  });
});

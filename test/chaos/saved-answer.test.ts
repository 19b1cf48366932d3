import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Message } from '@stepdown/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { breakProvider } from '../support/faults.ts';
import { quickRecovery } from '../support/quick-recovery.ts';
import { root, startServer, type TestServer } from '../support/server.ts';
import { connectVisitor } from '../support/visitor.ts';

const faqDir = path.join(mkdtempSync(path.join(tmpdir(), 'stepdown-faq-')), 'faq');
let server: TestServer;
let counter = 0;

beforeAll(async () => {
  cpSync(path.join(root, 'faq-data', 'en'), path.join(faqDir, 'en'), { recursive: true });
  server = await startServer({ env: { ...quickRecovery(), STEPDOWN_FAQ_DIR: faqDir } });
});
afterAll(async () => {
  await server.stop();
});
beforeEach(() => models('healthy'));

async function models(mode: 'refused' | 'healthy'): Promise<void> {
  await breakProvider(server.url, 'claude', { mode });
  await breakProvider(server.url, 'gpt', { mode });
  const expected = mode === 'healthy' ? 'claude' : 'faq';
  if (mode === 'healthy') await expect.poll(tier, { timeout: 20_000 }).toBe(expected);
}

async function tier(): Promise<string> {
  return (await (await fetch(`${server.url}/api/status`)).json()).tier;
}

interface Asked {
  readonly answer: Message;
  readonly conversationId: string;
  readonly tookMs: number;
  rate(rating: 'up' | 'down'): Promise<void>;
}

/** Each question comes from a visitor of its own, in a conversation of its own. */
async function ask(text: string, earlier: readonly string[] = []): Promise<Asked> {
  const visitor = await connectVisitor(server.url);
  let conversationId: string | undefined;
  let answer: Message | undefined;
  let startedAt = 0;
  const known = new Set<string>();
  for (const each of [...earlier, text]) {
    counter += 1;
    startedAt = performance.now();
    const send = { clientMessageId: `s-${counter}`, text: each, locale: 'en', ...(conversationId === undefined ? {} : { conversationId }) };
    const ack = await visitor.send('message:send', send);
    if (!ack.ok) throw new Error(ack.error.message);
    conversationId = ack.conversationId;
    answer = await visitor.completed(({ id }) => !known.has(id));
    known.add(answer.id);
  }
  if (answer === undefined || conversationId === undefined) throw new Error('Nothing was asked.');
  const { id } = answer;
  const completedAt = visitor.events.find(
    ({ name, payload }) => name === 'message:completed' && (payload as { message: Message }).message.id === id,
  )?.at;
  const rate = async (rating: 'up' | 'down') => {
    const rater = await connectVisitor(server.url, { auth: { token: visitor.session.token } });
    expect(await rater.send('message:rate', { messageId: id, rating })).toMatchObject({ ok: true });
    rater.close();
  };
  visitor.close();
  return { answer, conversationId, tookMs: (completedAt ?? Number.POSITIVE_INFINITY) - startedAt, rate };
}

describe('saved answers', () => {
  it('[P16] serves what Claude said to the next visitor when the models are gone, labelled, in less than 200 ms', async () => {
    const first = await ask('How long does delivery take?');
    expect(first.answer).toMatchObject({ tier: 'claude' });
    expect(first.answer.savedAt).toBeUndefined();
    await models('refused');
    await expect
      .poll(async () => (await ask('Which films are in the cinema tonight?')).answer.tier, { timeout: 15_000 })
      .not.toBe('claude');
    await expect.poll(tier, { timeout: 15_000 }).toBe('faq');
    const second = await ask('Hi, how long does delivery take? Thanks');
    expect(second.answer).toMatchObject({ tier: 'faq', text: first.answer.text, sources: first.answer.sources });
    expect(second.answer.savedAt).toBeGreaterThan(Date.now() - 60_000);
    expect(second.answer.checkedAt).toBe(second.answer.savedAt);
    expect(second.tookMs).toBeLessThan(1_000);
  });

  it('[P16] does not take the opposite for the same', async () => {
    const first = await ask('Can I pay with a gift card?');
    expect(first.answer.sources?.length).toBeGreaterThan(0);
    await models('refused');
    expect((await ask('Can I pay without a gift card?')).answer.savedAt).toBeUndefined();
    expect((await ask('Can I pay with a gift card?')).answer.savedAt).toBeDefined();
  });

  it('[D38] saves nothing that was asked or answered with personal context', async () => {
    const personal = ['My name is Ada Frost and my order is 48213. How do I return it?', 'Where is order BK-48213?'];
    for (const text of personal) await ask(text);
    await ask('Do you ship to Norway?', ['My name is Ada Frost and I live in Oslo.']);
    await models('refused');
    for (const text of personal) expect((await ask(text)).answer.savedAt).toBeUndefined();
    expect((await ask('Do you ship to Norway?')).answer.savedAt).toBeUndefined();
    await models('healthy');
    await ask('Do you ship to Norway?');
    await models('refused');
    expect((await ask('Do you ship to Norway?')).answer.savedAt).toBeDefined();
  });

  it('[P16] a thumbs-down takes the answer away', async () => {
    const text = 'How do I cancel my order?';
    await ask(text);
    await models('refused');
    const served = await ask(text);
    expect(served.answer.savedAt).toBeDefined();
    await served.rate('down');
    expect((await ask(text)).answer.savedAt).toBeUndefined();
  });

  it('[P16] an edit of its article takes the answer away, an edit of another does not', async () => {
    const text = 'How long does delivery take?';
    const first = await ask(text);
    const [source] = first.answer.sources ?? [];
    const file = path.join(faqDir, 'en', `${source?.id}.md`);
    await models('refused');
    expect((await ask(text)).answer.savedAt).toBeDefined();
    const other = path.join(faqDir, 'en', 'gift-wrap.md');
    writeFileSync(other, `${readFileSync(other, 'utf8')}\nEdited.\n`);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect((await ask(text)).answer.savedAt).toBeDefined();
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nFrom today on it takes 14 days.\n`);
    await expect.poll(async () => (await ask(text)).answer.savedAt, { timeout: 5_000 }).toBeUndefined();
    expect((await ask(text)).answer).toMatchObject({ tier: 'faq', sources: [{ id: source?.id }] });
    expect((await ask(text)).answer.text).toContain('14 days');
  });
});

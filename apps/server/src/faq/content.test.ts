import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createIds, silentLog } from '@stepdown/kernel';
import { createManualClock, type ManualClock, seededRandom } from '@stepdown/kernel/testing';
import { openStore, type Store } from '@stepdown/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Content, openContent } from '../content.ts';
import { saveEntry } from './desk-commands.ts';
import { listView } from './desk-views.ts';

const NOON = Date.UTC(2026, 10, 2, 12);
const HOUR_MS = 3_600_000;
const everything = { offset: 0, limit: 100 };

let folder: string;
let clock: ManualClock;
let store: Store;
let content: Content;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stepdown-content-'));
  clock = createManualClock(NOON);
});
afterEach(async () => {
  await content.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(file: string, question: string, answer: string, extra = ''): void {
  const target = path.join(folder, 'faq', file);
  mkdirSync(path.dirname(target), { recursive: true });
  const id = path.basename(file, '.md');
  writeFileSync(target, `---\nid: ${id}\nquestion: ${question}\nvariants: []\n${extra}---\n${answer}\n`);
}

async function open(): Promise<void> {
  const newId = createIds({ clock, random: seededRandom(7) });
  store = await openStore({ dataDir: path.join(folder, 'data'), clock, log: silentLog });
  content = await openContent({ dir: path.join(folder, 'faq'), defaultLocale: 'en', store, clock, newId, log: silentLog });
}

const publish = (entryId: string, locale: string, question: string, answer: string) =>
  saveEntry(content.desk, {
    key: { entryId, locale },
    baseRevision: content.desk.state.find({ entryId, locale })?.latest?.revision ?? 0,
    content: { question, variants: [], answer },
    status: 'published',
    author: 'Mara',
  });

const flags = async () =>
  (await listView(content.desk, 'en', everything)).items.map(({ id, locales, missingLocales }) => ({
    id,
    stale: locales.filter(({ isStale }) => isStale).map(({ locale }) => locale),
    missing: missingLocales,
  }));

describe('an entry that expires', () => {
  it('goes offline by itself at the end of its day, and is flagged', async () => {
    write('en/strike.md', 'Is there a strike?', 'Yes, parcels are late.', 'expires: 2026-11-02\n');
    write('en/tea.md', 'Do you sell tea?', 'Yes.');
    await open();
    expect(content.entries.map(({ id }) => id)).toEqual(['strike', 'tea']);
    clock.advance(11 * HOUR_MS);
    expect(content.entries).toHaveLength(2);
    clock.advance(HOUR_MS + 10);
    await expect.poll(() => content.entries.map(({ id }) => id)).toEqual(['tea']);
    const list = await listView(content.desk, 'en', { ...everything, state: 'expired' });
    expect(list.items).toMatchObject([{ id: 'strike', locales: [{ state: 'expired', liveRevision: null }] }]);
    expect(list.problems).toMatchObject([{ path: 'en/strike.md', severity: 'warning', reason: expect.stringContaining('2026-11-02') }]);
  });
});

describe('translations', () => {
  beforeEach(async () => {
    write('en/tea.md', 'Do you sell tea?', 'Yes, green tea.');
    write('de/tea.md', 'Verkauft ihr Tee?', 'Ja, grünen Tee.');
    write('en/plants.md', 'Do you sell plants?', 'No.');
    await open();
  });

  it('are missing where another locale has the entry', async () => {
    expect(await flags()).toEqual([
      { id: 'plants', stale: [], missing: ['de'] },
      { id: 'tea', stale: [], missing: [] },
    ]);
    const missing = await listView(content.desk, 'en', { ...everything, flag: 'missing', locale: 'de' });
    expect(missing.items.map(({ id }) => id)).toEqual(['plants']);
  });

  it('are stale when the source says something else since, not when only its commas moved', async () => {
    clock.advance(HOUR_MS);
    await publish('tea', 'en', 'Do you sell tea?', 'Yes: green  tea.');
    expect((await flags())[1]).toMatchObject({ id: 'tea', stale: [] });
    await publish('tea', 'en', 'Do you sell tea?', 'Yes, black tea.');
    expect((await flags())[1]).toMatchObject({ id: 'tea', stale: ['de'] });
    clock.advance(HOUR_MS);
    await publish('tea', 'de', 'Verkauft ihr Tee?', 'Ja, schwarzen Tee.');
    expect((await flags())[1]).toMatchObject({ id: 'tea', stale: [] });
  });
});

describe('what people confirm', () => {
  const LEARNED_AFTER_MS = 20_000;
  const strange = 'got any leafy brew for my grandmother';
  const best = async (question: string) => (await content.matcher.find({ question, locale: 'en', previousQuestion: undefined })).ranking[0];

  async function askedBy(visitorId: string, text: string): Promise<string> {
    const conversation = await store.conversations.create({ id: `con_${visitorId}`, visitorId, site: 's', locale: 'en', createdAt: NOON });
    const message = { id: `msg_${visitorId}`, author: 'visitor', text, status: 'complete', createdAt: NOON } as const;
    await store.conversations.append({ conversationId: conversation.id, message });
    return message.id;
  }

  it('teaches the matcher soon, and again after a restart', async () => {
    write('en/tea.md', 'Do you sell tea?', 'Yes.');
    write('en/plants.md', 'When do you water the office plants?', 'On Mondays.');
    write('en/hours.md', 'What are your opening hours?', 'Nine to five.');
    await open();
    const before = await best(strange);
    const messageId = await askedBy('vis_1', strange);
    expect(await content.insights.confirm(messageId, 'tea', 'Mara')).toBe(true);
    clock.advance(LEARNED_AFTER_MS + 1);
    await expect.poll(async () => (await best(strange))?.why.origin, { timeout: 5_000 }).toBe('confirmed');
    expect((await best(strange))?.entry.id).toBe('tea');
    expect((await best(strange))?.score).toBeGreaterThan(before?.score ?? 0);
    await content.close();
    await store.close();
    await open();
    await expect.poll(async () => (await best(strange))?.why.origin, { timeout: 5_000 }).toBe('confirmed');
  });

  it('is what a visitor picks from the offered entries: for the question before, not for the pick', async () => {
    write('en/tea.md', 'Do you sell tea?', 'Yes.');
    await open();
    const messageId = await askedBy('vis_1', strange);
    const conversationId = 'con_vis_1';
    const later = { status: 'complete', createdAt: NOON } as const;
    const choices = [{ id: 'tea', label: 'Do you sell tea?' }];
    await store.conversations.append({ conversationId, message: { ...later, id: 'msg_offer', author: 'assistant', text: '?', choices } });
    const turn = { id: 'trn_pick', questionMessageId: 'msg_pick', leaseOwner: 'p', leaseUntil: NOON, startedAt: NOON };
    const pick = { ...later, id: 'msg_pick', author: 'visitor', text: 'Do you sell tea?' } as const;
    await store.conversations.append({ conversationId, message: pick, turn });
    const stored = await store.turns.get('trn_pick');
    const chosen = content.entry('tea', 'en');
    if (stored === undefined || chosen === undefined) throw new Error('stored above');
    const finding = { result: { kind: 'answer', entry: chosen, score: 1 }, grounding: [] } as const;
    content.insights.turnEnded({ turn: { ...stored, cause: 'chosen' }, tier: 'faq', locale: 'en', finding, citedIds: [] });
    await expect
      .poll(() => store.faqLearning.confirmed(10))
      .toMatchObject([{ messageId, entryId: 'tea', origin: 'choice', text: strange }]);
    expect(await store.faqReadings.list({ since: 0, limit: 10 })).toEqual([]);
  });

  it('is what a visitor rates up, until rated down', async () => {
    write('en/tea.md', 'Do you sell tea?', 'Yes.');
    await open();
    const messageId = await askedBy('vis_1', strange);
    const answer = { id: 'msg_answer', author: 'assistant', text: 'Yes.', status: 'complete', createdAt: NOON } as const;
    const sources = [{ id: 'tea', title: 'Do you sell tea?' }];
    await store.conversations.append({ conversationId: 'con_vis_1', message: { ...answer, tier: 'faq', sources } });
    const heard: string[] = [];
    const publish = content.insights.listeningTo((event) => void heard.push(event.type));
    const rate = async (rating: 'up' | 'down'): Promise<void> => {
      const message = await store.conversations.updateMessage('msg_answer', { rating });
      if (message !== undefined) publish({ type: 'message.updated', message });
    };
    await rate('up');
    await expect.poll(() => store.faqLearning.confirmed(10)).toMatchObject([{ messageId, entryId: 'tea', origin: 'rating' }]);
    await rate('down');
    await expect.poll(() => store.faqLearning.confirmed(10)).toEqual([]);
    expect(heard).toEqual(['message.updated', 'message.updated']);
  });

  it('is forgotten when personal, too long or the opposite', async () => {
    write('en/off.md', 'How do I turn off notifications?', 'In the settings.');
    await open();
    const questions = ['my name is Ada Frost, please help', 'x '.repeat(200), 'how do I turn on notifications'];
    for (const [index, text] of questions.entries()) await content.insights.confirm(await askedBy(`vis_${index}`, text), 'off', 'Mara');
    clock.advance(LEARNED_AFTER_MS + 1);
    await expect.poll(async () => (await store.faqLearning.confirmed(10)).length).toBe(3);
    await content.insights.start();
    expect(content.insights.confirmed).toEqual([]);
  });
});

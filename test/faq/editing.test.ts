import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FaqArchived, FaqHistory, FaqSaveConflict, FaqSaved } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAgent, setUpAdmin } from '../security/support/agents.ts';
import { answerTo, type Editor, editorOf, type FaqServer, fileText, startFaqServer } from './support/desk.ts';

/** Measured at 40 to 120 ms; a machine that is busy with other tests may take a while. */
const LIVE_WITHIN_MS = 5_000;
const QUESTION = 'How long is the guarantee and what does it cover?';

let server: FaqServer;
let mara: Editor;
let ben: Editor;

beforeAll(async () => {
  server = await startFaqServer({ dataDir: mkdtempSync(path.join(tmpdir(), 'stepdown-data-')) });
  const admin = await setUpAdmin(server);
  mara = editorOf(server, admin);
  ben = editorOf(server, await addAgent(server, admin, 'editor'));
});
afterAll(() => server.stop());

const fileOf = (id: string, locale = 'en'): string => path.join(server.faqDir, locale, `${id}.md`);
const content = (answer: string, question = QUESTION) => ({ question, variants: ['warranty period'], answer });

describe('an edit in the console', () => {
  it('changes what the widget gets, and the file, without a restart', async () => {
    const before = await answerTo(server, QUESTION);
    expect(before).toContain('25 years');
    const started = performance.now();
    const saved = await mara.publish('warranty', content('Ninety years on everything.'));
    expect(await answerTo(server, QUESTION)).toBe('Ninety years on everything.');
    expect(performance.now() - started).toBeLessThan(LIVE_WITHIN_MS);
    expect(saved.file).toEqual({ path: 'en/warranty.md', isWritten: true, problem: null });
    expect(readFileSync(fileOf('warranty'), 'utf8')).toContain('Ninety years on everything.');
  });

  it('is undone as a new revision with the old text', async () => {
    const { revision } = await mara.entry('warranty');
    const undone = await mara.send<FaqSaved>('POST', '/api/faq/warranty/undo', { locale: 'en', baseRevision: revision });
    expect(undone.body.revision).toMatchObject({ revision: revision + 1, status: 'published' });
    expect(await answerTo(server, QUESTION)).toContain('25 years');
    const history = await mara.get<FaqHistory>('/api/faq/warranty/history?locale=en');
    expect(history.revisions.map(({ revision: number, author }) => [number, author])).toEqual([
      [3, 'Ada Frost'],
      [2, 'Ada Frost'],
      [1, 'file'],
    ]);
    expect(history.revisions[0]?.diff).toContainEqual({ kind: 'removed', text: 'Ninety years on everything.' });
    expect(history.revisions[0]?.isLive).toBe(true);
  });

  it('stays with its editors while it is a draft', async () => {
    const { revision } = await mara.entry('warranty');
    const draft = { locale: 'en', baseRevision: revision, content: content('Only a thought.'), status: 'draft' };
    expect((await mara.send<FaqSaved>('PUT', '/api/faq/warranty', draft)).body.file).toBeNull();
    expect(await mara.entry('warranty')).toMatchObject({ hasDraft: true, liveRevision: revision, draft: { status: 'draft' } });
    expect(await answerTo(server, QUESTION)).not.toContain('thought');
    expect(readFileSync(fileOf('warranty'), 'utf8')).not.toContain('thought');
  });

  it('makes the second of two editors look at the text of the first, and loses neither', async () => {
    const { revision } = await mara.entry('warranty');
    const save = (text: string) => ({ locale: 'en', baseRevision: revision, content: content(text), status: 'published' });
    const first = await mara.send<FaqSaved>('PUT', '/api/faq/warranty', save('Mara was first.'));
    const second = await ben.send<FaqSaveConflict>('PUT', '/api/faq/warranty', save('Ben was second.'));
    expect([first.status, second.status]).toEqual([200, 409]);
    expect(second.body).toMatchObject({ ok: false, error: { code: 'conflict' }, latest: { content: { answer: 'Mara was first.' } } });
    expect(second.body.diff).toContainEqual({ kind: 'added', text: 'Ben was second.' });
    expect(await answerTo(server, QUESTION)).toBe('Mara was first.');
    const again = { ...save('Ben on top of Mara.'), baseRevision: second.body.latest?.revision };
    expect((await ben.send('PUT', '/api/faq/warranty', again)).status).toBe(200);
  });

  it('keeps up with an editor who saves faster than the folder is read', async () => {
    for (let count = 1; count <= 12; count += 1) await mara.publish('gift-wrap', content(`Version ${count}.`, 'Do you wrap gifts?'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await mara.entry('gift-wrap')).live?.content.answer).toBe('Version 12.');
    expect(readFileSync(fileOf('gift-wrap'), 'utf8')).toContain('Version 12.');
    const { revisions } = await mara.get<FaqHistory>('/api/faq/gift-wrap/history?locale=en');
    expect(revisions.filter(({ author }) => author === 'file')).toHaveLength(1);
  });

  it('makes a new entry with its file, and archiving takes both offline until undo', async () => {
    const question = 'Can I bring my llama into the shop?';
    await mara.publish('llama', { question, variants: [], answer: 'Yes, on a lead.' });
    expect(readFileSync(fileOf('llama'), 'utf8')).toContain('Yes, on a lead.');
    expect(await answerTo(server, question)).toBe('Yes, on a lead.');
    const archived = await mara.send<FaqArchived>('DELETE', '/api/faq/llama', {});
    expect(archived.body.archived).toMatchObject([{ status: 'archived', revision: 2 }]);
    expect(existsSync(fileOf('llama'))).toBe(false);
    expect(await answerTo(server, question)).not.toContain('lead');
    await mara.send('POST', '/api/faq/llama/undo', { locale: 'en', baseRevision: 2 });
    expect(await answerTo(server, question)).toBe('Yes, on a lead.');
    expect(existsSync(fileOf('llama'))).toBe(true);
  });
});

describe('an edit on disk', () => {
  it('is live within a second, as a revision of its own', async () => {
    const text = readFileSync(fileOf('return-window'), 'utf8').replaceAll('60 days', '77 days');
    writeFileSync(fileOf('return-window'), text);
    const answer = async (): Promise<string> => answerTo(server, 'How long do I have to return something?');
    await expect.poll(answer, { timeout: LIVE_WITHIN_MS, interval: 50 }).toContain('77 days');
    expect(await mara.entry('return-window')).toMatchObject({ author: 'file', revision: 2, state: 'live' });
  });

  it('archives an entry whose file was deleted, and the file brings it back', async () => {
    const text = readFileSync(fileOf('size-guide'), 'utf8');
    rmSync(fileOf('size-guide'));
    await expect.poll(async () => (await mara.entry('size-guide')).state, { timeout: LIVE_WITHIN_MS, interval: 50 }).toBe('archived');
    writeFileSync(fileOf('size-guide'), text);
    await expect.poll(async () => (await mara.entry('size-guide')).state, { timeout: LIVE_WITHIN_MS, interval: 50 }).toBe('live');
  });

  it('names a broken file and goes on with the last good text, also after a restart', async () => {
    const broken = fileText('payment-methods', '[unclosed', 'Shells and beads.').replace('variants: []', 'varants: []');
    writeFileSync(fileOf('payment-methods'), broken);
    const problems = async () => (await mara.list()).problems.filter((problem) => problem.path === 'en/payment-methods.md');
    await expect.poll(async () => (await problems()).length, { timeout: LIVE_WITHIN_MS, interval: 50 }).toBeGreaterThan(0);
    expect((await problems())[0]).toMatchObject({ severity: 'error', line: expect.any(Number) });
    expect(server.output()).toContain('en/payment-methods.md:');
    const asked = 'Which payment methods do you accept?';
    const good = await answerTo(server, asked);
    expect(good).toContain('PayPal');
    await server.stop();
    const { dataDir, faqDir } = server;
    server = await startFaqServer({ dataDir, faqDir });
    [mara, ben] = [editorOf(server, mara.access), editorOf(server, ben.access)];
    expect(server.output()).toContain('en/payment-methods.md:');
    expect(await answerTo(server, asked)).toBe(good);
    expect(await problems()).not.toEqual([]);
  });
});

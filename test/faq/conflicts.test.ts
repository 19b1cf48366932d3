import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FaqConflictView, FaqSaved } from '@stepdown/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { setUpAdmin } from '../security/support/agents.ts';
import { answerTo, type Editor, editorOf, type FaqServer, fileText, folderWith, startFaqServer } from './support/desk.ts';

const QUESTION = 'When do you water the office plants?';
const content = (answer: string) => ({ question: QUESTION, variants: [], answer });
let server: FaqServer;
let editor: Editor;

async function open(): Promise<string> {
  const faqDir = folderWith({
    'en/plants.md': fileText('plants', QUESTION, 'On Mondays.'),
    'en/other.md': fileText('other', 'Do you sell tea?', 'Yes.'),
  });
  server = await startFaqServer({ faqDir, dataDir: mkdtempSync(path.join(tmpdir(), 'stepdown-data-')) });
  editor = editorOf(server, await setUpAdmin(server));
  return path.join(faqDir, 'en/plants.md');
}

async function restart(): Promise<void> {
  const { dataDir, faqDir } = server;
  server = await startFaqServer({ dataDir, faqDir });
  editor = editorOf(server, editor.access);
}

afterEach(() => server.stop());

const conflicts = async (): Promise<readonly FaqConflictView[]> => (await editor.list()).conflicts;
const resolve = async (choice: string, more: object = {}) => {
  const [conflict] = await conflicts();
  const body = { choice, baseRevision: conflict?.latestRevision, ...more };
  return editor.send<FaqSaved>('POST', `/api/faq/conflicts/${conflict?.id}/resolve`, body);
};

/** An editor publishes while the file can't be read by the server, and then the file says something else. */
async function disagree(): Promise<string> {
  const file = await open();
  writeFileSync(file, '---\nnot finished');
  await expect.poll(async () => (await editor.list()).problems.length, { timeout: 1_000, interval: 30 }).toBeGreaterThan(0);
  const saved = await editor.publish('plants', content('On Tuesdays, says the console.'));
  expect(saved.file).toMatchObject({ isWritten: false });
  writeFileSync(file, fileText('plants', QUESTION, 'On Sundays, says the file.'));
  await expect.poll(async () => (await conflicts()).length, { timeout: 1_000, interval: 30 }).toBe(1);
  return file;
}

describe('a file and the console that were changed apart', () => {
  it('are both kept and listed, while visitors get the console', async () => {
    const file = await disagree();
    const [conflict] = await conflicts();
    expect(conflict).toMatchObject({
      entryId: 'plants',
      live: 'store',
      base: { answer: 'On Mondays.' },
      file: { answer: 'On Sundays, says the file.' },
      store: { content: { answer: 'On Tuesdays, says the console.' } },
    });
    expect(conflict?.diff).toContainEqual({ kind: 'added', text: 'On Sundays, says the file.' });
    expect(await answerTo(server, QUESTION)).toBe('On Tuesdays, says the console.');
    expect(readFileSync(file, 'utf8')).toContain('Sundays');
    await server.stop();
    await restart();
    expect(await conflicts()).toMatchObject([{ id: conflict?.id }]);
    expect(readFileSync(file, 'utf8')).toContain('Sundays');
  });

  it.each([
    ['file', {}, 'On Sundays, says the file.'],
    ['store', {}, 'On Tuesdays, says the console.'],
    ['merged', { content: content('On Sundays and Tuesdays.') }, 'On Sundays and Tuesdays.'],
  ])('end with "%s", live and on disk', async (choice, more, answer) => {
    const file = await disagree();
    const resolved = await resolve(choice, more);
    expect(resolved).toMatchObject({ status: 200, body: { file: { isWritten: true } } });
    expect(await conflicts()).toEqual([]);
    expect(await answerTo(server, QUESTION)).toBe(answer);
    expect(readFileSync(file, 'utf8')).toContain(answer);
    await server.stop();
    await restart();
    expect(await conflicts()).toEqual([]);
    expect(await answerTo(server, QUESTION)).toBe(answer);
  });

  it('are one matter less when the file is made to say what the console says', async () => {
    const file = await disagree();
    const { updated } = await editor.entry('plants');
    writeFileSync(file, fileText('plants', QUESTION, 'On Tuesdays, says the console.', `updated: ${updated}\n`));
    await expect.poll(async () => (await conflicts()).length, { timeout: 1_000, interval: 30 }).toBe(0);
  });
});

describe('a file that is changed while a draft waits', () => {
  it('is live, and the draft is kept for a decision', async () => {
    const file = await open();
    await editor.send('PUT', '/api/faq/plants', { locale: 'en', baseRevision: 1, content: content('My draft.'), status: 'draft' });
    writeFileSync(file, fileText('plants', QUESTION, 'On Fridays.'));
    await expect.poll(() => answerTo(server, QUESTION), { timeout: 1_000, interval: 50 }).toBe('On Fridays.');
    expect(await conflicts()).toMatchObject([{ live: 'file', store: { status: 'draft', content: { answer: 'My draft.' } } }]);
    expect((await resolve('store')).status).toBe(200);
    expect(await answerTo(server, QUESTION)).toBe('My draft.');
  });
});

describe('a restart', () => {
  it('takes over what was edited on disk meanwhile, and writes what could not be written before', async () => {
    const file = await open();
    await editor.publish('plants', content('On Wednesdays.'));
    await server.stop();
    writeFileSync(file, fileText('plants', QUESTION, 'Never.'));
    await restart();
    expect(await answerTo(server, QUESTION)).toBe('Never.');
    expect(await conflicts()).toEqual([]);
  });

  it('does not take a container that starts from its old image for an edit', async () => {
    const file = await open();
    const image = readFileSync(file, 'utf8');
    await editor.publish('plants', content('On Wednesdays.'));
    await server.stop();
    writeFileSync(file, image);
    await restart();
    expect(await answerTo(server, QUESTION)).toBe('On Wednesdays.');
    expect(await conflicts()).toMatchObject([{ live: 'store', file: { answer: 'On Mondays.' } }]);
  });
});

describe('a folder that can not be written', () => {
  it('leaves the published text live, names the problem, and gets the text later', async () => {
    const file = await open();
    // Stands where the new file is prepared; unlike a mode, this stops the superuser too.
    const obstacle = path.join(path.dirname(file), '.plants.md.new');
    mkdirSync(obstacle);
    const saved = await editor.publish('plants', content('On Thursdays.'));
    expect(saved.file).toMatchObject({ isWritten: false, problem: expect.stringContaining('EISDIR') });
    expect(await answerTo(server, QUESTION)).toBe('On Thursdays.');
    const list = await editor.list();
    expect(list.isFolderWritable).toBe(false);
    expect(list.problems).toMatchObject([{ path: 'en/plants.md', severity: 'error', reason: expect.stringContaining('not on disk') }]);
    expect(server.output()).toContain('could not be written to the FAQ folder');
    await server.stop();
    await restart();
    expect(await answerTo(server, QUESTION)).toBe('On Thursdays.');
    await server.stop();
    rmdirSync(obstacle);
    await restart();
    expect(readFileSync(file, 'utf8')).toContain('On Thursdays.');
    expect((await editor.list()).problems).toEqual([]);
  });
});

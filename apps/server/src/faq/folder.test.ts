import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createIds, silentLog, systemClock } from '@stepdown/kernel';
import { openStore, type Store } from '@stepdown/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Content, openContent } from '../content.ts';
import { archiveEntry, saveEntry } from './desk-commands.ts';

let root: string;
let store: Store;
let content: Content | undefined;

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'stepdown-folder-'));
  store = await openStore({ dataDir: path.join(root, 'data'), clock: systemClock, log: silentLog });
});
afterEach(async () => {
  await content?.close();
  content = undefined;
  await store.close();
  rmSync(root, { recursive: true, force: true });
});

function write(folder: string, id: string, answer: string): void {
  mkdirSync(path.join(root, folder, 'en'), { recursive: true });
  writeFileSync(path.join(root, folder, 'en', `${id}.md`), `---\nid: ${id}\nquestion: What about ${id}?\nvariants: []\n---\n${answer}\n`);
}

async function openOn(folder: string): Promise<Content> {
  await content?.close();
  const newId = createIds({ clock: systemClock, random: Math.random });
  content = await openContent({ dir: path.join(root, folder), defaultLocale: 'en', store, clock: systemClock, newId, log: silentLog });
  return content;
}

const textsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path.join(root, folder, 'en')).map((file) => [file, readFileSync(path.join(root, folder, 'en', file), 'utf8')]),
  );
const answersOf = (opened: Content): Record<string, string> => Object.fromEntries(opened.entries.map(({ id, answer }) => [id, answer]));

describe('another FAQ folder', () => {
  it('is what is live, and going there and back touches no file', async () => {
    for (const id of ['tea', 'plants', 'cats']) write('first', id, `First on ${id}.`);
    for (const id of ['tea', 'dogs']) write('second', id, `Second on ${id}.`);
    const before = [textsOf('first'), textsOf('second')];
    expect(Object.keys(answersOf(await openOn('first')))).toEqual(['cats', 'plants', 'tea']);
    expect(answersOf(await openOn('second'))).toEqual({ dogs: 'Second on dogs.', tea: 'Second on tea.' });
    expect(answersOf(await openOn('first'))).toEqual({ cats: 'First on cats.', plants: 'First on plants.', tea: 'First on tea.' });
    expect(answersOf(await openOn('second'))).toEqual({ dogs: 'Second on dogs.', tea: 'Second on tea.' });
    expect([textsOf('first'), textsOf('second')]).toEqual(before);
  });

  it('gets what editors wrote', async () => {
    write('first', 'tea', 'Yes.');
    write('second', 'dogs', 'No.');
    const first = await openOn('first');
    const made = { question: 'What about cats?', variants: [], answer: 'Of course.' };
    await saveEntry(first.desk, {
      key: { entryId: 'cats', locale: 'en' },
      baseRevision: 0,
      content: made,
      status: 'published',
      author: 'Mara',
    });
    expect(answersOf(await openOn('second'))).toEqual({ cats: 'Of course.', dogs: 'No.' });
    expect(textsOf('second')['cats.md']).toContain('Of course.');
  });

  it('keeps files of archived entries that nobody here has seen, and says so', async () => {
    for (const id of ['tea', 'plants']) write('first', id, `On ${id}.`);
    cpSync(path.join(root, 'first'), path.join(root, 'copy'), { recursive: true });
    const first = await openOn('first');
    await archiveEntry(first.desk, { entryId: 'tea', locale: undefined, baseRevision: undefined, author: 'Mara' });
    expect(Object.keys(textsOf('first'))).toEqual(['plants.md']);
    const copy = await openOn('copy');
    expect(Object.keys(answersOf(copy))).toEqual(['plants']);
    expect(Object.keys(textsOf('copy'))).toEqual(['plants.md', 'tea.md']);
    expect(copy.problems).toMatchObject([{ path: 'en/tea.md', reason: expect.stringContaining('archived by Mara') }]);
  });
});

describe('a folder whose files are all gone at once', () => {
  it('leaves everything live, names it, and goes on when it is back', async () => {
    for (const id of ['tea', 'plants', 'cats']) write('faq', id, `On ${id}.`);
    const opened = await openOn('faq');
    renameSync(path.join(root, 'faq/en'), path.join(root, 'elsewhere'));
    await expect
      .poll(() => opened.problems.map(({ reason }) => reason), { timeout: 3_000 })
      .toContainEqual(expect.stringContaining('all FAQ files are gone'));
    expect(opened.entries).toHaveLength(3);
    const content = { question: 'What about cats?', variants: [], answer: 'Published meanwhile.' };
    const save = { key: { entryId: 'cats', locale: 'en' }, baseRevision: 1, content, status: 'published', author: 'Mara' } as const;
    expect(await saveEntry(opened.desk, save)).toMatchObject({ ok: true, value: { file: { isWritten: false } } });
    expect(opened.entries).toHaveLength(3);
    renameSync(path.join(root, 'elsewhere'), path.join(root, 'faq/en'));
    await expect.poll(() => opened.problems, { timeout: 3_000 }).toEqual([]);
    await expect.poll(() => textsOf('faq')['cats.md'], { timeout: 3_000 }).toContain('Published meanwhile.');
    write('faq', 'tea', 'Changed.');
    await expect.poll(() => answersOf(opened).tea, { timeout: 3_000 }).toBe('Changed.');
  });

  it('is noticed at a start too', async () => {
    for (const id of ['tea', 'plants']) write('faq', id, `On ${id}.`);
    await openOn('faq');
    await content?.close();
    rmSync(path.join(root, 'faq/en'), { recursive: true });
    const opened = await openOn('faq');
    expect(opened.entries).toHaveLength(2);
    expect(opened.problems).toMatchObject([{ severity: 'error', reason: expect.stringContaining('gone') }]);
  });
});

describe('a file with another name than its id', () => {
  it('stays where its author put it, and a renamed file is the same entry', async () => {
    write('faq', 'tea', 'Yes.');
    write('faq', 'plants', 'No.');
    renameSync(path.join(root, 'faq/en/tea.md'), path.join(root, 'faq/en/hot-drinks.md'));
    const opened = await openOn('faq');
    const about = (answer: string) => ({ question: 'What about tea?', variants: [], answer });
    const save = { status: 'published', author: 'Mara' } as const;
    await saveEntry(opened.desk, { ...save, content: about('Green.'), key: { entryId: 'tea', locale: 'en' }, baseRevision: 1 });
    expect(textsOf('faq')['hot-drinks.md']).toContain('Green.');
    renameSync(path.join(root, 'faq/en/hot-drinks.md'), path.join(root, 'faq/en/cold-drinks.md'));
    const known = async () => (await store.faqRevisions.latest('tea', 'en'))?.status;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await known()).toBe('published');
    await saveEntry(opened.desk, {
      ...save,
      key: { entryId: 'tea', locale: 'en' },
      baseRevision: (await store.faqRevisions.latest('tea', 'en'))?.revision ?? 0,
      content: about('Iced.'),
    });
    expect(Object.keys(textsOf('faq'))).toEqual(['cold-drinks.md', 'plants.md']);
    expect(textsOf('faq')['cold-drinks.md']).toContain('Iced.');
  });
});

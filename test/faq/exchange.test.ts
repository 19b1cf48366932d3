import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { FaqImportResult } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAgent, call, setUpAdmin } from '../security/support/agents.ts';
import { answerTo, type Editor, editorOf, type FaqServer, fileText, folderWith, startFaqServer } from './support/desk.ts';

let server: FaqServer;
let editor: Editor;

beforeAll(async () => {
  server = await startFaqServer({ faqDir: folderWith({ 'en/tea.md': fileText('tea', 'Do you sell tea?', 'Yes, green and black.') }) });
  editor = editorOf(server, await setUpAdmin(server));
});
afterAll(() => server.stop());

const ROWS = 1_000;
const BAD_EVERY = 100;
/** Every hundredth row is wrong in its own way; lines count from the header. */
function bigCsv(): string {
  const wrong = [
    'en,UPPER,What?,Answer',
    'en,,What?,Answer',
    'english language,x1,What?,Answer',
    'en,x2,,Answer',
    'en,x3,What?,',
    'en,x4',
    'en,article-1,Twice?,Answer',
    'en,../etc,What?,Answer',
    'en,has space,What?,Answer',
    ',x5,What?,Answer',
  ];
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const number = index + 1;
    if (number % BAD_EVERY === 0) return wrong[number / BAD_EVERY - 1] ?? '';
    return `en,article-${number},How do I use article ${number}?,"Open article ${number}, then read it."`;
  });
  return ['locale,id,question,answer', ...rows].join('\r\n');
}

const importText = (body: object) => editor.send<FaqImportResult>('POST', '/api/faq/import', body);

describe('import', () => {
  it('rehearses first: 990 new, 10 bad rows named, nothing written', async () => {
    const { body } = await importText({ format: 'csv', text: bigCsv() });
    expect(body).toMatchObject({ isDryRun: true, counts: { new: 990, changed: 0, unchanged: 0, bad: 10 }, imported: 0 });
    expect(body.bad.map(({ row }) => row)).toEqual(Array.from({ length: 10 }, (_, index) => (index + 1) * BAD_EVERY + 1));
    for (const { reason } of body.bad) expect(reason).not.toBe('');
    expect((await editor.list()).liveEntries).toBe(1);
  });

  it('takes over the 990 good rows of 1,000, live and as files, and goes on answering meanwhile', { timeout: 60_000 }, async () => {
    const importing = importText({ format: 'csv', text: bigCsv(), dryRun: false });
    const slowest = await slowestWhile(importing);
    const { body } = await importing;
    expect(body).toMatchObject({ isDryRun: false, counts: { new: 990, bad: 10 }, imported: 990, problems: [] });
    expect(readdirSync(path.join(server.faqDir, 'en')).filter((file) => file.endsWith('.md'))).toHaveLength(991);
    await expect.poll(() => answerTo(server, 'How do I use article 577?'), { timeout: 20_000, interval: 200 }).toContain('article 577');
    expect(slowest).toBeLessThan(2_000);
    const again = await importText({ format: 'csv', text: bigCsv() });
    expect(again.body.counts).toEqual({ new: 0, changed: 0, unchanged: 990, bad: 10 });
  });

  it('says what would change, field by field', async () => {
    const text = JSON.stringify([
      { id: 'tea', locale: 'en', question: 'Do you sell tea?', variants: ['tea'], answer: 'Yes, green and black.' },
    ]);
    const { body } = await importText({ format: 'json', text });
    expect(body.entries).toMatchObject([{ kind: 'changed', id: 'tea', fields: ['variants'] }]);
  });

  it('reads what was exported as Markdown, and names the file that is broken', async () => {
    const response = await call(server, 'GET', '/api/faq/export?format=markdown', { as: editor.access });
    const bundle = await response.text();
    const { body } = await importText({ format: 'markdown', text: bundle });
    expect(body.counts).toEqual({ new: 0, changed: 0, unchanged: 991, bad: 0 });
    const files = [
      { path: 'de/tea.md', text: fileText('tea', 'Verkauft ihr Tee?', 'Ja.') },
      { path: 'de/bad.md', text: 'no front matter' },
    ];
    const two = await importText({ format: 'markdown', files });
    expect(two.body).toMatchObject({ counts: { new: 1, bad: 1 }, bad: [{ path: 'de/bad.md' }] });
  });
});

describe('export', () => {
  it('writes no cell that a spreadsheet would run, and reads it back unchanged', async () => {
    const cells = ['=HYPERLINK("https://evil.example")', '+1', '-1', '@SUM(A1)', '\t=1'];
    for (const [index, cell] of cells.entries()) {
      await editor.publish(`formula-${index}`, { question: `Formula ${index}?`, variants: [], answer: `${cell} and more` });
    }
    const response = await call(server, 'GET', '/api/faq/export?format=csv', { as: editor.access });
    expect(response.headers.get('content-disposition')).toContain('faq.csv');
    const text = await response.text();
    expect(text).not.toMatch(/(^|,)"?[=+\-@\t]/m);
    expect((await importText({ format: 'csv', text })).body.counts).toMatchObject({ new: 0, changed: 0, bad: 0 });
  });

  it('is for editors', async () => {
    const agent = await addAgent(server, editor.access, 'agent');
    const answers = await Promise.all(
      ['/api/faq/export', '/api/faq', '/api/faq/gaps'].map((route) => call(server, 'GET', route, { as: agent })),
    );
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  });
});

/** Longest time (ms) that a plain request took while the work was running. */
async function slowestWhile(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  void work.finally(() => {
    isDone = true;
  });
  let slowest = 0;
  while (!isDone) {
    const started = performance.now();
    await fetch(`${server.url}/healthz`);
    slowest = Math.max(slowest, performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return slowest;
}

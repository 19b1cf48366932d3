import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FaqHistory } from '@stepdown/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setUpAdmin } from '../security/support/agents.ts';
import { startPostgres } from '../support/postgres.ts';
import { answerTo, type Editor, editorOf, type FaqServer, fileText, folderWith, startFaqServer } from './support/desk.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

const QUESTION = 'When do you water the office plants?';

describe.runIf(postgres !== undefined)('two processes on one database and folder', () => {
  let first: FaqServer;
  let second: FaqServer;
  let editor: Editor;
  beforeAll(async () => {
    const faqDir = folderWith({ 'en/plants.md': fileText('plants', QUESTION, 'On Mondays.') });
    const env = { DATABASE_URL: postgres?.url ?? '' };
    first = await startFaqServer({ faqDir, env });
    editor = editorOf(first, await setUpAdmin(first));
    second = await startFaqServer({ faqDir, env });
  });
  afterAll(async () => {
    await Promise.all([first.stop(), second.stop()]);
  });

  it('both answer with what was published on one, within a second', async () => {
    await editor.publish('plants', { question: QUESTION, variants: [], answer: 'On Tuesdays.' });
    await expect.poll(() => answerTo(second, QUESTION), { timeout: 6_000, interval: 50 }).toBe('On Tuesdays.');
  });

  it('take over a change on disk once', async () => {
    writeFileSync(path.join(first.faqDir, 'en/plants.md'), fileText('plants', QUESTION, 'On Sundays.'));
    for (const server of [first, second])
      await expect.poll(() => answerTo(server, QUESTION), { timeout: 6_000, interval: 50 }).toBe('On Sundays.');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { revisions } = await editor.get<FaqHistory>('/api/faq/plants/history?locale=en');
    expect(revisions.map(({ author }) => author)).toEqual(['file', 'Ada Frost', 'file']);
    expect((await editor.list()).conflicts).toEqual([]);
    await editor.publish('plants', { question: QUESTION, variants: [], answer: 'Never.' });
    for (const server of [first, second])
      await expect.poll(() => answerTo(server, QUESTION), { timeout: 6_000, interval: 50 }).toBe('Never.');
    expect((await editor.list()).conflicts).toEqual([]);
  });
});

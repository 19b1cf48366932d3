import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FaqEntry } from '../types.ts';
import { loadFaqFolder } from './folder.ts';
import { type FaqProblem, formatProblem } from './problem.ts';
import { watchFaqFolder } from './watch-folder.ts';

const file = (id: string, question: string, extra = ''): string =>
  `---\nid: ${id}\nquestion: ${question}\nvariants:\n  - another way\n${extra}---\nThe answer.\n`;
const NOON = Date.UTC(2026, 10, 25, 12);

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'faq-'));
  await mkdir(join(dir, 'en'));
  await mkdir(join(dir, 'de'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('loadFaqFolder', () => {
  it('[F20] reads <locale>/<slug>.md and nothing else', async () => {
    await writeFile(join(dir, 'README.md'), 'no entry');
    await writeFile(join(dir, 'en', 'returns.md'), file('returns', 'How do I return?'));
    await writeFile(join(dir, 'de', 'returns.md'), file('returns', 'Wie sende ich zurück?'));
    const { entries, problems } = await loadFaqFolder(dir, NOON);
    expect(problems).toEqual([]);
    expect(entries.map(({ locale, id }) => `${locale}/${id}`)).toEqual(['de/returns', 'en/returns']);
  });

  it('[F21] names a second use of an id in one locale and keeps the first', async () => {
    await writeFile(join(dir, 'en', 'a.md'), file('same', 'First?'));
    await writeFile(join(dir, 'en', 'b.md'), file('same', 'Second?'));
    const { entries, problems } = await loadFaqFolder(dir, NOON);
    expect(entries.map(({ question }) => question)).toEqual(['First?']);
    expect(problems.map(formatProblem)).toEqual([
      `${join('en', 'b.md')}:2: id same is already used by ${join('en', 'a.md')} (give one of the two another id)`,
    ]);
  });

  it('[F22] serves an entry on its last day and not the day after', async () => {
    await writeFile(join(dir, 'en', 'a.md'), file('last-day', 'Q?', 'expires: 2026-11-25\n'));
    await writeFile(join(dir, 'en', 'b.md'), file('gone', 'Q?', 'expires: 2026-11-24\n'));
    const { entries, problems } = await loadFaqFolder(dir, NOON);
    expect(entries.map(({ id }) => id)).toEqual(['last-day']);
    expect(problems).toMatchObject([{ severity: 'warning', path: join('en', 'b.md') }]);
  });
});

describe('watchFaqFolder', () => {
  it('[F23] publishes a change, keeps the last good revision of a broken file, and follows its deletion', async () => {
    const path = join(dir, 'en', 'a.md');
    await writeFile(path, file('a', 'Old?'));
    let live: readonly FaqEntry[] = [];
    let problems: readonly FaqProblem[] = [];
    const stop = await watchFaqFolder({ dir, onChange: (entries) => (live = entries), onProblem: (found) => (problems = found) });
    const within = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 10 });
    try {
      expect(live.map(({ question }) => question)).toEqual(['Old?']);
      await writeFile(path, file('a', 'New?'));
      await within(() => expect(live[0]?.question).toBe('New?'));
      await writeFile(join(dir, 'draft'), 'id: [');
      await rename(join(dir, 'draft'), path);
      await within(() => expect(problems).toHaveLength(1));
      expect(live[0]?.question).toBe('New?');
      await rm(path);
      await within(() => expect(live).toEqual([]));
      expect(problems).toEqual([]);
    } finally {
      await stop();
    }
  });
});

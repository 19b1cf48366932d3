import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadFaqFolder } from './entries/folder.ts';
import { judgeGolden, loadGoldenQuestions, summariseGolden } from './golden.ts';
import { createFaqMatcher } from './matcher.ts';

const dir = fileURLToPath(new URL('../../../faq-data', import.meta.url));

/** Floors, a little below what was measured, so that a change which costs answers is seen. */
describe.skipIf(!existsSync(`${dir}/golden/en.json`))('the golden questions of the shop', () => {
  it('[F18] get few wrong answers and many right or offered ones', async () => {
    const { entries, problems } = await loadFaqFolder(dir);
    expect(problems).toEqual([]);
    const results = judgeGolden(createFaqMatcher(entries), await loadGoldenQuestions(dir));
    for (const { locale, answerable, right, offered, wrong, unanswerable, notServed } of summariseGolden(results)) {
      expect(wrong / answerable, `${locale}: wrong answers`).toBeLessThanOrEqual(0.06);
      expect(notServed / unanswerable, `${locale}: unanswerable and not served`).toBeGreaterThanOrEqual(0.87);
      if (locale === 'en') expect((right + offered) / answerable, 'en: right or offered').toBeGreaterThanOrEqual(0.6);
    }
  });
});

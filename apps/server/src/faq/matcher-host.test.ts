import type { FaqEntry } from '@stepdown/faq';
import { silentLog } from '@stepdown/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { createMatcherHost, type MatcherHost } from './matcher-host.ts';

const entry = (id: string, question: string): FaqEntry => ({ id, question, variants: [], answer: `About ${id}.`, locale: 'en' });
const shop = [
  entry('tea', 'Do you sell tea?'),
  entry('plants', 'When do you water the plants?'),
  entry('hours', 'What are your opening hours?'),
];
const content = (entries: readonly FaqEntry[]) => ({ entries, confirmed: [], defaultLocale: 'en' });
const ask = (question: string) => ({ question, locale: 'en', previousQuestion: undefined });

let host: MatcherHost;
afterEach(() => host.close());

describe.each([
  ['in this thread', 100],
  ['in a thread of its own', 0],
])('an index %s', (_, entriesInProcess) => {
  it('answers nothing before the first build and everything after', async () => {
    host = createMatcherHost({ log: silentLog, entriesInProcess });
    expect((await host.find(ask('Do you sell tea?'))).decision.kind).toBe('abstain');
    await host.replace(content(shop));
    const { decision, grounding } = await host.find(ask('Do you sell tea?'));
    expect(decision).toMatchObject({ kind: 'answer', match: { entry: { id: 'tea' } } });
    expect(grounding[0]?.entry.id).toBe('tea');
  });

  it('serves the newest content, and builds nothing that was overtaken', async () => {
    host = createMatcherHost({ log: silentLog, entriesInProcess });
    const all = [1, 2, 3, 4].map((count) => host.replace(content([...shop, entry(`new-${count}`, 'How do I feed the shop cat?')])));
    await Promise.all(all);
    expect((await host.find(ask('How do I feed the shop cat?'))).ranking[0]?.entry.id).toBe('new-4');
  });
});

describe('an index in a thread of its own', () => {
  it('goes on with the old one while the new one is built, without holding up this thread', { timeout: 60_000 }, async () => {
    host = createMatcherHost({ log: silentLog, entriesInProcess: 0 });
    await host.replace(content(shop));
    const many = Array.from({ length: 4_000 }, (_, index) =>
      entry(`article-${index}`, `How do I use article number ${index} of the list?`),
    );
    let isReady = false;
    const ready = host.replace(content(many)).then(() => {
      isReady = true;
    });
    let longestGapMs = 0;
    let answersMeanwhile = 0;
    while (!isReady) {
      const started = performance.now();
      const { decision } = await host.find(ask('Do you sell tea?'));
      if (!isReady && decision.kind === 'answer') answersMeanwhile += 1;
      longestGapMs = Math.max(longestGapMs, performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await ready;
    expect(answersMeanwhile).toBeGreaterThan(3);
    expect(longestGapMs).toBeLessThan(1_000);
    expect((await host.find(ask('How do I use article number 1234 of the list?'))).ranking[0]?.entry.id).toBe('article-1234');
  });
});

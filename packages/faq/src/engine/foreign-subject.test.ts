import { describe, expect, it } from 'vitest';
import { createFaqMatcher } from '../matcher.ts';
import { entry } from '../testing/shop.ts';
import { wordKnowledgeOf } from '../words/word-knowledge.ts';
import { createForeignShare } from './foreign-subject.ts';

const english = wordKnowledgeOf('en');
/** Letters only, since numbers say nothing; no stem of one is the stem of another. */
const filler = (size: number): string[] =>
  Array.from({ length: size }, (_, place) => `q${String(place).replaceAll(/\d/g, (digit) => 'bcdfghjklm'.charAt(Number(digit)))}q`);

describe('foreign subject', () => {
  const rich = createForeignShare([...filler(800), 'recommend', 'friend', 'a'], 'en', english);

  it('[F29] is the share of rare words that the FAQ does not have', () => {
    expect(rich(['recommend', 'a', 'friend'])).toBe(0);
    expect(rich(['recommend', 'a', 'film'])).toBeGreaterThan(0.4);
    expect(rich(['recommend', 'a', 'film'])).toBeLessThan(0.8);
    expect(rich(['film'])).toBe(1);
  });

  it('[F29] knows a word by its stem, takes numbers and noise for no subject, and says 0 about nothing', () => {
    expect(rich(['recommended', 'friends', '1234', 'zqxvwk'])).toBe(0);
    expect(rich([])).toBe(0);
  });

  it('[F29] holds its tongue below 800 stems and speaks from there on', () => {
    expect(createForeignShare(filler(799), 'en', english)(['film'])).toBe(0);
    expect(createForeignShare(filler(800), 'en', english)(['film'])).toBe(1);
  });

  it('[F29] has such a message offered, not answered', () => {
    const entries = [
      entry('refer', 'How do I recommend you to a friend?', ['recommend a friend']),
      entry('other', 'Something else', filler(810)),
    ];
    const matcher = createFaqMatcher(entries, { thresholds: { answerAt: 0.2, offerAt: 0.1 } });
    expect(matcher.decide('recommend a friend').kind).toBe('answer');
    expect(matcher.decide('recommend a film').kind).toBe('choices');
  });
});

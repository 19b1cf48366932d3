import type { FaqEntry, FaqMatcherOptions } from '@stepdown/faq';
import { createFaqMatcher } from '@stepdown/faq';
import { createBm25, createFuseDefault, createFuseTokens, createMiniSearch } from '@stepdown/faq/peers';
import type { QuestionSet } from './question-set.ts';

export interface Found {
  readonly id: string;
  readonly score: number;
  readonly vote?: number;
  readonly rivalVote?: number;
}

export interface BenchEngine {
  search(question: string, limit: number): Found[];
}

type Faq = QuestionSet['faqs'][number];
export type EngineName = 'stepdown' | 'stepdown-ids' | 'fuse-default' | 'fuse-token' | 'minisearch' | 'bm25';

export const ENGINES: Readonly<Record<EngineName, (faqs: readonly Faq[]) => BenchEngine>> = {
  'fuse-default': createFuseDefault,
  'fuse-token': createFuseTokens,
  minisearch: createMiniSearch,
  bm25: createBm25,
  stepdown: (faqs) => createStepdown(faqs),
  // The ids of public sets are their labels, so this one shows what labels would add; it is no fair rival.
  'stepdown-ids': (faqs) => createStepdown(faqs, { readIds: true }),
};

/** Our matcher, with parts switched off for ablation or ids read. */
export function createStepdown(faqs: readonly Faq[], options: Pick<FaqMatcherOptions, 'parts' | 'readIds'> = {}): BenchEngine {
  const entries: FaqEntry[] = faqs.map(({ id, question, variants, answer, lang }) => ({ id, question, variants, answer, locale: lang }));
  const matcher = createFaqMatcher(entries, options);
  return {
    search: (question, limit) =>
      matcher.rank(question, limit).map(({ entry, score, why }) => ({ id: entry.id, score, vote: why.vote, rivalVote: why.rivalVote })),
  };
}

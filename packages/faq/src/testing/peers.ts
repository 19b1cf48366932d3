import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import type { FaqEntry } from '../types.ts';

/** Search engines that the benchmark compares the matcher with. Only `test/bench` imports this file. */
export interface PeerEngine {
  search(question: string, limit: number): { id: string; score: number }[];
}

type Faq = Pick<FaqEntry, 'id' | 'question' | 'variants'>;

/** Fuse.js as most tutorials use it: default options on the question. */
export function createFuseDefault(faqs: readonly Faq[]): PeerEngine {
  return fromFuse(new Fuse(faqs, { keys: ['question'], includeScore: true }));
}

/** Fuse.js token search over question and variants as one record. */
export function createFuseTokens(faqs: readonly Faq[]): PeerEngine {
  return fromFuse(new Fuse(faqs, { keys: ['question', 'variants'], includeScore: true, useTokenSearch: true, threshold: 0.3 }));
}

function fromFuse(fuse: Fuse<Faq>): PeerEngine {
  return {
    search: (question, limit) => fuse.search(question, { limit }).map(({ item, score = 1 }) => ({ id: item.id, score: 1 - score })),
  };
}

/** MiniSearch with fuzzy and prefix search over question and variants. */
export function createMiniSearch(faqs: readonly Faq[]): PeerEngine {
  const index = new MiniSearch<Faq>({
    fields: ['question', 'variants'],
    extractField: (faq, field) => (field === 'variants' ? faq.variants.join(' \n ') : field === 'question' ? faq.question : faq.id),
    searchOptions: { fuzzy: 0.2, prefix: true },
  });
  index.addAll(faqs);
  return {
    search: (question, limit) =>
      index
        .search(question)
        .slice(0, limit)
        .map(({ id, score }) => ({ id: String(id), score })),
  };
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Plain BM25 (k1 1.2, b 0.75), question and variants of an entry as one document. */
export function createBm25(faqs: readonly Faq[]): PeerEngine {
  const documents = faqs.map((faq) => wordsOf([faq.question, ...faq.variants].join(' ')));
  const averageLength = documents.reduce((sum, words) => sum + words.length, 0) / documents.length;
  const postings = new Map<string, Map<number, number>>();
  for (const [document, words] of documents.entries()) {
    for (const word of words) {
      const counts = postings.get(word) ?? new Map<number, number>();
      counts.set(document, (counts.get(document) ?? 0) + 1);
      postings.set(word, counts);
    }
  }
  return {
    search: (question, limit) => {
      const scores = new Map<number, number>();
      for (const word of wordsOf(question)) {
        const counts = postings.get(word);
        if (counts === undefined) continue;
        const information = Math.log(1 + (faqs.length - counts.size + 0.5) / (counts.size + 0.5));
        for (const [document, count] of counts) {
          const norm = 1.2 * (0.25 + (0.75 * (documents[document]?.length ?? 0)) / averageLength);
          scores.set(document, (scores.get(document) ?? 0) + (information * count * 2.2) / (count + norm));
        }
      }
      const ranked = [...scores].sort((a, b) => b[1] - a[1]).slice(0, limit);
      return ranked.map(([document, score]) => ({ id: faqs[document]?.id ?? '', score }));
    },
  };
}

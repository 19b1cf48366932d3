import { stemOf } from '../text/stem.ts';
import type { WordKnowledge } from '../words/word-knowledge.ts';

/** An FAQ with fewer word stems meets too many words it does not know for one of them to mean anything. */
const RICH_VOCABULARY = 800;
/** Rarest chance that is told apart: about one in two thousand questions. */
const RAREST_CHANCE = 1 / 4000;

/** Tells how much of what a question says (0–1) no phrasing of the FAQ ever says. */
export type ForeignShare = (words: readonly string[]) => number;

/**
 * Weighs the words of a question by how rare they are in the language, and gives the share of those whose stem the FAQ does not
 * have: "recommend a good film" shares a word with "recommend a friend", but its subject is foreign. Zero for a small FAQ.
 */
export function createForeignShare(vocabulary: Iterable<string>, language: string, knowledge: WordKnowledge): ForeignShare {
  const stems = new Set([...vocabulary].map((word) => stemOf(word, language)));
  if (stems.size < RICH_VOCABULARY) return () => 0;
  const informationOf = (word: string): number => -Math.log(Math.min(1, knowledge.chanceOfWord(word) + RAREST_CHANCE));
  return (words) => {
    let total = 0;
    let foreign = 0;
    for (const word of words) {
      // Numbers are details, and what is no word at all is a slip or noise; neither is a subject.
      if (/\d/.test(word) || (knowledge.hasAllWords && !knowledge.isValidWord(word) && !stems.has(stemOf(word, language)))) continue;
      const information = informationOf(word);
      total += information;
      if (!stems.has(stemOf(word, language))) foreign += information;
    }
    return total === 0 ? 0 : foreign / total;
  };
}

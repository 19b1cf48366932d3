import Fuse from 'fuse.js';
import { isUnspaced } from '../text/tokenise.ts';
import type { WordKnowledge } from '../words/word-knowledge.ts';

export interface Correction {
  readonly from: string;
  readonly to: string;
}

export interface CorrectedWords {
  readonly words: readonly string[];
  readonly corrections: readonly Correction[];
}

export interface Corrector {
  correct(words: readonly string[]): CorrectedWords;
}

/** Words shorter than this have too many neighbours to be corrected safely. */
const SHORTEST_CORRECTED = 4;
/** Fuse.js score (0 is equal) up to which a vocabulary word is taken for the unknown one. */
const WORST_SCORE = 0.35;
/** A message with more unknown words than this is no question with slips of the finger. */
const MOST_CORRECTIONS = 8;

/**
 * Corrects single unknown words into the FAQ's vocabulary. A valid word of the language is never touched: turning an honest
 * foreign word into an FAQ word is what makes a matcher answer what nobody asked.
 */
export function createCorrector(vocabulary: readonly string[], knowledge: WordKnowledge): Corrector {
  const known = new Set(vocabulary);
  const fuse = new Fuse(
    vocabulary.filter((word) => word.length >= SHORTEST_CORRECTED - 1 && !isUnspaced(word)),
    { includeScore: true, threshold: WORST_SCORE, ignoreLocation: false, distance: 20, ignoreFieldNorm: true },
  );
  const nearest = (word: string): string | undefined => {
    const found = fuse.search(word, { limit: 5 }).filter((result) => Math.abs(result.item.length - word.length) <= 2);
    return found[0]?.item;
  };
  const needsCorrection = (word: string): boolean =>
    word.length >= SHORTEST_CORRECTED && word.length <= 24 && !known.has(word) && !/\d/.test(word) && !knowledge.isValidWord(word);
  return {
    correct: (words) => {
      if (!knowledge.canCorrect) return { words, corrections: [] };
      const corrections: Correction[] = [];
      const corrected = words.map((word) => {
        if (corrections.length >= MOST_CORRECTIONS || !needsCorrection(word)) return word;
        const to = nearest(word);
        if (to === undefined) return word;
        corrections.push({ from: word, to });
        return to;
      });
      return { words: corrected, corrections };
    },
  };
}

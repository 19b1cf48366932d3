import Fuse from 'fuse.js';
import { isUnspaced } from '../text/tokenise.ts';
import type { WordKnowledge } from '../words/word-knowledge.ts';
import { editDistance } from './edit-distance.ts';

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
/** From this length on, two slips are believed; below, one. */
const TWO_SLIPS_FROM = 6;
/** The same where the word list has common words only, so that an unknown word is often an honest one. */
const TWO_SLIPS_FROM_AMONG_COMMON = 9;
/** Fuse.js score (0 is equal) up to which a vocabulary word is a candidate. */
const WORST_SCORE = 0.5;
/** A message with more unknown words than this is no question with slips of the finger; the rest of them is taken as typed. */
const MOST_UNKNOWN = 8;
const LONGEST_CORRECTED = 24;
/** Chance of a word to be in a question from which on it counts as everyday. */
const EVERYDAY_CHANCE = 0.002;

/**
 * Corrects single unknown words into the FAQ's vocabulary. A valid word of the language is never touched: turning an honest
 * foreign word into an FAQ word is what makes a matcher answer what nobody asked. `vocabulary` is counted: the commoner of two
 * equally near words wins.
 */
export function createCorrector(vocabulary: ReadonlyMap<string, number>, knowledge: WordKnowledge): Corrector {
  const known = [...vocabulary.keys()].filter((word) => word.length >= SHORTEST_CORRECTED - 1 && !isUnspaced(word));
  const letters = known.map(lettersOf);
  const needsCorrection = (word: string): boolean =>
    word.length >= SHORTEST_CORRECTED &&
    word.length <= LONGEST_CORRECTED &&
    !vocabulary.has(word) &&
    !/\d/.test(word) &&
    !knowledge.isValidWord(word);
  const repair = (word: string): string | undefined => {
    const mostSlips = word.length >= (knowledge.hasAllWords ? TWO_SLIPS_FROM : TWO_SLIPS_FROM_AMONG_COMMON) ? 2 : 1;
    const near = nearestWord(word, nearWords(word, known, letters), { vocabulary, mostSlips });
    const isOneSlip = near !== undefined && near.slips <= 1;
    return isOneSlip ? near.word : (splitAt(word, vocabulary, knowledge) ?? near?.word);
  };
  return {
    correct: (words) => {
      if (!knowledge.canCorrect) return { words, corrections: [] };
      const corrections: Correction[] = [];
      let unknownCount = 0;
      const corrected = words.flatMap((word) => {
        if (!needsCorrection(word)) return [word];
        unknownCount += 1;
        if (unknownCount > MOST_UNKNOWN) return [word];
        const to = repair(word);
        if (to === undefined) return [word];
        corrections.push({ from: word, to });
        return to.split(' ');
      });
      return { words: corrected, corrections };
    },
  };
}

/** The letters of a word as bits; words two slips apart differ in at most four of them. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let position = 0; position < word.length; position++) bits |= 1 << (word.charCodeAt(position) & 31);
  return bits;
}

/** Cheap sieve, so that Fuse.js looks at a few dozen words instead of the whole vocabulary. */
function nearWords(word: string, known: readonly string[], letters: readonly number[]): string[] {
  const bits = lettersOf(word);
  return known.filter(
    (candidate, position) => Math.abs(candidate.length - word.length) <= 2 && bitCount(bits ^ (letters[position] ?? 0)) <= 4,
  );
}

function bitCount(bits: number): number {
  let rest = bits;
  let count = 0;
  while (rest !== 0) {
    rest &= rest - 1;
    count += 1;
  }
  return count;
}

interface Near {
  readonly word: string;
  readonly slips: number;
}

interface NearOptions {
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly mostSlips: number;
}

/** The vocabulary word with the fewest slips, the commoner one of two. Fuse.js proposes, the edit distance decides. */
function nearestWord(word: string, candidates: readonly string[], { vocabulary, mostSlips }: NearOptions): Near | undefined {
  const fuse = new Fuse(candidates, { threshold: WORST_SCORE, distance: 20, ignoreFieldNorm: true });
  const near = fuse
    .search(word, { limit: 10 })
    .map(({ item }): Near => ({ word: item, slips: editDistance(word, item, mostSlips) }))
    .filter(({ slips }) => slips <= mostSlips);
  const commonnessOf = (one: Near): number => vocabulary.get(one.word) ?? 0;
  return near.sort((a, b) => a.slips - b.slips || commonnessOf(b) - commonnessOf(a))[0];
}

/** "mycard" → "my card": both halves must be words, and at least one must be the FAQ's. */
function splitAt(word: string, vocabulary: ReadonlyMap<string, number>, knowledge: WordKnowledge): string | undefined {
  let best: { text: string; weight: number } | undefined;
  for (let position = 1; position < word.length; position++) {
    const [first, second] = [word.slice(0, position), word.slice(position)];
    if (!vocabulary.has(first) && !vocabulary.has(second)) continue;
    const weight = Math.min(commonness(first, vocabulary, knowledge), commonness(second, vocabulary, knowledge));
    if (weight > 0 && (best === undefined || weight > best.weight)) best = { text: `${first} ${second}`, weight };
  }
  return best?.text;
}

/** Half of a split word: an everyday word, or a longer word of the FAQ; or any string of letters could be split. */
function commonness(word: string, vocabulary: ReadonlyMap<string, number>, knowledge: WordKnowledge): number {
  const chance = knowledge.chanceOfWord(word);
  if (word.length >= SHORTEST_CORRECTED && vocabulary.has(word)) return Math.max(chance, EVERYDAY_CHANCE);
  return chance >= (word.length < 3 ? 10 * EVERYDAY_CHANCE : EVERYDAY_CHANCE) ? chance : 0;
}

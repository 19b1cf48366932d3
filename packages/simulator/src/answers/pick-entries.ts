import type { PromptEntry } from './prompt-reader.ts';
import { contentWords, isSameWord } from './words.ts';

/** A word found in an entry's question says more than one found in its answer. */
const QUESTION_WEIGHT = 1;
const BODY_WEIGHT = 0.6;
/** Below this share of the question's weight nothing fits. Found by trying: unrelated questions stay below 0.2. */
const FITS_FROM = 0.25;
/** A second entry is drawn on only when it fits almost as well. */
const SECOND_FITS_FROM = 0.85;

/** The entry that fits the question best and, when nearly as good, a second one; empty when none fits. */
export function pickEntries(entries: readonly PromptEntry[], question: string): PromptEntry[] {
  const ranked = rank(entries, contentWords(question));
  const [best, second] = ranked;
  if (best === undefined || best.score < FITS_FROM) return [];
  if (second === undefined || second.score < FITS_FROM || second.score < best.score * SECOND_FITS_FROM) return [best.entry];
  return [best.entry, second.entry];
}

interface Ranked {
  readonly entry: PromptEntry;
  readonly score: number;
}

function rank(entries: readonly PromptEntry[], questionWords: readonly string[]): Ranked[] {
  const indexed = entries.map((entry) => ({ entry, asked: contentWords(entry.question), told: contentWords(entry.body) }));
  const weights = questionWords.map((word) => {
    const holders = indexed.filter(({ asked, told }) => has(asked, word) || has(told, word)).length;
    return { word, weight: Math.log(1 + entries.length / Math.max(holders, 0.5)) };
  });
  const whole = weights.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const scored = indexed.map(({ entry, asked, told }) => {
    const found = weights.reduce((sum, { word, weight }) => sum + weight * shareOf(word, asked, told), 0);
    return { entry, score: found / whole };
  });
  return scored.sort((one, other) => other.score - one.score);
}

function shareOf(word: string, asked: readonly string[], told: readonly string[]): number {
  if (has(asked, word)) return QUESTION_WEIGHT;
  return has(told, word) ? BODY_WEIGHT : 0;
}

function has(words: readonly string[], word: string): boolean {
  return words.some((candidate) => isSameWord(candidate, word));
}

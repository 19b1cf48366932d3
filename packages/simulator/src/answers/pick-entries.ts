import type { PromptEntry } from './prompt-reader.ts';
import { contentWords, likeness } from './words.ts';

/** A word found in an entry's question says more than one found in its answer. */
const BODY_WEIGHT = 0.6;
/** Weight of a word that no entry has; one that a single entry of four has weighs 1.6. */
const UNKNOWN_WEIGHT = 1.5;
/** Products put what they found best first; the others are told apart by their words alone. */
const HEAD_START: readonly number[] = [0.15, 0.05];
/**
 * Below this nothing fits. With the head start found by trying on the golden questions of `faq-data`: of two questions
 * that an entry answers about one is answered rightly and few wrongly, of four that none answers about one is answered.
 */
const FITS_FROM = 0.35;
/** A second entry is drawn on only when it fits almost as well. */
const SECOND_FITS_FROM = 0.85;

/** The entry that fits the question best and, when nearly as good, a second one; empty when none fits. */
export function pickEntries(entries: readonly PromptEntry[], question: string): PromptEntry[] {
  const [best, second] = rank(entries, contentWords(question));
  if (best === undefined || best.score < FITS_FROM) return [];
  if (second === undefined || second.score < FITS_FROM || second.fit < best.fit * SECOND_FITS_FROM) return [best.entry];
  return [best.entry, second.entry];
}

interface Ranked {
  readonly entry: PromptEntry;
  /** Share of the question's weight found in the entry. */
  readonly fit: number;
  /** The fit with the head start. */
  readonly score: number;
}

function rank(entries: readonly PromptEntry[], questionWords: readonly string[]): Ranked[] {
  const indexed = entries.map((entry) => ({ asked: contentWords(entry.question), told: contentWords(entry.body) }));
  const weighed = questionWords.map((word) => {
    const found = indexed.map(({ asked, told }) => Math.max(strongest(asked, word), BODY_WEIGHT * strongest(told, word)));
    const holders = found.filter((strength) => strength > 0).length;
    return { found, weight: holders === 0 ? UNKNOWN_WEIGHT : Math.log(1 + entries.length / holders) };
  });
  const whole = weighed.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const scored = entries.map((entry, index) => {
    const fit = weighed.reduce((sum, { found, weight }) => sum + weight * (found[index] ?? 0), 0) / whole;
    return { entry, fit, score: fit === 0 ? 0 : fit + (HEAD_START[index] ?? 0) };
  });
  return scored.sort((one, other) => other.score - one.score);
}

function strongest(words: readonly string[], word: string): number {
  return words.reduce((strength, candidate) => Math.max(strength, likeness(candidate, word)), 0);
}

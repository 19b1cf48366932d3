import type { SavedEntry } from './saved-entry.ts';

export type Matcher = (question: string) => SavedEntry | null;

/** Cosine of weighted words, 0–1. Below it a wrong answer is likelier than a right one, and silence is better. */
const ENOUGH = 0.42;
/** The best must be this much above the next entry, or the question fits both. */
const LEAD = 1.12;
/** A word in more than this share of the entries (of one, if there are few) says nothing about which is meant. */
const TELLING_SHARE = 0.1;
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

type Weights = ReadonlyMap<string, number>;

/**
 * A small word-overlap matcher for the time without a server: rare words weigh more, every phrasing is compared by
 * itself. The server's matcher is far better; this one only has to be honest.
 */
export function createMatcher(entries: readonly SavedEntry[]): Matcher {
  const phrasings = entries.flatMap((entry) => [entry.question, ...entry.variants].map((text) => ({ entry, terms: termsOf(text) })));
  const frequency = countEntries(phrasings);
  const weigh = (terms: readonly string[]): Weights => {
    const weights = new Map<string, number>();
    for (const term of terms) weights.set(term, Math.log(1 + entries.length / (frequency.get(term)?.size ?? 0.5)));
    return weights;
  };
  const weighted = phrasings.map(({ entry, terms }) => ({ entry, weights: weigh(terms) }));

  const isTelling = (term: string) => {
    const count = frequency.get(term)?.size ?? 0;
    return count > 0 && count <= Math.max(1, entries.length * TELLING_SHARE);
  };

  return (question) => {
    const terms = termsOf(question);
    if (!terms.some(isTelling)) return null;
    const asked = weigh(terms);
    const best = new Map<SavedEntry, number>();
    for (const { entry, weights } of weighted) best.set(entry, Math.max(best.get(entry) ?? 0, cosine(asked, weights)));
    const [first, second] = [...best].sort((left, right) => right[1] - left[1]);
    if (!first || first[1] < ENOUGH || first[1] < (second?.[1] ?? 0) * LEAD) return null;
    return first[0];
  };
}

function countEntries(
  phrasings: readonly { readonly entry: SavedEntry; readonly terms: readonly string[] }[],
): ReadonlyMap<string, Set<SavedEntry>> {
  const found = new Map<string, Set<SavedEntry>>();
  for (const { entry, terms } of phrasings) {
    for (const term of terms) found.set(term, (found.get(term) ?? new Set()).add(entry));
  }
  return found;
}

/** Words without accents and common endings; pairs of characters where words are not spaced. */
export function termsOf(text: string): readonly string[] {
  const words =
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap((word) =>
    SPACELESS.test(word) ? pairsOf(word) : [word.length > 4 ? word.slice(0, 6).replace(/(?:es|s|en|e)$/, '') : word],
  );
}

function pairsOf(word: string): readonly string[] {
  const characters = [...word];
  return characters.length === 1 ? characters : characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

function cosine(one: Weights, other: Weights): number {
  let shared = 0;
  for (const [term, weight] of one) shared += weight * (other.get(term) ?? 0);
  return shared === 0 ? 0 : shared / (length(one) * length(other));
}

function length(weights: Weights): number {
  let sum = 0;
  for (const weight of weights.values()) sum += weight * weight;
  return Math.sqrt(sum);
}

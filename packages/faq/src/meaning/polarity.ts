import { baseLanguage } from '../text/normalise.ts';
import { wordsOf } from '../text/tokenise.ts';
import { NEGATIONS, OPPOSITES } from './opposites.ts';

/** Which side of each pair of opposites a text takes: +1 or −1; a pair it names neither or both sides of is missing. */
export type Polarity = ReadonlyMap<string, number>;

/** Reads the polarity of a text: pairs such as on/off by side, and `not` by its presence. */
export function polarityOf(text: string, locale: string): Polarity {
  const language = baseLanguage(locale);
  return polarityOfWords(wordsOf(text, language), language);
}

export function polarityOfWords(words: readonly string[], language: string): Polarity {
  const sides = new Map<string, number>();
  const joined = ` ${words.join(' ')} `;
  for (const [first, second] of OPPOSITES[language] ?? []) {
    const side = Number(containsAny(joined, first)) - Number(containsAny(joined, second));
    if (side !== 0) sides.set(first, side);
  }
  const negation = NEGATIONS[language];
  if (negation !== undefined && containsAny(joined, negation)) sides.set('not', 1);
  return sides;
}

/** `joined` starts and ends with a space; alternatives are separated by `|`. */
function containsAny(joined: string, alternatives: string): boolean {
  return alternatives.split('|').some((phrase) => joined.includes(` ${phrase} `));
}

/** True when the two texts take opposite sides of at least one pair. Negation alone counts only for the strict guard. */
export function areOpposite(first: Polarity, second: Polarity): boolean {
  for (const [pair, side] of first) {
    if (pair !== 'not' && side * (second.get(pair) ?? 0) < 0) return true;
  }
  return false;
}

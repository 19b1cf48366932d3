import { baseLanguage } from '../text/normalise.ts';
import { stemOf } from '../text/stem.ts';
import { wordsOf } from '../text/tokenise.ts';
import { FUNCTION_WORDS } from '../words/function-words.ts';
import { COMPANIONS, NEGATIONS, OPPOSITES } from './opposites.ts';

/**
 * Which side a text takes, +1 or −1, by what it takes a side on: a pair such as on/off, a thing that is with or without, or `not`
 * (+1 when the text negates anything). What it names on both sides is missing.
 */
export type Polarity = ReadonlyMap<string, number>;

/** A negation this many words before an action turns it around: "do not want to cancel". */
const NEGATION_REACH = 3;
/** The thing that is with or without stands within this many words. */
const COMPANION_REACH = 3;

/** Reads the polarity of a text. */
export function polarityOf(text: string, locale: string): Polarity {
  const language = baseLanguage(locale);
  return polarityOfWords(wordsOf(text, language), language);
}

export function polarityOfWords(words: readonly string[], language: string): Polarity {
  const negations = new Set((NEGATIONS[language] ?? '').split('|'));
  const sides = new Map<string, number>();
  for (const [matter, side] of [...actionsOf(words, language, negations), ...companionsOf(words, language)]) {
    sides.set(matter, Math.sign((sides.get(matter) ?? 0) + side));
  }
  if (words.some((word) => negations.has(word))) sides.set('not', 1);
  return new Map([...sides].filter(([, side]) => side !== 0));
}

/** Actions that have an opposite, turned around where they are negated. */
function actionsOf(words: readonly string[], language: string, negations: ReadonlySet<string>): [string, number][] {
  const sideAt = (position: number, side: number): number => (isNegated(words, position, negations) ? -side : side);
  return (OPPOSITES[language] ?? []).flatMap(([first, second]): [string, number][] => [
    ...occurrences(words, first).map((position): [string, number] => [first, sideAt(position, 1)]),
    ...occurrences(words, second).map((position): [string, number] => [first, sideAt(position, -1)]),
  ]);
}

/** Places where one of the alternatives (separated by `|`, each one or two words) starts. */
function occurrences(words: readonly string[], alternatives: string): number[] {
  const phrases = alternatives.split('|');
  return words.flatMap((word, position) =>
    phrases.includes(word) || phrases.includes(`${word} ${words[position + 1] ?? ''}`) ? [position] : [],
  );
}

function isNegated(words: readonly string[], position: number, negations: ReadonlySet<string>): boolean {
  return words.slice(Math.max(0, position - NEGATION_REACH), position).some((word) => negations.has(word));
}

function companionsOf(words: readonly string[], language: string): [string, number][] {
  const companions = COMPANIONS[language];
  if (companions === undefined) return [];
  const empty = new Set((FUNCTION_WORDS[language] ?? '').split(' '));
  return words.flatMap((word, position) => {
    const side = word === companions[0] ? 1 : word === companions[1] ? -1 : 0;
    if (side === 0) return [];
    const things = words.slice(position + 1, position + 1 + COMPANION_REACH).filter((thing) => !empty.has(thing));
    return things.map((thing): [string, number] => [stemOf(thing, language), side]);
  });
}

/** True when the two texts take opposite sides on the same matter. A bare `not` in one of them is no opposite. */
export function areOpposite(first: Polarity, second: Polarity): boolean {
  for (const [matter, side] of first) {
    if (matter !== 'not' && side * (second.get(matter) ?? 0) < 0) return true;
  }
  return false;
}

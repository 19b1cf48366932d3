import { baseLanguage } from '../text/normalise.ts';
import { isUnspaced, wordsOf } from '../text/tokenise.ts';
import { wordKnowledgeOf } from '../words/word-knowledge.ts';
import { areOpposite, polarityOfWords } from './polarity.ts';

/** How much a word says: a word of every question next to nothing, an unknown one most. */
function informationOf(word: string, language: string): number {
  return Math.log(1 / (wordKnowledgeOf(language).chanceOfWord(word) + 0.002));
}

/**
 * How alike two questions are, 0–1: cosine of their words and of the pieces of their words, weighted by how rare each word is in
 * the language. Symmetric; 1 for equal texts after normalisation, 0 for texts that share nothing.
 */
export function similarity(first: string, second: string, locale: string): number {
  const language = baseLanguage(locale);
  return cosine(profileOf(first, language), profileOf(second, language));
}

/** What a text says, by word and piece of word, with weights. */
export type Profile = ReadonlyMap<string, number>;

/** Profile of length one; the dot product of two is their `similarity`. Empty for a text without words. */
export function unitProfileOf(text: string, locale: string): Profile {
  const profile = profileOf(text, baseLanguage(locale));
  const length = Math.sqrt(squareSum(profile));
  return new Map([...profile].map(([key, weight]) => [key, weight / length]));
}

function profileOf(text: string, language: string): Profile {
  const profile = new Map<string, number>();
  const words = wordsOf(text, language);
  for (const [position, word] of words.entries()) {
    const information = informationOf(word, language);
    add(profile, word, information);
    if (isUnspaced(word)) add(profile, `${word}${words[position + 1] ?? ''}`, information);
    else addPieces(profile, word, information);
  }
  return profile;
}

/** Three-letter pieces share the weight of their word, so that "deliver" and "delivery" stay near each other. */
function addPieces(profile: Map<string, number>, word: string, information: number): void {
  const padded = `<${word}>`;
  const count = Math.max(1, padded.length - 2);
  for (let start = 0; start < count; start++) add(profile, `#${padded.slice(start, start + 3)}`, information / Math.sqrt(count));
}

function add(profile: Map<string, number>, key: string, weight: number): void {
  profile.set(key, (profile.get(key) ?? 0) + weight);
}

function cosine(first: Profile, second: Profile): number {
  const [small, large] = first.size <= second.size ? [first, second] : [second, first];
  let dot = 0;
  for (const [key, weight] of small) dot += weight * (large.get(key) ?? 0);
  const length = Math.sqrt(squareSum(first) * squareSum(second));
  return length === 0 ? 0 : Math.min(1, dot / length);
}

function squareSum(profile: Profile): number {
  let sum = 0;
  for (const weight of profile.values()) sum += weight * weight;
  return sum;
}

/** A word rarer than this (chance to be in a question) names the subject. */
const CONTENT_CHANCE = 0.02;

/** Words that carry the subject of a question, folded, without repeats. */
export function contentWordsOf(text: string, locale: string): string[] {
  const language = baseLanguage(locale);
  const knowledge = wordKnowledgeOf(language);
  return [...new Set(wordsOf(text, language))].filter((word) => knowledge.chanceOfWord(word) < CONTENT_CHANCE);
}

/**
 * False when an answer to one question may be wrong for the other although they look alike: opposite sides (on/off,
 * with/without), negation in one only, different numbers, or a subject word exchanged. For saved answers: when in doubt, false.
 */
export function sameMeaningGuard(first: string, second: string, locale: string): boolean {
  const language = baseLanguage(locale);
  const firstWords = wordsOf(first, language);
  const secondWords = wordsOf(second, language);
  const firstPolarity = polarityOfWords(firstWords, language);
  const secondPolarity = polarityOfWords(secondWords, language);
  if (areOpposite(firstPolarity, secondPolarity)) return false;
  if (firstPolarity.has('not') !== secondPolarity.has('not')) return false;
  if (numbersOf(firstWords) !== numbersOf(secondWords)) return false;
  return !hasExchangedWord(contentWordsOf(first, locale), contentWordsOf(second, locale));
}

function numbersOf(words: readonly string[]): string {
  return words
    .filter((word) => /\p{N}/u.test(word))
    .sort()
    .join(' ');
}

/** "Ship to France" and "ship to Spain" differ by one subject word on each side. */
function hasExchangedWord(first: readonly string[], second: readonly string[]): boolean {
  const lacks = (words: readonly string[], word: string): boolean => !words.some((other) => areForms(other, word));
  return first.some((word) => lacks(second, word)) && second.some((word) => lacks(first, word));
}

/** Two forms of one word, roughly: a common start that leaves at most three letters on either side. */
function areForms(first: string, second: string): boolean {
  if (first === second) return true;
  let common = 0;
  while (common < first.length && first[common] === second[common]) common += 1;
  return common >= 4 && first.length - common <= 3 && second.length - common <= 3;
}

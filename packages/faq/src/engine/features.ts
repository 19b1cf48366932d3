import { stemOf } from '../text/stem.ts';
import { isUnspaced } from '../text/tokenise.ts';
import type { EngineParts } from '../types.ts';
import type { WordKnowledge } from '../words/word-knowledge.ts';

/**
 * `word`: stems, or pairs of characters in scripts without spaces. `pair`: two neighbouring stems. `piece`: three to five
 * characters inside a word, or one character of a script without spaces. `concept`: groups of words with one meaning.
 */
export const FEATURE_KINDS = ['word', 'pair', 'piece', 'concept'] as const;
export type FeatureKind = (typeof FEATURE_KINDS)[number];

/** Gives a feature its number. `chance` (0–1) is the probability that any question of the language has it. */
export type Numbering = (key: string, kind: FeatureKind, chance: number) => number;

/** Reads texts with one numbering: numbers of all features of a text, one for every occurrence. */
export type TextReader = (words: readonly string[]) => Int32Array;

/** Gives a reader for a numbering; it remembers the features of every word it has seen. */
export type FeatureReader = (numbering: Numbering) => TextReader;

const SHORTEST_PIECE = 3;
const LONGEST_PIECE = 5;
/** Longer "words" are noise or an attempt to make the matcher slow. */
const LONGEST_WORD = 30;

interface ReadWord {
  readonly word: string;
  readonly stem: string;
  readonly isUnspaced: boolean;
  /** Features that the word has wherever it stands. */
  readonly ids: readonly number[];
}

/** Reads the features of texts in one language. Keys of different kinds never collide: their first characters differ. */
export function createFeatureReader(language: string, knowledge: WordKnowledge, parts: EngineParts): FeatureReader {
  return (numbering) => {
    const seen = new Map<string, ReadWord>();
    const readWord = (word: string): ReadWord => {
      const known = seen.get(word);
      if (known !== undefined) return known;
      const read = wordFeatures(word, { language, knowledge, parts, numbering });
      seen.set(word, read);
      return read;
    };
    return (words) => {
      const read = words.map(readWord);
      const ids = read.flatMap((one) => one.ids);
      for (let position = 1; position < read.length; position++) addPair(ids, read[position - 1], read[position], { parts, numbering });
      const concepts = parts.concepts ? knowledge.concepts.of(read.map(({ stem }) => stem)) : [];
      for (const concept of concepts) ids.push(numbering(`~${concept}`, 'concept', knowledge.concepts.chanceOf(concept)));
      return Int32Array.from(ids);
    };
  };
}

interface Reading {
  readonly language: string;
  readonly knowledge: WordKnowledge;
  readonly parts: EngineParts;
  readonly numbering: Numbering;
}

function wordFeatures(word: string, { language, knowledge, parts, numbering }: Reading): ReadWord {
  if (isUnspaced(word)) return { word, stem: word, isUnspaced: true, ids: [numbering(`#${word}`, 'piece', knowledge.chanceOfWord(word))] };
  const stem = stemOf(word, language);
  const chance = Math.max(knowledge.chanceOfWord(word), knowledge.chanceOfWord(stem));
  const pieces = parts.characterGrams ? piecesOf(word) : [];
  const ids = [
    numbering(`=${stem}`, 'word', chance),
    ...pieces.map((piece) => numbering(`#${piece}`, 'piece', knowledge.chanceOfPiece(piece))),
  ];
  return { word, stem, isUnspaced: false, ids };
}

/** Two characters of a script without spaces are its nearest thing to a word; two words are a pair. */
function addPair(
  ids: number[],
  first: ReadWord | undefined,
  second: ReadWord | undefined,
  { parts, numbering }: Pick<Reading, 'parts' | 'numbering'>,
): void {
  if (first === undefined || second === undefined) return;
  if (second.isUnspaced) {
    if (first.isUnspaced) ids.push(numbering(`=${first.word}${second.word}`, 'word', 0));
  } else if (parts.bigrams) ids.push(numbering(`+${first.stem} ${second.stem}`, 'pair', 0));
}

function piecesOf(word: string): string[] {
  const padded = `<${word.slice(0, LONGEST_WORD)}>`;
  const pieces: string[] = [];
  for (let length = SHORTEST_PIECE; length <= LONGEST_PIECE; length++) {
    for (let start = 0; start + length <= padded.length; start++) pieces.push(padded.slice(start, start + length));
  }
  return pieces;
}

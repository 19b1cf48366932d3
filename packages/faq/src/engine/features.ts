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

/** One feature of a text with its count. Keys of different kinds never collide: their first characters differ. */
export interface Feature {
  readonly key: string;
  readonly kind: FeatureKind;
  /** Probability (0–1) that any question of the language has it. */
  readonly chance: number;
  count: number;
}

const SHORTEST_PIECE = 3;
const LONGEST_PIECE = 5;
/** Longer "words" are noise or an attempt to make the matcher slow. */
const LONGEST_WORD = 30;

export interface FeatureReader {
  featuresOf(words: readonly string[]): readonly Feature[];
}

/** Reads the features of texts in one language. */
export function createFeatureReader(language: string, knowledge: WordKnowledge, parts: EngineParts): FeatureReader {
  return {
    featuresOf: (words) => {
      const features = new Map<string, Feature>();
      const count = (key: string, kind: FeatureKind, chance: number): void => {
        const known = features.get(key);
        if (known === undefined) features.set(key, { key, kind, chance, count: 1 });
        else known.count += 1;
      };
      const stems = words.map((word) => stemOf(word, language));
      for (const [position, stem] of stems.entries()) {
        const word = words[position] ?? stem;
        const before = stems[position - 1];
        if (isUnspaced(word)) {
          count(`#${word}`, 'piece', knowledge.chanceOfWord(word));
          if (before !== undefined && isUnspaced(before)) count(`=${before}${word}`, 'word', 0);
          continue;
        }
        count(`=${stem}`, 'word', Math.max(knowledge.chanceOfWord(word), knowledge.chanceOfWord(stem)));
        if (parts.bigrams && before !== undefined) count(`+${before} ${stem}`, 'pair', 0);
        if (parts.characterGrams) addPieces(word, (piece) => count(`#${piece}`, 'piece', knowledge.chanceOfPiece(piece)));
      }
      if (parts.concepts)
        for (const concept of knowledge.concepts.of(stems)) count(`~${concept}`, 'concept', knowledge.concepts.chanceOf(concept));
      return [...features.values()];
    },
  };
}

function addPieces(word: string, add: (piece: string) => void): void {
  const padded = `<${word.slice(0, LONGEST_WORD)}>`;
  for (let length = SHORTEST_PIECE; length <= LONGEST_PIECE; length++) {
    for (let start = 0; start + length <= padded.length; start++) add(padded.slice(start, start + length));
  }
}

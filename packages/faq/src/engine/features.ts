import { isUnspaced } from '../text/tokenise.ts';
import type { EngineParts } from '../types.ts';

/** Share of the score that each kind of feature carries; see SPEC F4. */
export interface FieldWeights {
  readonly word: number;
  readonly bigram: number;
  readonly gram: number;
}

export type FeatureKind = 'word' | 'bigram' | 'gram';

/** One feature of a text with its count. Keys of the three kinds never collide: bigrams hold a space, grams start with `#`. */
export interface Feature {
  readonly key: string;
  readonly kind: FeatureKind;
  count: number;
}

const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;

/** Words, neighbouring words and character pieces inside words, with counts. */
export function featuresOf(words: readonly string[], parts: EngineParts): Map<string, Feature> {
  const features = new Map<string, Feature>();
  let previous = '';
  for (const word of words) {
    count(features, word, 'word');
    if (parts.bigrams && previous !== '') count(features, `${previous} ${word}`, 'bigram');
    if (parts.characterGrams && !isUnspaced(word)) addGrams(features, word);
    previous = word;
  }
  return features;
}

function addGrams(features: Map<string, Feature>, word: string): void {
  const padded = `<${word.slice(0, 40)}>`;
  for (let length = SHORTEST_GRAM; length <= LONGEST_GRAM; length++) {
    for (let start = 0; start + length <= padded.length; start++) count(features, `#${padded.slice(start, start + length)}`, 'gram');
  }
}

function count(features: Map<string, Feature>, key: string, kind: FeatureKind): void {
  const known = features.get(key);
  if (known === undefined) features.set(key, { key, kind, count: 1 });
  else known.count += 1;
}

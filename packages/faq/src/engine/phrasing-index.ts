import type { EngineParts } from '../types.ts';
import type { WordKnowledge } from '../words/word-knowledge.ts';
import type { Feature, FieldWeights } from './features.ts';
import { featuresOf } from './features.ts';

export interface Phrasing {
  readonly entryIndex: number;
  readonly text: string;
  readonly words: readonly string[];
  /** Trust relative to an editor's phrasing, 0–1. */
  readonly weight: number;
  readonly isConfirmed: boolean;
}

/** A text as a unit vector over the features that the index knows. */
export interface SparseVector {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

export interface PhrasingIndex {
  readonly phrasings: readonly Phrasing[];
  /** Unit vectors of the phrasings. */
  readonly vectors: readonly SparseVector[];
  /** Vector of a question. Unknown features count in its length, so a question full of unknown words stays far from everything. */
  vectorOf(words: readonly string[]): SparseVector;
  /** Cosine of the question with every phrasing. */
  similarities(vector: SparseVector): Float32Array;
  /** How much a word says: 0 for words in every question, about 9 for a word nobody uses. */
  weightOfWord(word: string): number;
  hasWord(word: string): boolean;
  readonly vocabulary: readonly string[];
}

const FIELDS: FieldWeights = { word: 0.35, bigram: 0.15, gram: 0.5 };
/** The background counts as if this many foreign questions were in the FAQ. */
const BACKGROUND_QUESTIONS = 200;

/** Builds the inverted index of all phrasings. Time grows with the total text: 60,000 phrasings take about 3 s. */
export function createPhrasingIndex(phrasings: readonly Phrasing[], knowledge: WordKnowledge, parts: EngineParts): PhrasingIndex {
  const featureSets = phrasings.map((phrasing) => [...featuresOf(phrasing.words, parts).values()]);
  const ids = new Map<string, number>();
  const documentCounts: number[] = [];
  for (const features of featureSets) {
    for (const feature of features) {
      const id = ids.get(feature.key);
      if (id === undefined) {
        ids.set(feature.key, documentCounts.length);
        documentCounts.push(1);
      } else documentCounts[id] = (documentCounts[id] ?? 0) + 1;
    }
  }
  const total = phrasings.length + (parts.background ? BACKGROUND_QUESTIONS : 0);
  const informationOf = (feature: Feature): number => {
    const id = ids.get(feature.key);
    const count = id === undefined ? 0 : (documentCounts[id] ?? 0);
    const chance = parts.background && feature.kind === 'word' ? knowledge.chanceInQuestion(feature.key) : 0;
    return Math.log((total + 1) / (count + chance * BACKGROUND_QUESTIONS + 0.5));
  };
  const toVector = (features: readonly Feature[]): SparseVector => vectorise(features, ids, informationOf);
  const vectors = featureSets.map(toVector);
  const postings = invert(vectors, documentCounts);
  return {
    phrasings,
    vectors,
    vectorOf: (words) => toVector([...featuresOf(words, parts).values()]),
    similarities: (vector) => dotWithAll(vector, postings, phrasings.length),
    weightOfWord: (word) => Math.max(0, informationOf({ key: word, kind: 'word', count: 1 })),
    hasWord: (word) => ids.has(word),
    vocabulary: [...ids.keys()].filter((key) => !key.startsWith('#') && !key.includes(' ')),
  };
}

function vectorise(
  features: readonly Feature[],
  ids: ReadonlyMap<string, number>,
  informationOf: (feature: Feature) => number,
): SparseVector {
  const squares = { word: 0, bigram: 0, gram: 0 };
  const weights = features.map((feature) => {
    const weight = Math.max(0, informationOf(feature)) * (1 + Math.log(feature.count));
    squares[feature.kind] += weight * weight;
    return weight;
  });
  const scaleTotal = (squares.word > 0 ? FIELDS.word : 0) + (squares.bigram > 0 ? FIELDS.bigram : 0) + (squares.gram > 0 ? FIELDS.gram : 0);
  const known: number[] = [];
  const values: number[] = [];
  for (const [position, feature] of features.entries()) {
    const id = ids.get(feature.key);
    const weight = weights[position] ?? 0;
    if (id === undefined || weight === 0) continue;
    known.push(id);
    values.push((weight / Math.sqrt(squares[feature.kind])) * Math.sqrt(FIELDS[feature.kind] / scaleTotal));
  }
  return { ids: Int32Array.from(known), values: Float32Array.from(values) };
}

interface Postings {
  readonly offsets: Int32Array;
  readonly documents: Int32Array;
  readonly values: Float32Array;
}

function invert(vectors: readonly SparseVector[], documentCounts: readonly number[]): Postings {
  const offsets = new Int32Array(documentCounts.length + 1);
  for (const vector of vectors) for (const id of vector.ids) offsets[id + 1] = (offsets[id + 1] ?? 0) + 1;
  for (let id = 0; id < documentCounts.length; id++) offsets[id + 1] = (offsets[id + 1] ?? 0) + (offsets[id] ?? 0);
  const next = offsets.slice();
  const size = offsets[documentCounts.length] ?? 0;
  const documents = new Int32Array(size);
  const values = new Float32Array(size);
  for (const [document, vector] of vectors.entries()) {
    for (let position = 0; position < vector.ids.length; position++) {
      const id = vector.ids[position] ?? 0;
      const slot = next[id] ?? 0;
      documents[slot] = document;
      values[slot] = vector.values[position] ?? 0;
      next[id] = slot + 1;
    }
  }
  return { offsets, documents, values };
}

function dotWithAll(vector: SparseVector, postings: Postings, documentCount: number): Float32Array {
  const sums = new Float32Array(documentCount);
  for (let position = 0; position < vector.ids.length; position++) {
    const id = vector.ids[position] ?? 0;
    const value = vector.values[position] ?? 0;
    const end = postings.offsets[id + 1] ?? 0;
    for (let slot = postings.offsets[id] ?? 0; slot < end; slot++) {
      const document = postings.documents[slot] ?? 0;
      sums[document] = (sums[document] ?? 0) + value * (postings.values[slot] ?? 0);
    }
  }
  return sums;
}

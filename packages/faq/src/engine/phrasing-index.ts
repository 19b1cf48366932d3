import type { PhrasingOrigin } from '../types.ts';
import type { Feature, FeatureKind, FeatureReader } from './features.ts';
import { FEATURE_KINDS } from './features.ts';
import type { SparseVector } from './sparse.ts';
import { dotWithAll, invert } from './sparse.ts';

export interface Phrasing {
  readonly entryIndex: number;
  readonly text: string;
  readonly words: readonly string[];
  /** Trust relative to an editor's phrasing, 0–1. */
  readonly weight: number;
  readonly origin: PhrasingOrigin;
}

export interface PhrasingIndex {
  /** Unit vectors of the phrasings. */
  readonly vectors: readonly SparseVector[];
  /** Vector of a question. Unknown features count in its length, so a question full of unknown words stays far from everything. */
  vectorOf(words: readonly string[]): SparseVector;
  /** Cosine (0–1) of the question with every phrasing. */
  similarities(vector: SparseVector): Float32Array;
}

/** Share of the cosine that each kind carries. Measured: SPEC, "Where the numbers come from". */
const SHARES: Readonly<Record<FeatureKind, number>> = { word: 0.4, pair: 0.1, piece: 0.45, concept: 0.2 };
/** The background counts as if this many foreign questions were in the FAQ. */
const BACKGROUND_QUESTIONS = 2000;

/** Builds the inverted index of all phrasings; time and memory grow with the total text. */
export function createPhrasingIndex(phrasings: readonly Phrasing[], reader: FeatureReader): PhrasingIndex {
  const featureSets = phrasings.map((phrasing) => reader.featuresOf(phrasing.words));
  const ids = new Map<string, number>();
  const counts: number[] = [];
  for (const feature of featureSets.flat()) {
    const id = ids.get(feature.key);
    if (id === undefined) {
      ids.set(feature.key, counts.length);
      counts.push(1);
    } else counts[id] = (counts[id] ?? 0) + 1;
  }
  const informationOf = (feature: Feature): number => {
    const count = counts[ids.get(feature.key) ?? -1] ?? 0;
    return Math.log((phrasings.length + BACKGROUND_QUESTIONS + 1) / (count + feature.chance * BACKGROUND_QUESTIONS + 0.5));
  };
  const toVector = (features: readonly Feature[]): SparseVector => vectorise(features, ids, informationOf);
  const vectors = featureSets.map(toVector);
  const postings = invert(vectors, counts.length);
  return {
    vectors,
    vectorOf: (words) => toVector(reader.featuresOf(words)),
    similarities: (vector) => dotWithAll(vector, postings, phrasings.length),
  };
}

/** Each kind is scaled to length one, then weighed by its share, so that the many pieces of a text can't drown its words. */
function vectorise(
  features: readonly Feature[],
  ids: ReadonlyMap<string, number>,
  informationOf: (feature: Feature) => number,
): SparseVector {
  const squares: Record<FeatureKind, number> = { word: 0, pair: 0, piece: 0, concept: 0 };
  const weights = features.map((feature) => Math.max(0, informationOf(feature)) * (1 + Math.log(feature.count)));
  for (const [position, feature] of features.entries()) squares[feature.kind] += (weights[position] ?? 0) ** 2;
  const total = FEATURE_KINDS.reduce((sum, kind) => sum + (squares[kind] > 0 ? SHARES[kind] : 0), 0);
  const known: { id: number; value: number }[] = [];
  for (const [position, feature] of features.entries()) {
    const id = ids.get(feature.key);
    const weight = weights[position] ?? 0;
    if (id !== undefined && weight > 0)
      known.push({ id, value: weight * Math.sqrt(SHARES[feature.kind] / (squares[feature.kind] * total)) });
  }
  known.sort((a, b) => a.id - b.id);
  return { ids: Int32Array.from(known, ({ id }) => id), values: Float32Array.from(known, ({ value }) => value) };
}

import type { PhrasingOrigin } from '../types.ts';
import { createDictionary } from './dictionary.ts';
import type { FeatureKind, FeatureReader } from './features.ts';
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
  const dictionary = createDictionary();
  const read = reader(dictionary.adding);
  const counted = phrasings.map(({ words }) => countRepeats(read(words)));
  const documentCounts = new Int32Array(dictionary.size);
  for (const { ids } of counted) for (const id of ids) documentCounts[id] = (documentCounts[id] ?? 0) + 1;
  const total = phrasings.length + BACKGROUND_QUESTIONS + 1;
  const informationOf = (chance: number, count: number): number =>
    Math.max(0, Math.log(total / (count + chance * BACKGROUND_QUESTIONS + 0.5)));
  const information = Float64Array.from(documentCounts, (count, id) => informationOf(dictionary.chances[id] ?? 0, count));
  const vectors = counted.map((text) => vectorise(text, dictionary.kinds, information));
  const postings = invert(vectors, dictionary.size);
  return {
    vectors,
    vectorOf: (words) => {
      const extra: { kinds: FeatureKind[]; chances: number[] } = { kinds: [], chances: [] };
      const text = countRepeats(reader(dictionary.lookingUp(extra))(words));
      return vectorise(text, dictionary.kinds, information, {
        kinds: extra.kinds,
        information: extra.chances.map((chance) => informationOf(chance, 0)),
      });
    },
    similarities: (vector) => dotWithAll(vector, postings, phrasings.length),
  };
}

/** Features of a text, ascending, with how often each occurs. */
interface CountedText {
  readonly ids: Int32Array;
  readonly counts: Uint16Array;
}

function countRepeats(occurrences: Int32Array): CountedText {
  const sorted = occurrences.sort();
  const ids = new Int32Array(sorted.length);
  const counts = new Uint16Array(sorted.length);
  let size = 0;
  for (let position = 0; position < sorted.length; position++) {
    const id = sorted[position] ?? 0;
    if (size === 0 || ids[size - 1] !== id) ids[size++] = id;
    counts[size - 1] = (counts[size - 1] ?? 0) + 1;
  }
  return { ids: ids.subarray(0, size), counts: counts.subarray(0, size) };
}

interface Unknown {
  readonly kinds: readonly FeatureKind[];
  readonly information: readonly number[];
}

/**
 * Each kind is scaled to length one, then weighed by its share, so that the many pieces of a text can't drown its words. Features
 * the FAQ does not know come last and count in the lengths only.
 */
function vectorise(text: CountedText, kinds: readonly FeatureKind[], information: Float64Array, unknown?: Unknown): SparseVector {
  const known = text.ids.findIndex((id) => id >= kinds.length);
  const knownSize = known === -1 ? text.ids.length : known;
  const squares: Record<FeatureKind, number> = { word: 0, pair: 0, piece: 0, concept: 0 };
  const values = new Float32Array(knownSize);
  for (let position = 0; position < knownSize; position++) {
    const id = text.ids[position] ?? 0;
    const weight = (information[id] ?? 0) * repeatFactor(text.counts[position] ?? 1);
    values[position] = weight;
    squares[kinds[id] ?? 'word'] += weight * weight;
  }
  if (unknown !== undefined) addUnknown(squares, text, knownSize, unknown);
  const scales = scalesFor(squares);
  for (let position = 0; position < knownSize; position++) {
    values[position] = (values[position] ?? 0) * scales[kinds[text.ids[position] ?? 0] ?? 'word'];
  }
  return { ids: text.ids.slice(0, knownSize), values };
}

/** Unknown features are numbered in the order of `unknown`, and all of them stand at the end. */
function addUnknown(squares: Record<FeatureKind, number>, text: CountedText, knownSize: number, unknown: Unknown): void {
  for (const [place, kind] of unknown.kinds.entries()) {
    const weight = (unknown.information[place] ?? 0) * repeatFactor(text.counts[knownSize + place] ?? 1);
    squares[kind] += weight * weight;
  }
}

/** A feature that occurs n times weighs 1 + ln n. */
const REPEATS = Float64Array.from({ length: 64 }, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)));

function repeatFactor(count: number): number {
  return REPEATS[Math.min(REPEATS.length - 1, count)] ?? 1;
}

function scalesFor(squares: Readonly<Record<FeatureKind, number>>): Readonly<Record<FeatureKind, number>> {
  const total = FEATURE_KINDS.reduce((sum, kind) => sum + (squares[kind] > 0 ? SHARES[kind] : 0), 0);
  const scale = (kind: FeatureKind): number => (squares[kind] > 0 ? Math.sqrt(SHARES[kind] / (squares[kind] * total)) : 0);
  return { word: scale('word'), pair: scale('pair'), piece: scale('piece'), concept: scale('concept') };
}

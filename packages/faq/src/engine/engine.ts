import { areOpposite, polarityOfWords } from '../meaning/polarity.ts';
import { wordsOf } from '../text/tokenise.ts';
import type { EngineParts } from '../types.ts';
import { withoutBackground, wordKnowledgeOf } from '../words/word-knowledge.ts';
import { confidenceOf } from './calibration.ts';
import type { Correction } from './correction.ts';
import { createCorrector } from './correction.ts';
import { createFeatureReader } from './features.ts';
import { createForeignShare } from './foreign-subject.ts';
import type { Phrasing } from './phrasing-index.ts';
import { createPhrasingIndex } from './phrasing-index.ts';
import type { Neighbour } from './ridge.ts';
import { ridgeVotes } from './ridge.ts';
import { topPositions } from './top.ts';

/** One entry as the engine ranks it. */
export interface Candidate {
  readonly entryIndex: number;
  /** Calibrated, 0–1. */
  readonly score: number;
  /** What the calibration saw. */
  readonly vote: number;
  readonly rivalVote: number;
  /** The phrasing of the entry nearest to the question. */
  readonly phrasing: Phrasing;
  readonly isOpposite: boolean;
}

export interface EngineAnswer {
  readonly words: readonly string[];
  readonly corrections: readonly Correction[];
  readonly unknownWords: readonly string[];
  /** Share (0–1) of what the question says that no phrasing says; 0 in a small FAQ. */
  readonly foreignShare: number;
  readonly candidates: readonly Candidate[];
}

export interface Engine {
  rank(question: string, limit: number): EngineAnswer;
}

export type PhrasingSource = Omit<Phrasing, 'words'>;

/** Phrasings that take part in the vote. More changes nothing but the time. */
const NEIGHBOURS = 64;
/** What is left of the likeness of a phrasing that says the opposite: "turn it off" shares all its words but one with "turn it on". */
const OPPOSITE_FACTOR = 0.7;

/** The matcher of one language: pure and deterministic; its only I/O is the word list, read at creation. */
export function createEngine(sources: readonly PhrasingSource[], language: string, parts: EngineParts): Engine {
  const phrasings = sources.map((source) => ({ ...source, words: wordsOf(source.text, language) })).filter(({ words }) => words.length > 0);
  const knowledge = wordKnowledgeOf(language);
  const reader = createFeatureReader(language, parts.background ? knowledge : withoutBackground(knowledge), parts);
  const index = createPhrasingIndex(phrasings, reader);
  const vocabulary = countWords(phrasings);
  const foreignShareOf = createForeignShare(vocabulary.keys(), language, knowledge);
  const corrector = createCorrector(vocabulary, { ...knowledge, canCorrect: parts.correction && knowledge.canCorrect });
  const neighboursOf = (words: readonly string[]): NearPhrasing[] => {
    const similarities = index.similarities(index.vectorOf(words));
    const contradicts = parts.polarity ? contradictionTo(words, language) : () => false;
    const near = topPositions(similarities, NEIGHBOURS).flatMap((position): NearPhrasing[] => {
      const [phrasing, vector] = [phrasings[position], index.vectors[position]];
      if (phrasing === undefined || vector === undefined) return [];
      const isOpposite = contradicts(phrasing);
      return [
        {
          phrasing,
          vector,
          weight: phrasing.weight,
          isOpposite,
          similarity: (similarities[position] ?? 0) * (isOpposite ? OPPOSITE_FACTOR : 1),
        },
      ];
    });
    return near.sort((a, b) => b.similarity - a.similarity);
  };
  return {
    rank: (question, limit) => {
      const { words, corrections } = corrector.correct(wordsOf(question, language));
      const neighbours = neighboursOf(words);
      const entries = sumByEntry(neighbours, parts.classifier ? ridgeVotes(neighbours) : bestOnly(neighbours));
      const candidates = entries.slice(0, limit).map((entry, place): Candidate => {
        const rivalVote = entries[place === 0 ? 1 : 0]?.vote ?? 0;
        return { ...entry, rivalVote, score: confidenceOf({ vote: entry.vote, rivalVote }) };
      });
      const unknownWords = words.filter((word) => !vocabulary.has(word));
      return { words, corrections, unknownWords, foreignShare: foreignShareOf(words), candidates };
    },
  };
}

/** Tells which phrasings take the other side of a question. Most questions take none, and nothing is compared for them. */
function contradictionTo(words: readonly string[], language: string): (phrasing: Phrasing) => boolean {
  const polarity = polarityOfWords(words, language);
  const takesSides = [...polarity.keys()].some((matter) => matter !== 'not');
  return takesSides ? (phrasing) => areOpposite(polarity, polarityOfWords(phrasing.words, language)) : () => false;
}

function countWords(phrasings: readonly Phrasing[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { words } of phrasings) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

interface NearPhrasing extends Neighbour {
  readonly phrasing: Phrasing;
  readonly isOpposite: boolean;
}

/** Without the classifier the nearest phrasing of an entry speaks for it. */
function bestOnly(neighbours: readonly NearPhrasing[]): Float64Array {
  const seen = new Set<number>();
  return Float64Array.from(neighbours, ({ phrasing, similarity }) => {
    if (seen.has(phrasing.entryIndex)) return 0;
    seen.add(phrasing.entryIndex);
    return similarity * phrasing.weight;
  });
}

interface EntryVote {
  readonly entryIndex: number;
  readonly phrasing: Phrasing;
  readonly isOpposite: boolean;
  readonly vote: number;
}

/** Entries by their summed votes, best first; the first neighbour of an entry is its nearest phrasing. */
function sumByEntry(neighbours: readonly NearPhrasing[], votes: Float64Array): EntryVote[] {
  const entries = new Map<number, EntryVote>();
  for (const [position, { phrasing, isOpposite }] of neighbours.entries()) {
    const known = entries.get(phrasing.entryIndex) ?? { entryIndex: phrasing.entryIndex, phrasing, isOpposite, vote: 0 };
    entries.set(phrasing.entryIndex, { ...known, vote: known.vote + (votes[position] ?? 0) });
  }
  return [...entries.values()].sort((a, b) => b.vote - a.vote || a.entryIndex - b.entryIndex);
}

import { areOpposite, polarityOfWords } from '../meaning/polarity.ts';
import { wordsOf } from '../text/tokenise.ts';
import type { EngineParts } from '../types.ts';
import { withoutBackground, wordKnowledgeOf } from '../words/word-knowledge.ts';
import { confidenceOf } from './calibration.ts';
import type { Correction } from './correction.ts';
import { createCorrector } from './correction.ts';
import { createFeatureReader } from './features.ts';
import type { Phrasing } from './phrasing-index.ts';
import { createPhrasingIndex } from './phrasing-index.ts';
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
  readonly candidates: readonly Candidate[];
}

export interface Engine {
  rank(question: string, limit: number): EngineAnswer;
}

export type PhrasingSource = Omit<Phrasing, 'words'>;

/** Phrasings that take part in the vote. More changes nothing but the time. */
const NEIGHBOURS = 64;

/** The matcher of one language: pure and deterministic; its only I/O is the word list, read at creation. */
export function createEngine(sources: readonly PhrasingSource[], language: string, parts: EngineParts): Engine {
  const phrasings = sources.map((source) => ({ ...source, words: wordsOf(source.text, language) })).filter(({ words }) => words.length > 0);
  const knowledge = wordKnowledgeOf(language);
  const reader = createFeatureReader(language, parts.background ? knowledge : withoutBackground(knowledge), parts);
  const index = createPhrasingIndex(phrasings, reader);
  const vocabulary = countWords(phrasings);
  const corrector = createCorrector(vocabulary, { ...knowledge, canCorrect: parts.correction && knowledge.canCorrect });
  return {
    rank: (question, limit) => {
      const { words, corrections } = corrector.correct(wordsOf(question, language));
      const similarities = index.similarities(index.vectorOf(words));
      const neighbours = topPositions(similarities, NEIGHBOURS).flatMap((position) => {
        const [phrasing, vector] = [phrasings[position], index.vectors[position]];
        return phrasing === undefined || vector === undefined
          ? []
          : [{ phrasing, vector, weight: phrasing.weight, similarity: similarities[position] ?? 0 }];
      });
      const votes = parts.classifier ? ridgeVotes(neighbours) : bestOnly(neighbours);
      const entries = sumByEntry(neighbours, votes);
      const polarity = polarityOfWords(words, language);
      const candidates = entries.slice(0, limit).map(({ entryIndex, vote, phrasing }, place): Candidate => {
        const rivalVote = entries[place === 0 ? 1 : 0]?.vote ?? 0;
        const isOpposite = parts.polarity && areOpposite(polarity, polarityOfWords(phrasing.words, language));
        return { entryIndex, vote, rivalVote, score: confidenceOf({ vote, rivalVote }), phrasing, isOpposite };
      });
      return { words, corrections, unknownWords: words.filter((word) => !vocabulary.has(word)), candidates };
    },
  };
}

function countWords(phrasings: readonly Phrasing[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { words } of phrasings) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

interface NearPhrasing {
  readonly phrasing: Phrasing;
  readonly similarity: number;
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

/** Entries by their summed votes, best first; the first neighbour of an entry is its nearest phrasing. */
function sumByEntry(neighbours: readonly NearPhrasing[], votes: Float64Array): { entryIndex: number; vote: number; phrasing: Phrasing }[] {
  const entries = new Map<number, { entryIndex: number; vote: number; phrasing: Phrasing }>();
  for (const [position, { phrasing }] of neighbours.entries()) {
    const known = entries.get(phrasing.entryIndex);
    const vote = votes[position] ?? 0;
    if (known === undefined) entries.set(phrasing.entryIndex, { entryIndex: phrasing.entryIndex, vote, phrasing });
    else known.vote += vote;
  }
  return [...entries.values()].sort((a, b) => b.vote - a.vote || a.entryIndex - b.entryIndex);
}

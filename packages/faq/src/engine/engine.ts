import { areOpposite, polarityOfWords } from '../meaning/polarity.ts';
import { wordsOf } from '../text/tokenise.ts';
import type { EngineParts } from '../types.ts';
import { noWordKnowledge, wordKnowledgeOf } from '../words/word-knowledge.ts';
import { confidenceOf } from './calibration.ts';
import type { Correction } from './correction.ts';
import { createCorrector } from './correction.ts';
import type { Phrasing } from './phrasing-index.ts';
import { createPhrasingIndex } from './phrasing-index.ts';

/** One entry as the engine ranks it. */
export interface Candidate {
  readonly entryIndex: number;
  /** Calibrated, 0–1. */
  readonly score: number;
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

/** The matcher of one language: pure, deterministic, no I/O but the word list read at creation. */
export function createEngine(sources: readonly PhrasingSource[], language: string, parts: EngineParts): Engine {
  const phrasings = sources.map((source) => ({ ...source, words: wordsOf(source.text, language) })).filter(({ words }) => words.length > 0);
  const knowledge = wordKnowledgeOf(language);
  const index = createPhrasingIndex(phrasings, parts.background ? knowledge : noWordKnowledge, parts);
  const corrector = createCorrector(index.vocabulary, parts.correction ? knowledge : noWordKnowledge);
  const entryCount = phrasings.reduce((most, phrasing) => Math.max(most, phrasing.entryIndex + 1), 0);
  return {
    rank: (question, limit) => {
      const typed = wordsOf(question, language);
      const { words, corrections } = corrector.correct(typed);
      const similarities = index.similarities(index.vectorOf(words));
      const best = bestPhrasings(similarities, phrasings, entryCount);
      const unknownWords = words.filter((word) => !index.hasWord(word));
      const sum = (list: readonly string[]): number => list.reduce((total, word) => total + index.weightOfWord(word), 0);
      const knownShare = 1 - sum(unknownWords) / Math.max(1e-9, sum(words));
      const order = topOf(best.scores, limit + 1);
      const polarity = polarityOfWords(words, language);
      const candidates = order.slice(0, limit).map((entryIndex, place): Candidate => {
        const score = best.scores[entryIndex] ?? 0;
        const rival = best.scores[order[place === 0 ? 1 : 0] ?? -1] ?? 0;
        const phrasing = phrasings[best.phrasings[entryIndex] ?? 0];
        if (phrasing === undefined) throw new RangeError('a ranked entry has no phrasing');
        const isOpposite = parts.polarity && areOpposite(polarity, polarityOfWords(phrasing.words, language));
        return { entryIndex, score: confidenceOf({ best: score, second: rival, knownShare }), phrasing, isOpposite };
      });
      return { words, corrections, unknownWords, candidates };
    },
  };
}

function bestPhrasings(similarities: Float32Array, phrasings: readonly Phrasing[], entryCount: number) {
  const scores = new Float32Array(entryCount);
  const best = new Int32Array(entryCount).fill(-1);
  for (const [position, phrasing] of phrasings.entries()) {
    const score = (similarities[position] ?? 0) * phrasing.weight;
    if (score > (scores[phrasing.entryIndex] ?? 0)) {
      scores[phrasing.entryIndex] = score;
      best[phrasing.entryIndex] = position;
    }
  }
  return { scores, phrasings: best };
}

/** Positions of the highest positive scores, best first; equal scores keep the order of the entries. */
function topOf(scores: Float32Array, limit: number): number[] {
  const top: number[] = [];
  for (let position = 0; position < scores.length; position++) {
    const score = scores[position] ?? 0;
    if (score <= 0 || (top.length === limit && score <= (scores[top[limit - 1] ?? 0] ?? 0))) continue;
    let place = top.length;
    while (place > 0 && (scores[top[place - 1] ?? 0] ?? 0) < score) place -= 1;
    top.splice(place, 0, position);
    if (top.length > limit) top.pop();
  }
  return top;
}

import { readFileSync } from 'node:fs';
import { FUNCTION_WORDS } from './function-words.ts';

/** What is known about a language before any FAQ is read. */
export interface WordKnowledge {
  /** True when unknown words may be corrected: only where a word list says what a valid word is. */
  readonly canCorrect: boolean;
  isValidWord(word: string): boolean;
  /** Probability (0–1) that a short question of this language contains the word. */
  chanceInQuestion(word: string): number;
}

/** Words in the corpus the counts come from (SUBTLEX-US, 50 million words of spoken English). */
const CORPUS_WORDS = 49_719_560;
/** A visitor's question has about this many words. */
const WORDS_PER_QUESTION = 12;
/** A function word of a language without counts is in about every third question. */
const FUNCTION_WORD_CHANCE = 0.3;

const knowledgeByLanguage = new Map<string, WordKnowledge>();

/** Word knowledge of a base language; read from disk once per process because the English list takes 20 ms. */
export function wordKnowledgeOf(language: string): WordKnowledge {
  let knowledge = knowledgeByLanguage.get(language);
  if (knowledge === undefined) {
    knowledge = language === 'en' ? readEnglish() : fromFunctionWords(FUNCTION_WORDS[language] ?? '');
    knowledgeByLanguage.set(language, knowledge);
  }
  return knowledge;
}

/** Knows nothing: every word is as rare as the FAQ says. */
export const noWordKnowledge: WordKnowledge = { canCorrect: false, isValidWord: () => true, chanceInQuestion: () => 0 };

/** Lines are `<log2 of the count> word word …`; see data/README.md for source and licence. */
function readEnglish(): WordKnowledge {
  const text = readFileSync(new URL('../../data/english-words.txt', import.meta.url), 'utf8');
  const chanceByWord = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [exponent, ...words] = line.split(' ');
    const frequency = (2 ** Number(exponent) - 1) / CORPUS_WORDS;
    const chance = 1 - Math.exp(-frequency * WORDS_PER_QUESTION);
    for (const word of words) chanceByWord.set(word, chance);
  }
  return {
    canCorrect: true,
    isValidWord: (word) => chanceByWord.has(word),
    chanceInQuestion: (word) => chanceByWord.get(word) ?? 0,
  };
}

function fromFunctionWords(list: string): WordKnowledge {
  const words = new Set(list.split(' '));
  return { canCorrect: false, isValidWord: () => true, chanceInQuestion: (word) => (words.has(word) ? FUNCTION_WORD_CHANCE : 0) };
}

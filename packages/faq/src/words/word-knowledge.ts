import { readFileSync } from 'node:fs';
import type { Concepts } from './concepts.ts';
import { conceptsFor } from './concepts.ts';
import { FUNCTION_WORDS } from './function-words.ts';

/** What is known about a language before any FAQ is read. */
export interface WordKnowledge {
  /** True when unknown words may be corrected: only where a word list says what a valid word is. */
  readonly canCorrect: boolean;
  /** False when the list has common words only: then a word that is not in it may be valid all the same. */
  readonly hasAllWords: boolean;
  isValidWord(word: string): boolean;
  /** Probability (0–1) that a short question of this language contains the word. */
  chanceOfWord(word: string): number;
  /** Probability (0–1) that a short question contains the piece of a word (`<` and `>` mark its ends). */
  chanceOfPiece(piece: string): number;
  readonly concepts: Concepts;
}

/** Words in the corpus the counts come from (SUBTLEX-US, 50 million words of spoken English). */
const CORPUS_WORDS = 49_719_560;
/** A visitor's question has about this many words. */
const WORDS_PER_QUESTION = 12;
/** Languages with a list of words by rank, and whether it was measured that unknown words may be corrected there. */
const RANKED: Readonly<Record<string, { readonly canCorrect: boolean; readonly hasPieces: boolean }>> = {
  de: { canCorrect: true, hasPieces: true },
  fr: { canCorrect: true, hasPieces: true },
  es: { canCorrect: true, hasPieces: true },
  pt: { canCorrect: true, hasPieces: true },
  ar: { canCorrect: false, hasPieces: true },
  ja: { canCorrect: false, hasPieces: false },
  zh: { canCorrect: false, hasPieces: false },
};
/** A function word of a language without counts is in about every third question. */
const FUNCTION_WORD_CHANCE = 0.3;

const knowledgeByLanguage = new Map<string, WordKnowledge>();

/** Word knowledge of a base language; kept for the life of the process because reading the English list takes 20 ms, the others 5 ms each. */
export function wordKnowledgeOf(language: string): WordKnowledge {
  let knowledge = knowledgeByLanguage.get(language);
  if (knowledge === undefined) {
    knowledge = language === 'en' ? readEnglish() : Object.hasOwn(RANKED, language) ? readRanked(language) : fromFunctionWords(language);
    knowledgeByLanguage.set(language, knowledge);
  }
  return knowledge;
}

/** The same language without frequencies and concepts, for ablation. */
export function withoutBackground(knowledge: WordKnowledge): WordKnowledge {
  return { ...knowledge, chanceOfWord: () => 0, chanceOfPiece: () => 0 };
}

/** Words seldom enough that their exact rarity says nothing: only whether they are valid matters, and only to the correction. */
const RARE_STEP = 5;

/** See word-lists/README.md for the two files, their sources and licences. */
function readEnglish(): WordKnowledge {
  const lines = readLines('english-words.txt');
  const isRare = (line: string): boolean => Number.parseInt(line, 10) <= RARE_STEP;
  const chances = chancesIn(
    lines.filter((line) => !isRare(line)),
    (step) => 1 - Math.exp((-(2 ** step - 1) / CORPUS_WORDS) * WORDS_PER_QUESTION),
  );
  const pieces = chancesIn(readLines('english-pieces.txt'), (step) => 2 ** (-step / 2));
  const chanceOfWord = (word: string): number => chances.get(word) ?? 0;
  let rare: ReadonlySet<string> | undefined;
  return {
    canCorrect: true,
    hasAllWords: true,
    isValidWord: (word) => {
      if (chances.has(word)) return true;
      // Most of the list is rare; that part is read when the first unknown word turns up.
      rare ??= new Set(lines.filter(isRare).flatMap((line) => line.split(' ')));
      return rare.has(word);
    },
    chanceOfWord,
    chanceOfPiece: (piece) => pieces.get(piece) ?? 0,
    concepts: conceptsFor('en', chanceOfWord),
  };
}

/** Lines are `<step> item item …`. */
function readLines(file: string): string[] {
  const text = readFileSync(new URL(`../../word-lists/${file}`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

function chancesIn(lines: readonly string[], chanceOfStep: (step: number) => number): Map<string, number> {
  const chances = new Map<string, number>();
  for (const line of lines) {
    const [step, ...items] = line.split(' ');
    const chance = chanceOfStep(Number(step));
    for (const item of items) chances.set(item, chance);
  }
  return chances;
}

/** The 10,000 commonest words of a language; chances are computed from their ranks. See word-lists/README.md. */
function readRanked(language: string): WordKnowledge {
  const traits = RANKED[language];
  const halvings = (step: number): number => 2 ** (-step / 2);
  const chances = chancesIn(readLines(`${language}-words.txt`), halvings);
  const pieces = traits?.hasPieces === true ? chancesIn(readLines(`${language}-pieces.txt`), halvings) : new Map<string, number>();
  const chanceOfWord = (word: string): number => chances.get(word) ?? 0;
  return {
    canCorrect: traits?.canCorrect === true,
    hasAllWords: false,
    isValidWord: (word) => chances.has(word),
    chanceOfWord,
    chanceOfPiece: (piece) => pieces.get(piece) ?? 0,
    concepts: conceptsFor(language, chanceOfWord),
  };
}

function fromFunctionWords(language: string): WordKnowledge {
  const words = (FUNCTION_WORDS[language] ?? '').split(' ').filter((word) => word !== '');
  const known = new Set(words);
  const padded = words.map((word) => `<${word}>`).join(' ');
  const chanceOfWord = (word: string): number => (known.has(word) ? FUNCTION_WORD_CHANCE : 0);
  return {
    canCorrect: false,
    hasAllWords: false,
    isValidWord: () => true,
    chanceOfWord,
    chanceOfPiece: (piece) => (padded.includes(piece) ? FUNCTION_WORD_CHANCE : 0),
    concepts: conceptsFor(language, chanceOfWord),
  };
}

import { stemOf } from '../text/stem.ts';
import { ENGLISH_CONCEPTS } from './concepts-en.ts';
import { FRENCH_CONCEPTS, GERMAN_CONCEPTS, PORTUGUESE_CONCEPTS, SPANISH_CONCEPTS } from './concepts-other.ts';

/** Groups of words that mean the same at a support desk. */
export interface Concepts {
  /** Numbers of the groups that the words touch, each once, ascending. */
  of(stems: readonly string[]): readonly number[];
  /** Probability (0–1) that a short question touches the group. */
  chanceOf(concept: number): number;
}

const CONCEPT_LISTS: Readonly<Record<string, string>> = {
  en: ENGLISH_CONCEPTS,
  de: GERMAN_CONCEPTS,
  fr: FRENCH_CONCEPTS,
  es: SPANISH_CONCEPTS,
  pt: PORTUGUESE_CONCEPTS,
};
/** Even a group of everyday words says something. */
const HIGHEST_CHANCE = 0.5;
const LOWEST_CHANCE = 0.02;

export function conceptsFor(language: string, chanceOfWord: (word: string) => number): Concepts {
  const groups = listed(language);
  const chances = groups.map((words) => Math.min(HIGHEST_CHANCE, LOWEST_CHANCE + words.reduce((sum, word) => sum + chanceOfWord(word), 0)));
  const byStem = new Map<string, Set<number>>();
  for (const [concept, words] of groups.entries()) {
    for (const word of words) {
      const key = word
        .split('_')
        .map((piece) => stemOf(piece, language))
        .join(' ');
      const known = byStem.get(key);
      if (known === undefined) byStem.set(key, new Set([concept]));
      else known.add(concept);
    }
  }
  return {
    chanceOf: (concept) => chances[concept] ?? 0,
    of: (stems) => {
      const found = new Set<number>();
      for (const [position, stem] of stems.entries()) {
        for (const concept of byStem.get(stem) ?? []) found.add(concept);
        for (const concept of byStem.get(`${stems[position - 1] ?? ''} ${stem}`) ?? []) found.add(concept);
      }
      return [...found].sort((a, b) => a - b);
    },
  };
}

function listed(language: string): string[][] {
  const lines = (CONCEPT_LISTS[language] ?? '').trim().split('\n');
  return lines.filter((line) => line !== '').map((line) => line.split(' '));
}

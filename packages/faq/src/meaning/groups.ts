import type { FaqEntry } from '../types.ts';
import { similarity } from './similarity.ts';

export interface DuplicatePair {
  readonly first: FaqEntry;
  readonly second: FaqEntry;
  readonly firstPhrasing: string;
  readonly secondPhrasing: string;
  /** 0–1. */
  readonly similarity: number;
}

/** Phrasings of different entries this alike would make the matcher guess. */
const DUPLICATE_AT = 0.9;

/** Pairs of entries of one locale with (nearly) the same phrasing, most alike first. */
export function findDuplicates(entries: readonly FaqEntry[], duplicateAt = DUPLICATE_AT): DuplicatePair[] {
  const pairs: DuplicatePair[] = [];
  for (const [position, first] of entries.entries()) {
    for (const second of entries.slice(position + 1)) {
      if (first.locale !== second.locale) continue;
      const nearest = nearestPhrasings(first, second);
      if (nearest.similarity >= duplicateAt) pairs.push(nearest);
    }
  }
  return pairs.sort((a, b) => b.similarity - a.similarity);
}

function nearestPhrasings(first: FaqEntry, second: FaqEntry): DuplicatePair {
  let nearest: DuplicatePair = { first, second, firstPhrasing: first.question, secondPhrasing: second.question, similarity: -1 };
  for (const firstPhrasing of [first.question, ...first.variants]) {
    for (const secondPhrasing of [second.question, ...second.variants]) {
      const alike = similarity(firstPhrasing, secondPhrasing, first.locale);
      if (alike > nearest.similarity) nearest = { first, second, firstPhrasing, secondPhrasing, similarity: alike };
    }
  }
  return nearest;
}

export interface AskedQuestion {
  readonly text: string;
  readonly locale: string;
  /** How often it was asked. Default 1. */
  readonly count?: number | undefined;
}

export interface QuestionGroup {
  /** The question of the group that was asked most. */
  readonly representative: string;
  readonly locale: string;
  readonly questions: readonly AskedQuestion[];
  readonly count: number;
}

/** Questions this alike are about the same gap. */
const GROUP_AT = 0.45;

/** Groups unanswered questions by what they ask, most asked first. Each question joins the first group it is near to. */
export function groupQuestions(questions: readonly AskedQuestion[], groupAt = GROUP_AT): QuestionGroup[] {
  const groups: AskedQuestion[][] = [];
  const ordered = [...questions].sort((a, b) => (b.count ?? 1) - (a.count ?? 1));
  for (const question of ordered) {
    const group = groups.find(
      ([head]) => head !== undefined && head.locale === question.locale && similarity(head.text, question.text, head.locale) >= groupAt,
    );
    if (group === undefined) groups.push([question]);
    else group.push(question);
  }
  return groups.map(toGroup).sort((a, b) => b.count - a.count);
}

function toGroup(questions: AskedQuestion[]): QuestionGroup {
  const [head] = questions;
  if (head === undefined) throw new RangeError('a group holds at least one question');
  return {
    representative: head.text,
    locale: head.locale,
    questions,
    count: questions.reduce((sum, question) => sum + (question.count ?? 1), 0),
  };
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../steps.ts';

export interface GoldenQuestion {
  readonly question: string;
  /** Id of the FAQ entry that answers it. */
  readonly expected: string;
}

/** A prime, so that questions of one subject do not follow each other. */
const STRIDE = 37;

/** Golden questions that an entry answers, in an order that is the same in every drill. */
export function readGolden(): readonly GoldenQuestion[] {
  const list: unknown = JSON.parse(readFileSync(path.join(root, 'faq-data/golden/en.json'), 'utf8'));
  if (!Array.isArray(list)) throw new Error('faq-data/golden/en.json is no list');
  const questions = list.filter(isGolden);
  return questions.map((_, index) => questions[(index * STRIDE) % questions.length]).filter((each) => each !== undefined);
}

function isGolden(value: unknown): value is GoldenQuestion {
  return typeof Object(value).question === 'string' && typeof Object(value).expected === 'string';
}

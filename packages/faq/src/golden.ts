import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FaqDecision, FaqMatcher } from './types.ts';

const goldenQuestion = z.object({ question: z.string().min(1), expected: z.string().nullable(), kind: z.string() });

export interface GoldenQuestion extends z.infer<typeof goldenQuestion> {
  readonly locale: string;
}

/** Golden questions below `<dir>/golden/<locale>.json`; none when the folder does not exist. Throws on a broken file, naming it. */
export async function loadGoldenQuestions(dir: string): Promise<GoldenQuestion[]> {
  const folder = join(dir, 'golden');
  const files = await readdir(folder).catch(() => []);
  const lists = files
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map(async (file) => {
      const parsed = z.array(goldenQuestion).safeParse(JSON.parse(await readFile(join(folder, file), 'utf8')));
      if (!parsed.success) throw new Error(`${join(folder, file)}: ${z.prettifyError(parsed.error)}`);
      return parsed.data.map((question) => ({ ...question, locale: file.slice(0, -'.json'.length) }));
    });
  return (await Promise.all(lists)).flat();
}

/** What became of one golden question. `offered`: the right entry was among the choices. `refused`: nothing was served, rightly. */
export type GoldenOutcome = 'right' | 'offered' | 'wrong' | 'missed' | 'refused' | 'served' | 'offered-nothing-fits';

export interface GoldenResult {
  readonly golden: GoldenQuestion;
  readonly outcome: GoldenOutcome;
  readonly decision: FaqDecision;
}

/** Asks the matcher every golden question, as the FAQ tier would. */
export function judgeGolden(matcher: FaqMatcher, questions: readonly GoldenQuestion[]): GoldenResult[] {
  return questions.map((golden) => {
    const decision = matcher.decide(golden.question, { locale: golden.locale });
    return { golden, decision, outcome: outcomeOf(decision, golden.expected) };
  });
}

function outcomeOf(decision: FaqDecision, expected: string | null): GoldenOutcome {
  if (decision.kind === 'answer') {
    if (expected === null) return 'served';
    return decision.match.entry.id === expected ? 'right' : 'wrong';
  }
  if (decision.kind === 'choices') {
    if (expected === null) return 'offered-nothing-fits';
    return decision.matches.some(({ entry }) => entry.id === expected) ? 'offered' : 'missed';
  }
  return expected === null ? 'refused' : 'missed';
}

export interface GoldenCounts {
  readonly answerable: number;
  readonly right: number;
  readonly offered: number;
  readonly wrong: number;
  readonly missed: number;
  readonly unanswerable: number;
  /** Unanswerable questions that were not answered; some of them get choices. */
  readonly notServed: number;
}

export interface GoldenSummary extends GoldenCounts {
  readonly locale: string;
}

export interface GoldenKindSummary extends GoldenCounts {
  readonly kind: string;
}

export function summariseGolden(results: readonly GoldenResult[]): GoldenSummary[] {
  return [...Map.groupBy(results, ({ golden }) => golden.locale)].map(([locale, group]) => ({ locale, ...countsOf(group) }));
}

/** The same by what a question checks: typing mistakes, opposites, questions without an answer, … */
export function summariseGoldenByKind(results: readonly GoldenResult[]): GoldenKindSummary[] {
  return [...Map.groupBy(results, ({ golden }) => golden.kind)].map(([kind, group]) => ({ kind, ...countsOf(group) }));
}

function countsOf(group: readonly GoldenResult[]): GoldenCounts {
  const count = (...outcomes: GoldenOutcome[]): number => group.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const unanswerable = group.filter(({ golden }) => golden.expected === null).length;
  return {
    answerable: group.length - unanswerable,
    right: count('right'),
    offered: count('offered'),
    wrong: count('wrong'),
    missed: count('missed'),
    unanswerable,
    notServed: count('refused', 'offered-nothing-fits'),
  };
}

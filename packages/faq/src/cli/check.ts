import { join } from 'node:path';
import { loadFaqFolder } from '../entries/folder.ts';
import { formatProblem } from '../entries/problem.ts';
import {
  type GoldenCounts,
  type GoldenKindSummary,
  type GoldenResult,
  type GoldenSummary,
  judgeGolden,
  loadGoldenQuestions,
  summariseGolden,
  summariseGoldenByKind,
} from '../golden.ts';
import { createFaqMatcher } from '../matcher.ts';
import { type DuplicatePair, findDuplicates } from '../meaning/groups.ts';
import { areOpposite, polarityOf } from '../meaning/polarity.ts';
import type { FaqEntry } from '../types.ts';
import { type Command, EXIT, type Print } from './options.ts';

/** Names every problem of the content, warns of near duplicates, and asks the golden questions. */
export const check: Command = async (_args, { dir, locale, isVerbose }, print) => {
  const folder = await loadFaqFolder(dir);
  const isWanted = (one: string): boolean => locale === undefined || one === locale;
  const entries = folder.entries.filter((entry) => isWanted(entry.locale));
  for (const problem of folder.problems) print(`${problem.severity}  ${formatProblem({ ...problem, path: join(dir, problem.path) })}`);
  for (const pair of findDuplicates(entries).filter(isConfusing)) {
    print(
      `warning  ${pair.first.locale}: ${pair.first.id} and ${pair.second.id} both say "${pair.firstPhrasing}" (move the phrasing to the one that answers it)`,
    );
  }
  const golden = (await loadGoldenQuestions(dir)).filter((question) => isWanted(question.locale));
  const unknown = golden.filter(
    ({ expected, locale: asked }) => expected !== null && !entries.some((entry) => entry.id === expected && entry.locale === asked),
  );
  for (const question of unknown) print(`error  golden/${question.locale}.json: no entry ${question.expected} for "${question.question}"`);
  const results = judgeGolden(createFaqMatcher(entries), golden);
  if (isVerbose) printMisses(results, print);
  printByLocale(entries, summariseGolden(results), print);
  printByKind(summariseGoldenByKind(results), print);
  const hasError = unknown.length > 0 || entries.length === 0 || folder.problems.some(({ severity }) => severity === 'error');
  return hasError ? EXIT.problem : EXIT.fine;
};

/** Two sides of a matter share their words; F6 and the editor's other phrasings tell them apart. */
function isConfusing({ first, firstPhrasing, secondPhrasing }: DuplicatePair): boolean {
  const sides = polarityOf(firstPhrasing, first.locale);
  const otherSides = polarityOf(secondPhrasing, first.locale);
  return !areOpposite(sides, otherSides) && sides.has('not') === otherSides.has('not');
}

function printMisses(results: readonly GoldenResult[], print: Print): void {
  for (const { golden, outcome, decision } of results) {
    if (outcome === 'right' || outcome === 'refused') continue;
    const near = decision.kind === 'answer' ? [decision.match] : decision.kind === 'choices' ? decision.matches : decision.nearest;
    const got = near.map(({ entry, score }) => `${entry.id} ${score.toFixed(2)}`).join(', ');
    print(
      `${outcome}  ${golden.locale}  "${golden.question}"  expected ${golden.expected ?? 'nothing'}, got ${got === '' ? 'nothing' : got}`,
    );
  }
}

function printByLocale(entries: readonly FaqEntry[], summaries: readonly GoldenSummary[], print: Print): void {
  const locales = [...new Set([...entries.map(({ locale }) => locale), ...summaries.map(({ locale }) => locale)])].sort();
  print(`\nlocale   entries ${COUNT_TITLES}`);
  for (const locale of locales) {
    const own = entries.filter((entry) => entry.locale === locale).length;
    const one = summaries.find((summary) => summary.locale === locale);
    print(`${locale.padEnd(8)} ${String(own).padStart(7)} ${one === undefined ? '0'.padStart(8) : countCells(one)}`);
  }
}

/** What is hard: `kind` says what a golden question checks. */
function printByKind(summaries: readonly GoldenKindSummary[], print: Print): void {
  if (summaries.length === 0) return;
  print(`\nkind             ${COUNT_TITLES}`);
  for (const one of summaries) print(`${one.kind.padEnd(16)} ${countCells(one)}`);
}

const COUNT_TITLES = '  golden    right  offered    wrong   missed | no answer exists  not served';

function countCells({ answerable, right, offered, wrong, missed, unanswerable, notServed }: GoldenCounts): string {
  const share = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(0)} %`).padStart(9);
  const shares = [right, offered, wrong, missed].map((count) => share(count, answerable)).join('');
  return `${String(answerable).padStart(8)}${shares} | ${String(unanswerable).padStart(16)}${share(notServed, unanswerable).padStart(12)}`;
}

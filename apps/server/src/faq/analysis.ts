import {
  areOpposite,
  createFaqMatcher,
  type DuplicatePair,
  type FaqEntry,
  type FaqThresholds,
  findDuplicates,
  groupQuestions,
  polarityOf,
} from '@stepdown/faq';
import type { FaqDuplicates, FaqOutcome } from '@stepdown/protocol';
import type { MatcherContent } from './matcher-host.ts';
import { type Finding, type FindRequest, findIn } from './matching.ts';

export interface ReplayQuestion {
  readonly messageId: string;
  readonly text: string;
  readonly locale: string;
}

export interface ReplayChange {
  readonly messageId: string;
  readonly before: FaqOutcome;
  readonly after: FaqOutcome;
}

/** Work that takes too long for the thread that serves visitors. */
export interface AnalysisJobs {
  test: { readonly input: { readonly content: MatcherContent; readonly request: FindRequest }; readonly output: TestFinding };
  replay: {
    readonly input: { readonly before: MatcherContent; readonly after: MatcherContent; readonly questions: readonly ReplayQuestion[] };
    readonly output: readonly ReplayChange[];
  };
  /** Ids of questions, group by group. */
  group: { readonly input: { readonly questions: readonly ReplayQuestion[] }; readonly output: readonly (readonly string[])[] };
  duplicates: { readonly input: { readonly entries: readonly FaqEntry[] }; readonly output: FaqDuplicates };
}

export interface TestFinding {
  readonly finding: Finding;
  readonly thresholds: FaqThresholds;
}

type Run = { readonly [Name in keyof AnalysisJobs]: (input: AnalysisJobs[Name]['input']) => AnalysisJobs[Name]['output'] };

export const ANALYSES: Run = { test: testDraft, replay, group, duplicates };

function matcherOf({ entries, confirmed, defaultLocale }: MatcherContent) {
  return createFaqMatcher(entries, { confirmed, defaultLocale });
}

function testDraft({ content, request }: AnalysisJobs['test']['input']): TestFinding {
  const matcher = matcherOf(content);
  return { finding: findIn(matcher, request), thresholds: matcher.thresholds };
}

/** Questions that end elsewhere with the other content. */
function replay({ before, after, questions }: AnalysisJobs['replay']['input']): readonly ReplayChange[] {
  const [old, fresh] = [matcherOf(before), matcherOf(after)];
  return questions.flatMap(({ messageId, text, locale }) => {
    const change = { messageId, before: outcomeOf(old.decide(text, { locale })), after: outcomeOf(fresh.decide(text, { locale })) };
    const isSame = change.before.kind === change.after.kind && change.before.entryId === change.after.entryId;
    return isSame ? [] : [change];
  });
}

function outcomeOf(decision: Finding['decision']): FaqOutcome {
  switch (decision.kind) {
    case 'answer':
      return { kind: 'answer', entryId: decision.match.entry.id, score: decision.match.score };
    case 'choices':
      return { kind: 'choices', entryId: decision.matches[0]?.entry.id ?? null, score: decision.matches[0]?.score ?? null };
    case 'ask-back':
    case 'abstain':
      return { kind: decision.kind, entryId: null, score: decision.nearest[0]?.score ?? null };
  }
}

function group({ questions }: AnalysisJobs['group']['input']): readonly (readonly string[])[] {
  const idByQuestion = new Map(questions.map(({ messageId, text, locale }) => [{ text, locale }, messageId] as const));
  const groups = groupQuestions([...idByQuestion.keys()]);
  const byText = Map.groupBy(idByQuestion, ([{ text, locale }]) => `${locale}\n${text}`);
  return groups.map((each) => [
    ...new Set(each.questions.flatMap(({ text, locale }) => (byText.get(`${locale}\n${text}`) ?? []).map(([, messageId]) => messageId))),
  ]);
}

/** Phrasings this alike are looked at; from `SAME_AT` on the matcher would have to guess. */
const ALIKE_AT = 0.75;
const SAME_AT = 0.9;
const NEIGHBOURS = 4;
/** Of each entry; editors put the plain phrasings first. */
const PHRASINGS_COMPARED = 6;

/** Comparing all pairs would take minutes: each entry is compared with those the matcher confuses it with. */
function duplicates({ entries }: AnalysisJobs['duplicates']['input']): FaqDuplicates {
  const short = entries.map((entry) => ({ ...entry, variants: entry.variants.slice(0, PHRASINGS_COMPARED - 1) }));
  const pairs = [...Map.groupBy(short, ({ locale }) => locale).values()].flatMap((group) => neighbouringPairs(group));
  const found = pairs.flatMap(([first, second]) => findDuplicates([first, second], ALIKE_AT));
  const views = found.flatMap(pairView).sort((first, second) => second.similarity - first.similarity);
  return { pairs: views };
}

function neighbouringPairs(entries: readonly FaqEntry[]): [FaqEntry, FaqEntry][] {
  const matcher = createFaqMatcher(entries);
  const pairs = new Map<string, [FaqEntry, FaqEntry]>();
  for (const entry of entries) {
    for (const phrasing of [entry.question, ...entry.variants]) {
      for (const match of matcher.rank(phrasing, NEIGHBOURS, { locale: entry.locale })) {
        if (match.entry.id === entry.id) continue;
        const [first, second] = entry.id < match.entry.id ? [entry, match.entry] : [match.entry, entry];
        pairs.set(`${first.id}\n${second.id}`, [first, second]);
      }
    }
  }
  return [...pairs.values()];
}

function pairView({ first, second, firstPhrasing, secondPhrasing, similarity }: DuplicatePair): FaqDuplicates['pairs'] {
  const { locale } = first;
  const isOpposite = areOpposite(polarityOf(firstPhrasing, locale), polarityOf(secondPhrasing, locale));
  const isContradiction = !isOpposite && areOpposite(polarityOf(first.answer, locale), polarityOf(second.answer, locale));
  if (!isOpposite && !isContradiction && similarity < SAME_AT) return [];
  return [
    {
      kind: isOpposite ? 'opposite' : isContradiction ? 'contradiction' : 'duplicate',
      locale,
      first: { id: first.id, phrasing: firstPhrasing },
      second: { id: second.id, phrasing: secondPhrasing },
      similarity,
    },
  ];
}

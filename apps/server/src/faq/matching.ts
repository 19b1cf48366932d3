import type { FaqDecision, FaqMatch, FaqMatcher } from '@stepdown/faq';

/** Entries that ground a model prompt, at most; more dilutes them. */
export const GROUNDING_ENTRIES = 6;
/** A follow-up may bring entries of its own. */
const MORE_IN_CONTEXT = 2;

export interface FindRequest {
  readonly question: string;
  readonly locale: string;
  readonly previousQuestion: string | undefined;
}

/** All that is asked of a matcher at the start of a turn. */
export interface Finding {
  readonly decision: FaqDecision;
  /** Best first, whether or not they are sure enough to serve. */
  readonly ranking: readonly FaqMatch[];
  /** What models get: the ranking, and what the question means together with the one before. */
  readonly grounding: readonly FaqMatch[];
}

export const NOTHING_FOUND: Finding = {
  decision: { kind: 'abstain', reason: 'no-entries', nearest: [] },
  ranking: [],
  grounding: [],
};

/** Asks the matcher. Pure and synchronous; about 2 ms for 250 entries. */
export function findIn(matcher: FaqMatcher, { question, locale, previousQuestion }: FindRequest): Finding {
  const decision = matcher.decide(question, { locale, previousQuestion });
  const ranking = matcher.rank(question, GROUNDING_ENTRIES, { locale });
  // A follow-up such as "and to Norway?" finds its entries only together with the question before it.
  const inContext =
    previousQuestion === undefined ? [] : matcher.rank(`${previousQuestion} ${question}`, GROUNDING_ENTRIES / 2, { locale });
  const byId = new Map<string, FaqMatch>();
  for (const match of [...ranking, ...inContext]) if (!byId.has(match.entry.id)) byId.set(match.entry.id, match);
  return { decision, ranking, grounding: [...byId.values()].slice(0, GROUNDING_ENTRIES + MORE_IN_CONTEXT) };
}

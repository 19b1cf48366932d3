import { decideFrom } from './decide.ts';
import type { Candidate, Engine, EngineAnswer, PhrasingSource } from './engine/engine.ts';
import { createEngine } from './engine/engine.ts';
import { baseLanguage } from './text/normalise.ts';
import { DEFAULT_THRESHOLDS } from './thresholds.ts';
import type { EngineParts, FaqEntry, FaqMatch, FaqMatcher, FaqMatcherOptions, MatchRequest } from './types.ts';

const ALL_PARTS: EngineParts = {
  bigrams: true,
  characterGrams: true,
  concepts: true,
  correction: true,
  classifier: true,
  background: true,
  polarity: true,
};
/** A confirmed visitor question is weaker evidence than the editor's own words. */
const CONFIRMED_WEIGHT = 0.8;
/** A slug is a few words about the entry, not a question. */
const ID_WEIGHT = 0.3;
const FALLBACK_LANGUAGE = 'en';
/** Share of words that an FAQ may not know of a question in its own language. */
const MOST_STRANGE_WORDS = 0.5;
/** No word of any language, so that the correction looks for it everywhere. */
const UNKNOWN_WORD = 'zqxvwk';

/** The entries of one locale with their engine. */
interface LocaleGroup {
  readonly locale: string;
  readonly entries: readonly FaqEntry[];
  readonly engine: Engine;
}

/**
 * Builds a matcher over the entries: synchronous, deterministic, without timers or I/O but reading the word list once.
 * Building takes about 0.1 ms per phrasing, with the first question asked (its answer is thrown away) so that no visitor waits for it;
 * run it in a worker for thousands of entries.
 */
export function createFaqMatcher(entries: readonly FaqEntry[], options: FaqMatcherOptions = {}): FaqMatcher {
  const groups = groupByLocale(entries, options);
  for (const group of groups.values()) warmUp(group);
  const thresholds = { ...DEFAULT_THRESHOLDS, ...options.thresholds };
  const rank = (question: string, limit: number, request: MatchRequest = {}): FaqMatch[] => {
    const locale = request.locale ?? options.defaultLocale;
    return rankIn(groups, { question, limit, locale, sureAt: thresholds.matchAt });
  };
  return {
    rank,
    thresholds,
    size: entries.length,
    match: (question, request) => {
      const [best] = rank(question, 1, request);
      return best !== undefined && best.score >= thresholds.matchAt && !best.why.isOpposite ? best : null;
    },
    decide: (question, request = {}) => {
      const located = { ...request, locale: request.locale ?? options.defaultLocale };
      return decideFrom({ question, request: located, rank, thresholds, size: entries.length });
    },
  };
}

function groupByLocale(entries: readonly FaqEntry[], options: FaqMatcherOptions): ReadonlyMap<string, LocaleGroup> {
  const byLocale = Map.groupBy(entries, (entry) => entry.locale.toLowerCase());
  const parts = { ...ALL_PARTS, ...options.parts };
  const groups = new Map<string, LocaleGroup>();
  for (const [locale, members] of byLocale) {
    const ids = options.readIds === true ? members.map(idPhrasing) : [];
    const sources = [...members.flatMap(editorPhrasings), ...ids, ...confirmedPhrasings(members, options)];
    groups.set(locale, { locale, entries: members, engine: createEngine(sources, baseLanguage(locale), parts) });
  }
  return groups;
}

/**
 * Asks one question with an unknown word, so that word lists are read and code is compiled before a visitor waits for it: the
 * first question of a cold process took 25–180 ms, and takes 3 ms after this.
 */
function warmUp({ entries, engine }: LocaleGroup): void {
  engine.rank(`${entries[0]?.question ?? ''} ${UNKNOWN_WORD}`, 1);
}

function editorPhrasings(entry: FaqEntry, entryIndex: number): PhrasingSource[] {
  return [entry.question, ...entry.variants].map((text) => ({ entryIndex, text, weight: 1, origin: 'editor' }));
}

function idPhrasing(entry: FaqEntry, entryIndex: number): PhrasingSource {
  return { entryIndex, text: entry.id.replaceAll(/[-_.]/g, ' '), weight: ID_WEIGHT, origin: 'id' };
}

function confirmedPhrasings(members: readonly FaqEntry[], options: FaqMatcherOptions): PhrasingSource[] {
  const indexById = new Map(members.map((entry, entryIndex) => [entry.id, entryIndex]));
  return (options.confirmed ?? []).flatMap(({ question, entryId, weight }) => {
    const entryIndex = indexById.get(entryId);
    return entryIndex === undefined ? [] : [{ entryIndex, text: question, weight: weight ?? CONFIRMED_WEIGHT, origin: 'confirmed' }];
  });
}

interface RankRequest {
  readonly question: string;
  readonly limit: number;
  readonly locale: string | undefined;
  readonly sureAt: number;
}

/** Asked locale first, then its base language, then English; a later one only counts if the earlier ones have no sure answer. */
function rankIn(groups: ReadonlyMap<string, LocaleGroup>, request: RankRequest): FaqMatch[] {
  let kept: FaqMatch[] = [];
  for (const { group, isFallback } of groupsFor(groups, request.locale)) {
    const answer = group.engine.rank(request.question, request.limit);
    if (isFallback && kept.length > 0 && !speaksLanguageOf(answer)) continue;
    const matches = toMatches(group, answer, isFallback);
    if (matches.length > 0 && (matches[0]?.score ?? 0) > (kept[0]?.score ?? -1)) kept = matches;
    if (request.locale !== undefined && (kept[0]?.score ?? 0) >= request.sureAt) break;
  }
  return kept;
}

/** A question in another language than the FAQ's shares a few words with it, and its other words look like slips of the FAQ's. */
function speaksLanguageOf({ words, unknownWords, corrections }: EngineAnswer): boolean {
  return unknownWords.length + corrections.length <= words.length * MOST_STRANGE_WORDS;
}

function groupsFor(groups: ReadonlyMap<string, LocaleGroup>, locale: string | undefined): { group: LocaleGroup; isFallback: boolean }[] {
  if (locale === undefined) return [...groups.values()].map((group) => ({ group, isFallback: false }));
  const wanted = locale.toLowerCase().replaceAll('_', '-');
  const sameLanguage = [...groups.keys()].filter((name) => baseLanguage(name) === baseLanguage(wanted));
  const names = new Set([wanted, baseLanguage(wanted), ...sameLanguage, FALLBACK_LANGUAGE]);
  return [...names].flatMap((name) => {
    const group = groups.get(name);
    return group === undefined ? [] : [{ group, isFallback: name !== wanted }];
  });
}

function toMatches(group: LocaleGroup, answer: EngineAnswer, isLocaleFallback: boolean): FaqMatch[] {
  return answer.candidates.flatMap((candidate) => {
    const entry = group.entries[candidate.entryIndex];
    return entry === undefined ? [] : [{ entry, score: candidate.score, isLocaleFallback, why: reasonOf(answer, candidate) }];
  });
}

function reasonOf(answer: EngineAnswer, candidate: Candidate): FaqMatch['why'] {
  const known = new Set(candidate.phrasing.words);
  return {
    phrasing: candidate.phrasing.text,
    matchedWords: [...new Set(answer.words.filter((word) => known.has(word)))],
    unknownWords: answer.unknownWords,
    foreignShare: answer.foreignShare,
    corrections: answer.corrections,
    isOpposite: candidate.isOpposite,
    origin: candidate.phrasing.origin,
    vote: candidate.vote,
    rivalVote: candidate.rivalVote,
  };
}

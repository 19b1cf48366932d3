import { type FaqEntry, normaliseQuestion, similarity } from '@stepdown/faq';
import type { FaqGap, FaqGapQuestion, FaqGaps, FaqPhrasingSuggestion } from '@stepdown/protocol';
import type { FaqAgentReply, FaqAskedQuestion } from '@stepdown/store';
import { hasPersonalData } from '@stepdown/tiers';

const QUESTIONS_SHOWN = 20;
/** An open question of an outage shows what the FAQ is for; a bad answer what it must not do. */
const WEIGHT = { asked: 1, whenDown: 3, ratedDown: 2 } as const;
const LONGEST_SUGGESTION = 200;
const MOST_SUGGESTIONS = 5;
/** Nearer to what is there already than this, a phrasing teaches nothing. */
const KNOWN_AT = 0.9;

/** Questions that the FAQ alone left open, or whose answer did not help. One per message. */
export function openQuestions(asked: readonly FaqAskedQuestion[]): FaqAskedQuestion[] {
  const byMessage = new Map<string, FaqAskedQuestion>();
  for (const question of asked) {
    const isOpen = question.decision === 'abstain' || question.rating === 'down';
    const known = byMessage.get(question.messageId);
    // A parked question is asked twice; that the models were down the first time is what counts.
    if (isOpen)
      byMessage.set(question.messageId, known === undefined ? question : { ...question, wasDown: question.wasDown || known.wasDown });
  }
  return [...byMessage.values()];
}

export interface GapInput {
  readonly days: number;
  readonly limit: number;
  readonly asked: readonly FaqAskedQuestion[];
  /** Message ids, group by group. */
  readonly groups: readonly (readonly string[])[];
  readonly dismissed: ReadonlySet<string>;
  readonly replies: ReadonlyMap<string, FaqAgentReply>;
  readonly entries: readonly FaqEntry[];
}

/** The gaps of the FAQ, heaviest first, with what could fill them. */
export function gapsOf({ days, limit, asked, groups, dismissed, replies, entries }: GapInput): FaqGaps {
  const byMessage = new Map(openQuestions(asked).map((question) => [question.messageId, question]));
  const members = groups.map((ids) => ids.flatMap((id) => byMessage.get(id) ?? [])).filter((group) => group.length > 0);
  const open = members.filter((group) => !group.some(({ messageId }) => dismissed.has(messageId)));
  const taken = new Set(entries.map(({ id }) => id));
  const gaps = open
    .map((group) => gapOf(group, replies, taken))
    .sort((first, second) => second.weight - first.weight || second.count - first.count);
  return {
    days,
    gaps: gaps.slice(0, limit),
    total: gaps.length,
    dismissed: members.length - open.length,
    phrasings: phrasingsOf(asked, entries),
  };
}

function gapOf(group: readonly FaqAskedQuestion[], replies: ReadonlyMap<string, FaqAgentReply>, taken: ReadonlySet<string>): FaqGap {
  const [head] = group;
  if (head === undefined) throw new RangeError('a gap holds at least one question');
  const whenDown = group.filter(({ wasDown }) => wasDown).length;
  const ratedDown = group.filter(({ rating }) => rating === 'down').length;
  const reply = group.map(({ messageId }) => replies.get(messageId)).find((each) => each !== undefined);
  return {
    id: head.messageId,
    locale: head.locale,
    question: head.text,
    count: group.length,
    whenDown,
    ratedDown,
    weight: group.length * WEIGHT.asked + whenDown * WEIGHT.whenDown + ratedDown * WEIGHT.ratedDown,
    questions: [...group]
      .sort((first, second) => second.at - first.at)
      .slice(0, QUESTIONS_SHOWN)
      .map(questionView),
    nearest: head.entryId === undefined ? null : { entryId: head.entryId, score: head.score ?? 0 },
    suggestion: reply === undefined ? null : suggestionOf(reply),
    suggestedId: freeId(head.text, taken),
  };
}

function questionView(question: FaqAskedQuestion): FaqGapQuestion {
  const { messageId, conversationId, text, at, wasDown, decision, resultTier, rating } = question;
  return { messageId, conversationId, text, at, wasDown, decision, tier: resultTier ?? null, rating: rating ?? null };
}

function suggestionOf({ text, agentName, conversationId, messageId }: FaqAgentReply): NonNullable<FaqGap['suggestion']> {
  return { answer: text, agent: agentName, conversationId, messageId, hasPersonalData: hasPersonalData(text) };
}

const WORDS_IN_ID = 5;

/** A readable id from a question; scripts without Latin letters get a plain one. */
export function freeId(question: string, taken: ReadonlySet<string>): string {
  const words = question
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .match(/[a-z0-9]+/g);
  const wanted = (words ?? ['question']).slice(0, WORDS_IN_ID).join('-').slice(0, 60);
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? wanted : `${wanted}-${count}`;
    if (!taken.has(id)) return id;
  }
}

/** Real questions that ended at an entry and are not among its phrasings: variants worth adding, most asked first. */
export function phrasingsOf(asked: readonly FaqAskedQuestion[], entries: readonly FaqEntry[], entryId?: string): FaqGaps['phrasings'] {
  const byEntry = Map.groupBy(asked.filter(isAboutOneEntry), (question) => endedAt(question));
  const ids = entryId === undefined ? [...byEntry.keys()] : [entryId];
  return ids.flatMap((id) => {
    const mine = entries.filter((entry) => entry.id === id);
    const suggestions = mine.flatMap((entry) => suggestionsFor(entry, byEntry.get(id) ?? []));
    return suggestions.length === 0 ? [] : [{ entryId: id, suggestions: suggestions.slice(0, MOST_SUGGESTIONS) }];
  });
}

function isAboutOneEntry({ rating, decision, citedIds, text }: FaqAskedQuestion): boolean {
  if (rating === 'down' || text.length > LONGEST_SUGGESTION || hasPersonalData(text)) return false;
  return decision === 'answer' || citedIds.length === 1;
}

/** What a model cited has been read in full; the FAQ's own guess has not. */
function endedAt({ citedIds, entryId }: FaqAskedQuestion): string {
  return (citedIds.length === 1 ? citedIds[0] : entryId) ?? '';
}

function suggestionsFor(entry: FaqEntry, questions: readonly FaqAskedQuestion[]): FaqPhrasingSuggestion[] {
  const mine = questions.filter(({ locale }) => locale.toLowerCase().split('-')[0] === entry.locale.toLowerCase().split('-')[0]);
  const byText = Map.groupBy(mine, ({ text }) => normaliseQuestion(text));
  const known = [entry.question, ...entry.variants];
  return [...byText.values()]
    .sort((first, second) => second.length - first.length)
    .slice(0, MOST_SUGGESTIONS * 4)
    .flatMap(([first, ...more]) => {
      if (first === undefined || known.some((phrasing) => similarity(phrasing, first.text, entry.locale) >= KNOWN_AT)) return [];
      return [{ locale: entry.locale, text: first.text.trim(), count: 1 + more.length }];
    });
}

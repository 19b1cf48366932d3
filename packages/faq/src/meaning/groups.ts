import type { FaqEntry } from '../types.ts';
import { type Profile, similarity, unitProfileOf } from './similarity.ts';

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

/** Pairs of entries of one locale with (nearly) the same phrasing, most alike first; each with its nearest phrasings. */
export function findDuplicates(entries: readonly FaqEntry[], duplicateAt = DUPLICATE_AT): DuplicatePair[] {
  const byLocale = Map.groupBy(entries, ({ locale }) => locale);
  return [...byLocale.values()].flatMap((group) => duplicatesAmong(group, duplicateAt)).sort((a, b) => b.similarity - a.similarity);
}

interface PlacedPhrasing {
  readonly entryIndex: number;
  readonly text: string;
  readonly profile: Profile;
}

/** Goes through the phrasings once, comparing each with the earlier ones that share a feature: thousands take under a second. */
function duplicatesAmong(entries: readonly FaqEntry[], duplicateAt: number): DuplicatePair[] {
  const phrasings = entries.flatMap((entry, entryIndex): PlacedPhrasing[] =>
    [entry.question, ...entry.variants].map((text) => ({ entryIndex, text, profile: unitProfileOf(text, entry.locale) })),
  );
  const postings: Postings = new Map();
  const pairs = new Map<string, DuplicatePair>();
  for (const [place, phrasing] of phrasings.entries()) {
    const second = entries[phrasing.entryIndex];
    for (const [earlier, similarity] of likenessToEarlier(phrasing.profile, postings, place).entries()) {
      const other = phrasings[earlier];
      const first = entries[other?.entryIndex ?? -1];
      if (similarity < duplicateAt || other === undefined || first === undefined || second === undefined || first === second) continue;
      keepNearest(pairs, { first, second, firstPhrasing: other.text, secondPhrasing: phrasing.text, similarity: Math.min(1, similarity) });
    }
    addPostings(postings, phrasing.profile, place);
  }
  return [...pairs.values()];
}

function keepNearest(pairs: Map<string, DuplicatePair>, pair: DuplicatePair): void {
  const key = `${pair.first.id}\n${pair.second.id}`;
  if (pair.similarity > (pairs.get(key)?.similarity ?? -1)) pairs.set(key, pair);
}

/** Phrasings by feature. */
type Postings = Map<string, { readonly place: number; readonly weight: number }[]>;

function addPostings(postings: Postings, profile: Profile, place: number): void {
  for (const [feature, weight] of profile) {
    const known = postings.get(feature);
    if (known === undefined) postings.set(feature, [{ place, weight }]);
    else known.push({ place, weight });
  }
}

function likenessToEarlier(profile: Profile, postings: Postings, count: number): Float64Array {
  const likeness = new Float64Array(count);
  for (const [feature, weight] of profile) {
    for (const posting of postings.get(feature) ?? []) likeness[posting.place] = (likeness[posting.place] ?? 0) + weight * posting.weight;
  }
  return likeness;
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

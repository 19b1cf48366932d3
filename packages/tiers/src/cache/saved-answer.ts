import { baseLanguage, mayPointBack, sameMeaningGuard, similarity } from '@stepdown/faq';
import { isModelTier, type TierId } from '@stepdown/kernel';
import { hasPersonalData, personalDataIn } from './personal-data.ts';
import { type AskedQuestion, askedQuestion, hashOf, knowsPolarity } from './question-key.ts';

/** An answer on the shelf. */
export interface SavedEntry {
  readonly fingerprint: string;
  readonly locale: string;
  readonly question: string;
  readonly normalized: string;
  readonly answer: string;
  readonly sourceIds: readonly string[];
  readonly tier: TierId;
  readonly model: string | undefined;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Hash of what the sources said when the answer was written. */
  readonly faqRevision: string;
  readonly conversationId: string | undefined;
}

/** What decides whether a question may meet a saved answer. */
export interface QuestionFacts {
  readonly text: string;
  readonly locale: string;
  /** The visitor or anybody else has said something before. */
  readonly hasHistory: boolean;
}

/** The question as it is looked up; undefined when no saved answer may be served for it. */
export function servableQuestion(question: QuestionFacts): AskedQuestion | undefined {
  const leansBack = question.hasHistory && mayPointBack(question.text, baseLanguage(question.locale));
  if (leansBack || hasPersonalData(question.text)) return undefined;
  return askedQuestion(question.text, question.locale);
}

/** Look-alikes below this are different questions. */
const ALIKE_AT = 0.95;

/** Whether the entry found under the question's fingerprint may be served; its sources must still say the same. */
export function mayServe(
  entry: SavedEntry,
  question: { readonly asked: string; readonly locale: string },
  now: { readonly at: number; readonly sourceRevision: string | undefined },
): boolean {
  if (entry.expiresAt <= now.at || entry.faqRevision !== now.sourceRevision) return false;
  if (entry.normalized === question.asked) return true;
  if (!knowsPolarity(question.locale)) return false;
  if (similarity(entry.normalized, question.asked, question.locale) < ALIKE_AT) return false;
  return sameMeaningGuard(entry.normalized, question.asked, question.locale);
}

export interface FinishedAnswer {
  readonly text: string;
  readonly tier: TierId;
  readonly sourceIds: readonly string[];
  /** What the model was told by its sources. */
  readonly sourceTexts: readonly string[];
}

/**
 * Whether a complete answer may be given to others. An answer that was written with a history is shaped by it, even
 * where its question does not lean on it; so only answers to first questions are saved (checklist D38).
 */
export function maySave(question: QuestionFacts, answer: FinishedAnswer): boolean {
  if (question.hasHistory || hasPersonalData(question.text)) return false;
  if (!isModelTier(answer.tier) || answer.sourceIds.length === 0 || answer.text.trim() === '') return false;
  // The shop's own address or phone number, as its articles give it, is no secret of the visitor.
  const known = answer.sourceTexts.join('\n').normalize('NFKC');
  return personalDataIn(answer.text).every((piece) => known.includes(piece));
}

/** An entry as it stands in one language. */
export interface SourceVersion {
  readonly locale: string;
  readonly question: string;
  readonly answer: string;
}

/** Changes with every word of every version of the sources; undefined when one of them is gone. */
export function sourceRevision(
  sourceIds: readonly string[],
  versionsOf: (entryId: string) => readonly SourceVersion[],
): string | undefined {
  const parts: string[] = [];
  for (const id of [...new Set(sourceIds)].sort()) {
    const versions = versionsOf(id).map(({ locale, question, answer }) => JSON.stringify([locale, question, answer]));
    if (versions.length === 0) return undefined;
    parts.push(id, ...versions.sort());
  }
  return hashOf(parts);
}

import type { FaqGap } from '@stepdown/protocol';
import { faqPaths } from '../desk/faq-paths.ts';
import { emptyForm, phrasingsIn } from '../editor/entry-form.ts';
import { type KeptTexts, keptName, newName } from '../editor/kept-texts.ts';

const LONGEST_PHRASING = 500;

/**
 * Puts the beginning of an entry for a gap on this device, and returns the address where it is written. What was begun
 * for this gap before is gone on with, not begun again.
 */
export function beginEntry(kept: KeptTexts, gap: FaqGap, isReplyTaken: boolean): string {
  const name = newName(gap.id);
  const before = kept.get(name);
  const answer = isReplyTaken ? (gap.suggestion?.answer ?? '') : '';
  const question = oneLine(gap.question);
  const variants = phrasingsIn(gap.questions.map(({ text }) => oneLine(text)).join('\n')).filter((text) => text !== question);
  const form = before?.form ?? { ...emptyForm, question, variants };
  kept.set(name, {
    baseRevision: 0,
    entryId: before?.entryId ?? gap.suggestedId,
    locale: before?.locale ?? gap.locale,
    form: form.answer === '' ? { ...form, answer } : form,
  });
  return faqPaths.newEntry(gap.id);
}

/** Puts the question of a gap among the phrasings of an entry; returns the address where it is saved. Published, it closes the gap. */
export function beginPhrasing(kept: KeptTexts, gap: FaqGap, entryId: string): string {
  kept.keepGap(keptName(entryId, gap.locale), gap.id);
  return faqPaths.phrasing(entryId, gap.locale, oneLine(gap.question));
}

/** Customers write whole letters; a phrasing is one line, and no longer than the server takes. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_PHRASING);
}

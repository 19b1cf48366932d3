import { areOpposite, type ConfirmedQuestion, type FaqEntry, normaliseQuestion, polarityOf } from '@stepdown/faq';
import type { FaqConfirmation, FaqConfirmationOrigin } from '@stepdown/store';
import { hasPersonalData } from '@stepdown/tiers';

/** How far a confirmation is believed, relative to the editor's own phrasing. Visitors may be wrong, or mean harm. */
const WEIGHTS: Readonly<Record<FaqConfirmationOrigin, number>> = { agent: 0.8, choice: 0.5, rating: 0.4 };
/** Longer questions are stories; they would make the entry match everything. */
const LONGEST_CHARACTERS = 200;
/** Nobody can drown an entry in phrasings; the newest count. */
const MOST_PER_ENTRY = 20;

/** The confirmations that may teach the matcher: short, impersonal, of a live entry, not its opposite. Newest first. */
export function usableConfirmations(
  confirmations: readonly (FaqConfirmation & { readonly text: string })[],
  entries: readonly FaqEntry[],
): ConfirmedQuestion[] {
  const byId = Map.groupBy(entries, ({ id }) => id);
  const countById = new Map<string, number>();
  const seen = new Set<string>();
  return confirmations.flatMap(({ entryId, locale, text, origin }) => {
    const [entry] = byId.get(entryId) ?? [];
    const question = text.trim();
    const name = `${entryId}/${normaliseQuestion(question)}`;
    const count = countById.get(entryId) ?? 0;
    const isUsable = entry !== undefined && count < MOST_PER_ENTRY && !seen.has(name) && isTeachable(question, locale, entry);
    if (!isUsable) return [];
    seen.add(name);
    countById.set(entryId, count + 1);
    return [{ question, entryId, weight: WEIGHTS[origin] }];
  });
}

function isTeachable(question: string, locale: string, entry: FaqEntry): boolean {
  if (question === '' || question.length > LONGEST_CHARACTERS || hasPersonalData(question)) return false;
  return !areOpposite(polarityOf(question, locale), polarityOf(entry.question, entry.locale));
}

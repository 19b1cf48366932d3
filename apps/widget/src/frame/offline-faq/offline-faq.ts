import { createMatcher, type Matcher } from './match.ts';
import type { SavedEntry } from './saved-entry.ts';

/** Enough for a large FAQ, small enough for any device; the rest is left out. */
const MOST_ENTRIES = 500;
const CACHE = 'stepdown-faq';

export interface OfflineFaq {
  match(question: string): SavedEntry | null;
  readonly suggestions: readonly string[];
}

/** Fetches the team's answers in one language and keeps them; without a server the kept ones are used. */
export async function loadOfflineFaq(locale: string, suggestionCount: number): Promise<OfflineFaq> {
  const { entries, suggested } = readAnswer(await fetchOrKept(`/api/faq/public?locale=${locale}`));
  const matcher: Matcher = createMatcher(entries);
  const questions = suggested.length > 0 ? suggested : entries.map((entry) => entry.question);
  return { match: (question) => matcher(question), suggestions: questions.slice(0, suggestionCount) };
}

async function fetchOrKept(url: string): Promise<unknown> {
  // No Cache API in private windows of some browsers and in partitioned frames: then the answers last as long as the page.
  const cache = await caches.open(CACHE).catch(() => null);
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the answers could not be fetched: ${response.status}`);
    await cache?.put(url, response.clone()).catch(() => {});
    return await response.json();
  } catch (cause) {
    const kept = await cache?.match(url);
    if (!kept) throw cause;
    return await kept.json();
  }
}

/** Takes what has the right shape and leaves the rest: a kept answer may be of another version. */
export function readAnswer(answer: unknown): { readonly entries: readonly SavedEntry[]; readonly suggested: readonly string[] } {
  const { entries, suggested } = fieldsOf(answer);
  return {
    entries: (Array.isArray(entries) ? entries : []).slice(0, MOST_ENTRIES).flatMap(readEntry),
    suggested: texts(suggested),
  };
}

function readEntry(value: unknown): readonly SavedEntry[] {
  const { id, question, variants, answer, updated } = fieldsOf(value);
  if (typeof id !== 'string' || typeof question !== 'string' || typeof answer !== 'string') return [];
  const updatedAt = typeof updated === 'string' || typeof updated === 'number' ? new Date(updated).getTime() : Number.NaN;
  return [{ id, question, answer, variants: texts(variants), updatedAt: Number.isNaN(updatedAt) ? null : updatedAt }];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

/** Any object can be read field by field; each field is checked by its reader. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

import { stat } from 'node:fs/promises';
import type { FloorAnswerer, FloorEntry, FloorFinding } from '@stepdown/conversation';
import type { ConfirmedQuestion, FaqEntry } from '@stepdown/faq';
import { type Clock, type Log, type NewId, StepdownError } from '@stepdown/kernel';
import type { FaqProblemView } from '@stepdown/protocol';
import type { Store } from '@stepdown/store';
import { type FaqDesk, openFaqDesk } from './faq/desk.ts';
import { createFaqInsights, type FaqInsights } from './faq/insights.ts';
import { createMatcherHost, type MatcherHost } from './faq/matcher-host.ts';
import type { Finding } from './faq/matching.ts';

/** The live FAQ: what models are grounded on, and what answers alone when they are gone. */
export interface Content extends FloorAnswerer {
  readonly entries: readonly FaqEntry[];
  readonly problems: readonly FaqProblemView[];
  readonly matcher: MatcherHost;
  readonly desk: FaqDesk;
  /** What real questions teach about the FAQ. */
  readonly insights: FaqInsights;
  readonly defaultLocale: string;
  close(): Promise<void>;
}

export interface ContentOptions {
  readonly dir: string;
  readonly defaultLocale: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

/**
 * Brings FAQ folder and store together and keeps the FAQ live.
 * @throws StepdownError `faq-folder-missing`.
 */
export async function openContent({ dir, defaultLocale, store, clock, newId, log }: ContentOptions): Promise<Content> {
  await requireFolder(dir);
  const matcher = createMatcherHost({ log });
  let confirmed: readonly ConfirmedQuestion[] = [];
  let building: Promise<void> = Promise.resolve();
  let entries: readonly FaqEntry[] = [];
  const insights = createFaqInsights({
    store,
    clock,
    log,
    entries: () => entries,
    onConfirmed: (questions) => {
      confirmed = questions;
      building = matcher.replace({ entries, confirmed, defaultLocale });
    },
  });
  const desk = await openFaqDesk({
    dir,
    store,
    clock,
    newId,
    log,
    onLive: (live) => {
      evictChanged(store, entries, live, log);
      entries = live;
      building = matcher.replace({ entries, confirmed, defaultLocale });
    },
  });
  await building;
  await insights.start();
  return {
    desk,
    insights,
    matcher,
    defaultLocale,
    get entries() {
      return entries;
    },
    get problems() {
      return desk.problems;
    },
    find(request) {
      const found = matcher.find(request);
      return found instanceof Promise ? found.then(floorFinding) : floorFinding(found);
    },
    entry: (entryId, locale) =>
      bestLocale(
        entries.filter((entry) => entry.id === entryId),
        locale,
        defaultLocale,
      ),
    async close() {
      await insights.close();
      await desk.close();
      matcher.close();
    },
  };
}

async function requireFolder(dir: string): Promise<void> {
  const found = await stat(dir).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new StepdownError(
    'faq-folder-missing',
    `The FAQ folder ${dir} does not exist or is not a folder.`,
    'Set STEPDOWN_FAQ_DIR to the folder that holds <locale>/<slug>.md files.',
  );
}

/** An answer that was saved from an older text is not given again. */
function evictChanged(store: Store, before: readonly FaqEntry[], now: readonly FaqEntry[], log: Log): void {
  const kept = new Set(now);
  const changed = new Set(before.filter((entry) => !kept.has(entry)).map(({ id }) => id));
  for (const id of changed) {
    store.cache
      .evictBySource(id)
      .catch((cause: unknown) => log.warn({ id, cause }, 'Saved answers of a changed FAQ entry could not be evicted.'));
  }
}

function floorFinding({ decision, ranking, grounding }: Finding): FloorFinding {
  const [best] = ranking;
  return {
    result: resultOf(decision),
    grounding: grounding.map(({ entry }) => floorEntry(entry)),
    nearest: best === undefined ? undefined : { entryId: best.entry.id, score: best.score },
  };
}

function resultOf(decision: Finding['decision']): FloorFinding['result'] {
  switch (decision.kind) {
    case 'answer':
      return { kind: 'answer', entry: floorEntry(decision.match.entry), score: decision.match.score };
    case 'choices':
      return { kind: 'choices', entries: decision.matches.map(({ entry }) => floorEntry(entry)) };
    case 'ask-back':
      return { kind: 'ask-back' };
    case 'abstain':
      return { kind: 'abstain' };
  }
}

function floorEntry(entry: FaqEntry): FloorEntry {
  const updatedAt = entry.updated === undefined ? Number.NaN : Date.parse(entry.updated);
  return { id: entry.id, question: entry.question, answer: entry.answer, updatedAt: Number.isNaN(updatedAt) ? undefined : updatedAt };
}

function bestLocale(candidates: readonly FaqEntry[], locale: string, defaultLocale: string): FloorEntry | undefined {
  const wanted = [locale, locale.split('-')[0], defaultLocale, 'en'];
  const found = wanted.map((tag) => candidates.find((entry) => entry.locale === tag)).find((entry) => entry !== undefined) ?? candidates[0];
  return found === undefined ? undefined : floorEntry(found);
}

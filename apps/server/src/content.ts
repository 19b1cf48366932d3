import { stat } from 'node:fs/promises';
import type { FloorAnswerer, FloorEntry, FloorFinding } from '@stepdown/conversation';
import type { ConfirmedQuestion, FaqEntry } from '@stepdown/faq';
import { type Clock, type Log, type NewId, StepdownError } from '@stepdown/kernel';
import type { FaqProblemView } from '@stepdown/protocol';
import type { Store } from '@stepdown/store';
import { type FaqDesk, openFaqDesk } from './faq/desk.ts';
import { createMatcherHost, type MatcherHost } from './faq/matcher-host.ts';
import type { Finding } from './faq/matching.ts';

/** The live FAQ: what models are grounded on, and what answers alone when they are gone. */
export interface Content extends FloorAnswerer {
  readonly entries: readonly FaqEntry[];
  readonly problems: readonly FaqProblemView[];
  readonly matcher: MatcherHost;
  readonly desk: FaqDesk;
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
  const confirmed: readonly ConfirmedQuestion[] = [];
  let building: Promise<void> = Promise.resolve();
  let entries: readonly FaqEntry[] = [];
  const desk = await openFaqDesk({
    dir,
    store,
    clock,
    newId,
    log,
    onLive: (live) => {
      entries = live;
      building = matcher.replace({ entries, confirmed, defaultLocale });
    },
  });
  await building;
  return {
    desk,
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

function floorFinding({ decision, grounding }: Finding): FloorFinding {
  return { result: resultOf(decision), grounding: grounding.map(({ entry }) => floorEntry(entry)) };
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

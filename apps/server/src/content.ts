import { stat } from 'node:fs/promises';
import type { FloorAnswerer, FloorEntry, FloorFinding } from '@stepdown/conversation';
import { createFaqMatcher, type FaqEntry, type FaqMatch, type FaqMatcher, type FaqProblem, watchFaqFolder } from '@stepdown/faq';
import { type Log, StepdownError } from '@stepdown/kernel';

/** Entries that ground a model prompt, at most; more dilutes them. */
const GROUNDING_ENTRIES = 6;

/** The live FAQ: what models are grounded on, and what answers alone when they are gone. */
export interface Content extends FloorAnswerer {
  readonly entries: readonly FaqEntry[];
  readonly problems: readonly FaqProblem[];
  readonly matcher: FaqMatcher;
  close(): Promise<void>;
}

export interface ContentOptions {
  readonly dir: string;
  readonly defaultLocale: string;
  readonly log: Log;
}

/**
 * Loads the FAQ folder and keeps it live.
 * @throws StepdownError `faq-folder-missing`.
 */
export async function openContent({ dir, defaultLocale, log }: ContentOptions): Promise<Content> {
  await requireFolder(dir);
  let entries: readonly FaqEntry[] = [];
  let problems: readonly FaqProblem[] = [];
  let matcher = createFaqMatcher([], { defaultLocale });
  const stop = await watchFaqFolder({
    dir,
    log,
    onChange: (changed) => {
      entries = changed;
      matcher = createFaqMatcher(changed, { defaultLocale });
    },
    onProblem: (found) => {
      problems = found;
    },
  });
  return {
    get entries() {
      return entries;
    },
    get problems() {
      return problems;
    },
    get matcher() {
      return matcher;
    },
    find: ({ question, locale, previousQuestion }) => {
      const decision = matcher.decide(question, { locale, previousQuestion });
      return { result: resultOf(decision), grounding: groundingFor(matcher, question, locale, previousQuestion) };
    },
    entry: (entryId, locale) =>
      bestLocale(
        entries.filter((entry) => entry.id === entryId),
        locale,
        defaultLocale,
      ),
    close: stop,
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

function resultOf(decision: ReturnType<FaqMatcher['decide']>): FloorFinding['result'] {
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

/** A follow-up such as "and to Norway?" finds its entries only together with the question before it. */
function groundingFor(matcher: FaqMatcher, question: string, locale: string, previousQuestion: string | undefined): FloorEntry[] {
  const direct = matcher.rank(question, GROUNDING_ENTRIES, { locale });
  const inContext =
    previousQuestion === undefined ? [] : matcher.rank(`${previousQuestion} ${question}`, GROUNDING_ENTRIES / 2, { locale });
  const byId = new Map<string, FaqMatch>();
  for (const match of [...direct, ...inContext]) if (!byId.has(match.entry.id)) byId.set(match.entry.id, match);
  return [...byId.values()].slice(0, GROUNDING_ENTRIES + 2).map(({ entry }) => floorEntry(entry));
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

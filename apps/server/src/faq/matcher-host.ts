import { type ConfirmedQuestion, createFaqMatcher, DEFAULT_THRESHOLDS, type FaqEntry, type FaqThresholds } from '@stepdown/faq';
import { type Log, messageOf } from '@stepdown/kernel';
import { startMatcherWorker } from './matcher-thread.ts';
import { type Finding, type FindRequest, findIn, NOTHING_FOUND } from './matching.ts';

/** Up to this many entries an index is built in the time of a few frames (about 0.5 ms each); above, in a thread of its own. */
export const ENTRIES_IN_PROCESS = 500;

export interface MatcherContent {
  readonly entries: readonly FaqEntry[];
  readonly confirmed: readonly ConfirmedQuestion[];
  readonly defaultLocale: string;
}

/** The index in use, wherever it lives. */
export interface ServingMatcher {
  readonly thresholds: FaqThresholds;
  find(request: FindRequest): Finding | Promise<Finding>;
  close(): void;
}

export interface MatcherHost {
  /** Never rejects and never waits for a build: the last index serves until the next one is ready. */
  find(request: FindRequest): Finding | Promise<Finding>;
  readonly thresholds: FaqThresholds;
  /** Resolves when this content, or a newer one, is served. */
  replace(content: MatcherContent): Promise<void>;
  close(): void;
}

export interface MatcherHostOptions {
  readonly log: Log;
  readonly entriesInProcess?: number;
}

export function createMatcherHost({ log, entriesInProcess = ENTRIES_IN_PROCESS }: MatcherHostOptions): MatcherHost {
  let serving: ServingMatcher = { thresholds: DEFAULT_THRESHOLDS, find: () => NOTHING_FOUND, close: () => undefined };
  let wanted: MatcherContent | undefined;
  let work: Promise<void> | undefined;
  let isClosed = false;

  async function build(content: MatcherContent): Promise<void> {
    const next = content.entries.length <= entriesInProcess ? inProcess(content) : await startMatcherWorker(content, onLost(content));
    if (isClosed) next.close();
    else {
      const before = serving;
      serving = next;
      before.close();
    }
  }

  function onLost(content: MatcherContent): (cause: unknown) => void {
    return (cause) => {
      log.error({ cause: messageOf(cause) }, 'The thread of the FAQ index ended; a new one is started.');
      if (wanted === undefined && !isClosed) void replace(content);
    };
  }

  /** Builds the newest content that is wanted; what was overtaken meanwhile is never built. */
  async function buildWanted(): Promise<void> {
    while (wanted !== undefined && !isClosed) {
      const content = wanted;
      wanted = undefined;
      try {
        await build(content);
      } catch (cause) {
        log.error({ cause: messageOf(cause) }, 'The FAQ index could not be built; the last one stays.');
      }
    }
    work = undefined;
  }

  function replace(content: MatcherContent): Promise<void> {
    wanted = content;
    work ??= buildWanted();
    return work;
  }

  return {
    get thresholds() {
      return serving.thresholds;
    },
    find(request) {
      const found = serving.find(request);
      if (!(found instanceof Promise)) return found;
      return found.catch((cause: unknown) => {
        log.error({ cause: messageOf(cause) }, 'The FAQ index did not answer; the question goes on without it.');
        return NOTHING_FOUND;
      });
    },
    replace,
    close() {
      isClosed = true;
      serving.close();
    },
  };
}

function inProcess({ entries, confirmed, defaultLocale }: MatcherContent): ServingMatcher {
  const matcher = createFaqMatcher(entries, { confirmed, defaultLocale });
  return { thresholds: matcher.thresholds, find: (request) => findIn(matcher, request), close: () => undefined };
}

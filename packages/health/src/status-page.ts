import { type Clock, type Log, messageOf, type Random, type TierId } from '@stepdown/kernel';
import { suspicionIn } from './status-document.ts';

/** One provider's page and the parts of it that this installation depends on. */
export interface StatusPage {
  readonly tier: TierId;
  /** A Statuspage v2 `summary.json` or `components.json`, or the incident.io widget summary. */
  readonly url: string;
  /** Names of the API components; a component counts when its name contains one of them, case ignored. */
  readonly components: readonly string[];
}

/** `reason` undefined: the page names no trouble (any more). */
export interface Suspicion {
  readonly tier: TierId;
  readonly reason: string | undefined;
}

export interface StatusPagesOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly pages: readonly StatusPage[];
  /** Fetches and parses JSON; rejects when the page is unreachable. */
  readonly fetchJson: (url: string, signal: AbortSignal) => Promise<unknown>;
  readonly report: (suspicion: Suspicion) => void;
  readonly log: Log;
  /** Default 60 s, ± 20 %. */
  readonly everyMs?: number;
  /** Default 5 s. */
  readonly timeoutMs?: number;
  /** An unreachable page leaves its last word standing this long. Default 10 min. */
  readonly forgetMs?: number;
}

const JITTER_RATIO = 0.2;

/**
 * Reads the providers' status pages. They raise suspicion only: pages were green during outages and red during none,
 * so nothing opens or closes on their word. An unreachable page says nothing.
 *
 * @returns what stops the reader.
 */
export function startStatusPages(options: StatusPagesOptions): () => void {
  const stops = options.pages.map((page) => startPage(page, options));
  return () => {
    for (const stop of stops) stop();
  };
}

function startPage(page: StatusPage, options: StatusPagesOptions): () => void {
  const { clock, everyMs = 60_000, timeoutMs = 5_000, forgetMs = 600_000 } = options;
  let reason: string | undefined;
  let heardAtMs = clock.monotonicMs();
  let nextRead: unknown;
  let limit: unknown;
  let controller = new AbortController();
  let isStopped = false;

  function tell(next: string | undefined): void {
    if (next === reason) return;
    reason = next;
    options.report({ tier: page.tier, reason });
  }

  async function read(): Promise<void> {
    controller = new AbortController();
    const { signal } = controller;
    const silence = new Promise<never>((_, reject) => {
      limit = clock.setTimeout(() => {
        reject(new Error(`no answer within ${timeoutMs} ms`));
        controller.abort();
      }, timeoutMs);
    });
    try {
      const document = await Promise.race([options.fetchJson(page.url, signal), silence]);
      if (isStopped) return;
      heardAtMs = clock.monotonicMs();
      tell(suspicionIn(document, page.components));
    } catch (cause) {
      if (isStopped) return;
      options.log.debug({ tier: page.tier, error: messageOf(cause) }, 'A status page could not be read.');
      if (clock.monotonicMs() - heardAtMs >= forgetMs) tell(undefined);
    } finally {
      clock.clearTimeout(limit);
    }
  }

  function plan(): void {
    if (isStopped) return;
    const waitMs = everyMs * (1 + JITTER_RATIO * (2 * options.random() - 1));
    nextRead = clock.setTimeout(() => void read().finally(plan), waitMs);
  }

  void read().finally(plan);
  return () => {
    isStopped = true;
    clock.clearTimeout(nextRead);
    clock.clearTimeout(limit);
    controller.abort();
  };
}

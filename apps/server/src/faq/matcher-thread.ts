import { Worker } from 'node:worker_threads';
import type { FaqThresholds } from '@stepdown/faq';
import type { MatcherContent, ServingMatcher } from './matcher-host.ts';
import type { Finding, FindRequest } from './matching.ts';

/** 10,000 entries take about 5 s on one core; the rest is a margin for a busy machine. */
const BUILT_WITHIN_MS = 120_000;
/** The floor must not hold up a turn: longer than this, the question goes on without it. */
const FOUND_WITHIN_MS = 2_000;

export type MatcherRequest = FindRequest & { readonly call: number };
export type MatcherReply =
  | { readonly kind: 'ready'; readonly thresholds: FaqThresholds }
  | { readonly kind: 'found'; readonly call: number; readonly finding: Finding };

interface Waiting {
  readonly resolve: (finding: Finding) => void;
  readonly reject: (cause: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Builds the index in a thread and asks it there. Rejects when it can't be built; `onLost` hears of a later end. */
export async function startMatcherWorker(content: MatcherContent, onLost: (cause: unknown) => void): Promise<ServingMatcher> {
  const worker = new Worker(new URL('./matcher-worker.ts', import.meta.url), { workerData: content });
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let isClosed = false;
  let isReady = false;
  const { promise: ready, resolve, reject } = Promise.withResolvers<FaqThresholds>();
  const timer = setTimeout(() => reject(new Error(`no index within ${BUILT_WITHIN_MS} ms`)), BUILT_WITHIN_MS);

  function settle(call: number): Waiting | undefined {
    const found = waiting.get(call);
    waiting.delete(call);
    clearTimeout(found?.timer);
    return found;
  }

  function lose(cause: Error): void {
    reject(cause);
    for (const call of [...waiting.keys()]) settle(call)?.reject(cause);
    if (isReady && !isClosed) onLost(cause);
    isClosed = true;
  }

  worker.on('message', (reply: MatcherReply) => {
    if (reply.kind === 'ready') resolve(reply.thresholds);
    else settle(reply.call)?.resolve(reply.finding);
  });
  worker.on('error', lose);
  worker.on('exit', (code) => lose(new Error(`ended with ${code}`)));

  try {
    const thresholds = await ready;
    isReady = true;
    return {
      thresholds,
      find: (request) =>
        new Promise<Finding>((resolveFinding, rejectFinding) => {
          calls += 1;
          const call = calls;
          const late = setTimeout(() => settle(call)?.reject(new Error(`no answer within ${FOUND_WITHIN_MS} ms`)), FOUND_WITHIN_MS);
          waiting.set(call, { resolve: resolveFinding, reject: rejectFinding, timer: late });
          if (isClosed) settle(call)?.reject(new Error('the index is closed'));
          else worker.postMessage({ ...request, call } satisfies MatcherRequest);
        }),
      close() {
        // Questions that were asked before the change still get their answer.
        const end = (): void => {
          isClosed = true;
          void worker.terminate();
        };
        if (waiting.size === 0) end();
        else setTimeout(end, FOUND_WITHIN_MS).unref();
      },
    };
  } catch (cause) {
    isClosed = true;
    void worker.terminate();
    throw cause;
  } finally {
    clearTimeout(timer);
  }
}

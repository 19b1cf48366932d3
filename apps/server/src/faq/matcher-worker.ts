import { parentPort, workerData } from 'node:worker_threads';
import { createFaqMatcher } from '@stepdown/faq';
import type { MatcherContent } from './matcher-host.ts';
import type { MatcherReply, MatcherRequest } from './matcher-thread.ts';
import { findIn } from './matching.ts';

// A thread of its own: builds one index, then answers until it is ended. Started by `startMatcherWorker` only, with a `MatcherContent`.
const { entries, confirmed, defaultLocale }: MatcherContent = workerData;
const matcher = createFaqMatcher(entries, { confirmed, defaultLocale });

function reply(message: MatcherReply): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', ({ call, ...request }: MatcherRequest) => reply({ kind: 'found', call, finding: findIn(matcher, request) }));
reply({ kind: 'ready', thresholds: matcher.thresholds });

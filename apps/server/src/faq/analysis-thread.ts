import { Worker } from 'node:worker_threads';
import type { AnalysisJobs } from './analysis.ts';
import { createQueue } from './queue.ts';

/** Longer than any analysis of 10,000 entries took; then something is wrong. */
const DONE_WITHIN_MS = 120_000;

export type RunAnalysis = <Name extends keyof AnalysisJobs>(
  name: Name,
  input: AnalysisJobs[Name]['input'],
) => Promise<AnalysisJobs[Name]['output']>;

/** Runs analyses in threads, one at a time, so that editors can't take the machine away from visitors. */
export function createAnalysis(): RunAnalysis {
  const queue = createQueue();
  return (name, input) => queue.run(() => runOnce(name, input));
}

function runOnce<Name extends keyof AnalysisJobs>(name: Name, input: AnalysisJobs[Name]['input']): Promise<AnalysisJobs[Name]['output']> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./analysis-worker.ts', import.meta.url), { workerData: { name, input } });
    worker.unref();
    const fail = (cause: unknown): void => {
      clearTimeout(timer);
      void worker.terminate();
      reject(cause);
    };
    const timer = setTimeout(() => fail(new Error(`The FAQ analysis "${name}" took longer than ${DONE_WITHIN_MS} ms.`)), DONE_WITHIN_MS);
    worker.once('message', (output: AnalysisJobs[Name]['output']) => {
      clearTimeout(timer);
      resolve(output);
      void worker.terminate();
    });
    worker.once('error', fail);
    worker.once('exit', (code) => fail(new Error(`The analysis thread ended with ${code}.`)));
  });
}

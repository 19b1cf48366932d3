import { parentPort, workerData } from 'node:worker_threads';
import { ANALYSES, type AnalysisJobs } from './analysis.ts';

/** What `runAnalysis` starts this thread with: one job, after which it ends. */
export type AnalysisCall = {
  readonly [Name in keyof AnalysisJobs]: { readonly name: Name; readonly input: AnalysisJobs[Name]['input'] };
}[keyof AnalysisJobs];

const call: AnalysisCall = workerData;

function outputOf(job: AnalysisCall): unknown {
  switch (job.name) {
    case 'test':
      return ANALYSES.test(job.input);
    case 'replay':
      return ANALYSES.replay(job.input);
    case 'group':
      return ANALYSES.group(job.input);
    case 'duplicates':
      return ANALYSES.duplicates(job.input);
  }
}

parentPort?.postMessage(outputOf(call));

import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { SHOP } from './testing/shop.ts';

const SOURCE = `
import { parentPort, workerData } from 'node:worker_threads';
const { createFaqMatcher } = await import(workerData.index);
const matcher = createFaqMatcher(workerData.entries);
parentPort.on('message', (question) => parentPort.postMessage(matcher.decide(question)));
`;

describe('in a worker', () => {
  it('[F1] builds and answers there; entries go in and decisions come out as plain data', async () => {
    const index = new URL('./index.ts', import.meta.url).href;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(SOURCE)}`), { workerData: { index, entries: SHOP } });
    try {
      const decision = await new Promise((resolve, reject) => {
        worker.once('message', resolve).once('error', reject);
        worker.postMessage('where is my parcel');
      });
      expect(decision).toMatchObject({ kind: 'answer', match: { entry: { id: 'tracking' } } });
    } finally {
      await worker.terminate();
    }
  });
});

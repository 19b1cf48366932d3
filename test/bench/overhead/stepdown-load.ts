import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeEntry } from '../../chaos/support/product.ts';
import { startServer } from '../../support/server.ts';
import { connectVisitor, type RawVisitor } from '../../support/visitor.ts';
import { CLAUDE_MODEL, ENTRY_ID, KEY, QUESTION } from '../failover/prompt.ts';

export interface ProductLoad {
  /** Answers `answers` questions, `atOnce` side by side; first text as visitors see it. */
  work(answers: number, atOnce: number): Promise<readonly number[]>;
  /** User and system time of the server so far. */
  cpuMs(): Promise<number>;
  stop(): Promise<void>;
}

/** The product with Claude alone and one FAQ entry, in a process of its own. */
export async function startProductLoad(claudeUrl: string, entryAnswer: string): Promise<ProductLoad> {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepdown-overhead-'));
  writeEntry(folder, { id: ENTRY_ID, question: QUESTION, answer: entryAnswer });
  const server = await startServer({
    env: { STEPDOWN_FAQ_DIR: folder, ANTHROPIC_API_KEY: KEY, STEPDOWN_CLAUDE_BASE_URL: claudeUrl, STEPDOWN_CLAUDE_MODELS: CLAUDE_MODEL },
  });
  return {
    async work(answers, atOnce) {
      const visitors = await Promise.all(Array.from({ length: atOnce }, () => connectVisitor(server.url)));
      const firstTextMs: number[] = [];
      let left = answers;
      const lane = async (visitor: RawVisitor): Promise<void> => {
        while (left > 0) {
          left -= 1;
          firstTextMs.push(await askOnce(visitor));
        }
      };
      await Promise.all(visitors.map(lane));
      for (const visitor of visitors) visitor.close();
      return firstTextMs;
    },
    cpuMs: () => cpuMsOf(server.url),
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let questions = 0;

/** Resolves with the time to the first text once the answer is complete. */
async function askOnce(visitor: RawVisitor): Promise<number> {
  questions += 1;
  const { socket } = visitor;
  const startedAt = performance.now();
  let firstTextMs = Number.NaN;
  const first = new Promise<void>((resolve) =>
    socket.once('message:delta', () => {
      firstTextMs = performance.now() - startedAt;
      resolve();
    }),
  );
  const completed = new Promise<void>((resolve) => socket.once('message:completed', () => resolve()));
  const ack = await visitor.send('message:send', { clientMessageId: `overhead-${questions}`, text: QUESTION, locale: 'en' });
  if (!ack.ok) throw new Error(ack.error.message);
  await Promise.all([first, completed]);
  return firstTextMs;
}

async function cpuMsOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const seconds = /^process_cpu_seconds_total ([\d.e+-]+)/m.exec(text)?.[1];
  if (seconds === undefined) throw new Error('The metrics name no process_cpu_seconds_total');
  return Number(seconds) * 1_000;
}

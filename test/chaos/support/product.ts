import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { silentLog } from '@stepdown/kernel';
import type { Policy } from '@stepdown/ladder';
import { composeServer, parseConfig, type RunningServer } from '@stepdown/server';
import { root } from '../../support/server.ts';

export interface ProductOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly policy?: Partial<Policy>;
  readonly faqDir?: string;
}

export interface Product {
  readonly url: string;
  readonly server: RunningServer;
  stop(): Promise<void>;
}

/**
 * The whole server, composed as `main.ts` does it, but in this process: dozens of them start in a second, each with
 * providers and numbers of its own. Keys of the developer who runs the tests never reach it.
 */
export async function startProduct({ env, policy, faqDir }: ProductOptions): Promise<Product> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'stepdown-chaos-'));
  const parsed = parseConfig(
    { HOST: '127.0.0.1', PORT: '0', STEPDOWN_DATA_DIR: dataDir, STEPDOWN_FAQ_DIR: faqDir ?? smallFaq(), STEPDOWN_SIMULATE: 'off', ...env },
    policy === undefined ? {} : { policy },
  );
  if (!parsed.ok) throw new Error(parsed.problems.map(({ field, reason }) => `${field} ${reason}`).join('\n'));
  const server = await composeServer({ config: parsed.config, root, log: silentLog });
  return {
    url: server.url,
    server,
    async stop() {
      await server.drain(0);
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const QUESTION = 'How do I reset my password?';
export const FAQ_ANSWER = 'Choose **Forgot password** on the sign-in page.';

let smallFaqDir: string | undefined;

/** One entry, so that a server starts in milliseconds; made once per test process. */
function smallFaq(): string {
  if (smallFaqDir !== undefined) return smallFaqDir;
  const folder = mkdtempSync(path.join(tmpdir(), 'stepdown-chaos-faq-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  writeEntry(folder, { id: 'password-reset', question: QUESTION, answer: FAQ_ANSWER });
  smallFaqDir = folder;
  return folder;
}

export interface SmallEntry {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
}

export function writeEntry(folder: string, { id, question, answer }: SmallEntry): void {
  mkdirSync(path.join(folder, 'en'), { recursive: true });
  const variants = ['forgot my password', 'new password', 'can not sign in'];
  const lines = [
    '---',
    `id: ${id}`,
    `question: ${question}`,
    'variants:',
    ...variants.map((variant) => `  - ${variant}`),
    'updated: 2026-10-01',
    '---',
    answer,
    '',
  ];
  writeFileSync(path.join(folder, 'en', `${id}.md`), lines.join('\n'));
}

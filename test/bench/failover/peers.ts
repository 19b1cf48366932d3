import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../support/server.ts';
import { CLAUDE_MODEL, GPT_MODEL, KEY, MAX_TOKENS, PROMPT } from './prompt.ts';
import { type Screen, type SubjectKind, watch } from './subject.ts';

const FOLDER = path.join(root, 'test', 'bench', 'peers');

/** What the adapters of the peers (plain JavaScript, in a package of their own) are given and give back. */
interface Adapter {
  start(options: object): Promise<{ answer(screen: Screen, signal: AbortSignal): Promise<void>; stop(): Promise<void> }>;
}

const ADAPTERS: Readonly<Record<string, string>> = {
  'ai + ai-fallback': 'ai-fallback.mjs',
  'LangChain withFallbacks': 'langchain.mjs',
  'Portkey gateway': 'portkey.mjs',
};

/** Installs the peers on first use: 150 MB that nobody needs to run the product. Undefined when that fails, after saying so. */
export async function peerKinds(): Promise<readonly SubjectKind[] | undefined> {
  if (!existsSync(path.join(FOLDER, 'node_modules', 'ai')) && !(await install())) {
    console.warn('SKIPPED: the peers could not be installed; the product is compared with the plain SDK loop alone.');
    return undefined;
  }
  return Object.entries(ADAPTERS).map(([name, file]) => ({ name, start: async (options) => startPeer(file, options) }));
}

async function startPeer(
  file: string,
  { urls, thresholdMs, capMs }: Parameters<SubjectKind['start']>[0],
): ReturnType<SubjectKind['start']> {
  const adapter = await load(file);
  const { system, messages } = PROMPT;
  const common = { claudeUrl: urls.claude, gptUrl: urls.gpt, thresholdMs, system, messages, maxTokens: MAX_TOKENS };
  const peer = await adapter.start({ ...common, apiKey: KEY, claudeModel: CLAUDE_MODEL, gptModel: GPT_MODEL });
  return { ask: () => watch(capMs, (screen, signal) => peer.answer(screen, signal)), stop: () => peer.stop() };
}

/** Guaranteed by the three files of ADAPTERS, which export `start` and nothing else. */
async function load(file: string): Promise<Adapter> {
  return (await import(path.join(FOLDER, file))) as Adapter;
}

function install(): Promise<boolean> {
  console.log('Installing the peers to compare with (once) …');
  const child = spawn('pnpm', ['install', '--frozen-lockfile'], { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

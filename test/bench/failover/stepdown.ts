import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Message, MessageDelta } from '@stepdown/protocol';
import { writeEntry } from '../../chaos/support/product.ts';
import { startServer } from '../../support/server.ts';
import { connectVisitor } from '../../support/visitor.ts';
import { CLAUDE_MODEL, ENTRY_ANSWER, ENTRY_ID, GPT_MODEL, KEY, QUESTION } from './prompt.ts';
import { type Screen, type Subject, type SubjectKind, type SubjectOptions, watch } from './subject.ts';

/** The product: a server in a process of its own, asked through a visitor's socket. `defaults` leaves every number as shipped. */
export function stepdownKind(options: { readonly name: string; readonly isDefault: boolean }): SubjectKind {
  return { name: options.name, start: (subject) => start(subject, options.isDefault) };
}

async function start({ urls, thresholdMs, capMs }: SubjectOptions, isDefault: boolean): Promise<Subject> {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepdown-bench-'));
  writeEntry(folder, { id: ENTRY_ID, question: QUESTION, answer: ENTRY_ANSWER });
  const config = path.join(folder, 'config.mjs');
  const policy = { connectMs: thresholdMs, headersMs: thresholdMs, firstTextMs: thresholdMs, textGapMs: thresholdMs };
  writeFileSync(config, `export default ${JSON.stringify(isDefault ? {} : { policy })};\n`);
  const server = await startServer({
    env: {
      STEPDOWN_CONFIG: config,
      STEPDOWN_FAQ_DIR: folder,
      ANTHROPIC_API_KEY: KEY,
      OPENAI_API_KEY: KEY,
      STEPDOWN_CLAUDE_BASE_URL: urls.claude,
      STEPDOWN_GPT_BASE_URL: urls.gpt,
      STEPDOWN_CLAUDE_MODELS: CLAUDE_MODEL,
      STEPDOWN_GPT_MODELS: GPT_MODEL,
    },
  });
  return {
    ask: () => ask(server.url, capMs),
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let questions = 0;

/** A visitor who is already connected writes: that is when the clock starts. */
async function ask(url: string, capMs: number): ReturnType<Subject['ask']> {
  const visitor = await connectVisitor(url);
  const { socket } = visitor;
  questions += 1;
  const question = { clientMessageId: `bench-${questions}`, text: QUESTION, locale: 'en' };
  const seen = await watch(capMs, (screen, signal) => {
    const done = new Promise<void>((resolve) => {
      let rev = 0;
      socket.on('message:delta', (delta: MessageDelta) => {
        rev = show(screen, delta, rev);
      });
      socket.on('message:completed', ({ message }: { readonly message: Message }) => {
        if (message.status !== 'complete') return;
        // What the floor says comes whole.
        if (message.tier === 'faq' || message.tier === 'handoff') screen.append(message.text);
        resolve();
      });
      signal.addEventListener('abort', () => socket.close(), { once: true });
    });
    return visitor.send('message:send', question).then((ack) => {
      if (!ack.ok) throw new Error(ack.error.message);
      return done;
    });
  });
  visitor.close();
  return seen;
}

function show(screen: Screen, delta: MessageDelta, rev: number): number {
  if (delta.rev > rev) screen.clear();
  screen.append(delta.text);
  return delta.rev;
}

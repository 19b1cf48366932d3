import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentLog, systemClock } from '@stepdown/kernel';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from './open-store.ts';

const ROUNDS = 4;
/** Killed at different moments, so that it hits different steps of a write. */
const LINES_BEFORE_KILL = [1, 40, 97, 150];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stepdown-durability-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the appending process and kills it after so many acknowledgements; returns all that it printed. */
async function appendAndKill(prefix: string, lines: number): Promise<readonly string[]> {
  const script = fileURLToPath(new URL('./testing/append-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder, prefix], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    if (printed.split('\n').length > lines) child.kill('SIGKILL');
  });
  await closed;
  return printed.split('\n').slice(0, -1);
}

it('[ST2] keeps every acknowledged message over kill -9, and its lock does not outlive the process', { timeout: 30_000 }, async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) acknowledged.push(...(await appendAndKill(`r${round}`, LINES_BEFORE_KILL[round] ?? 1)));
  expect(acknowledged.length).toBeGreaterThan(200);
  const store = await openStore({ dataDir: folder, clock: systemClock, log: silentLog });
  const lost: string[] = [];
  for (const id of acknowledged) if ((await store.conversations.message(id)) === undefined) lost.push(id);
  expect(lost).toEqual([]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const messages = await store.conversations.messagesAfter(`r${round}-1`, 0);
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
    expect(await store.conversations.get(`r${round}-1`)).toMatchObject({ lastSeq: messages.length });
  }
  await store.close();
});

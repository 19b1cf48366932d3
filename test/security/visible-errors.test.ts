import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FAULT_MODES, type FaultMode } from '@stepdown/simulator';
import { describe, expect, it } from 'vitest';
import { connectVisitor } from '../support/visitor.ts';
import { newAddress } from './support/proxy-address.ts';
import { KEYS, startSimulated } from './support/simulated-server.ts';

/** The shipped deadlines are for people; the same turns fit into seconds. No number of failures opens a route. */
const POLICY = {
  openConsecutiveFailures: 1_000,
  openConsecutiveFailuresSuspicious: 1_000,
  openMinimumSamples: 1_000,
  configurationFaultConversations: 1_000,
  connectMs: 1_000,
  headersMs: 2_000,
  firstTextMs: 1_500,
  textGapMs: 1_000,
  nothingShownMs: 2_500,
  answerMs: 4_000,
  hedgeFloorMs: 1_000,
  hedgeCeilingMs: 1_000,
};

/** Words of the providers' own errors (simulator's `fault-problem`), of their SDKs, of Node, and of our insides. */
const NEVER_SHOWN = [
  /overloaded/i,
  /internal server error/i,
  /rate.?limit(?!ed)/i,
  /credit balance|billing|quota/i,
  /invalid x-api-key|incorrect api key|authentication_error|permission_error|not_found_error/i,
  /model_not_found|does not exist or you do not have access/i,
  /prompt is too long|context length|context_length_exceeded/i,
  /country, region, or territory/i,
  /api_error|server_error|invalid_request|error_code/i,
  /<html|maintenance/i,
  /APIError|TypeError|SyntaxError|AbortError|Unexpected token|JSON at position/,
  /ECONN|socket hang up|fetch failed|UND_ERR|terminated/,
  /\n {4}at |node:internal|\.ts:\d+/,
  /api\.anthropic|api\.openai|127\.0\.0\.1|anthropic-version/,
  /sim-|Bearer/,
];

function configFile(): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'stepdown-config-')), 'stepdown.config.mjs');
  writeFileSync(file, `export default ${JSON.stringify({ siteName: 'Birchkettle', policy: POLICY })};\n`);
  return file;
}

/** One of these is enough to leave a route alone, so they are told at the same time, late enough for all to be asked. */
const LATCHING: ReadonlySet<FaultMode> = new Set(['rate-limited', 'overloaded', 'quota', 'billing', 'bad-key', 'forbidden', 'not-found']);
const TOLD_AFTER_MS = 1_000;

/** Several modes share words ("reset", "empty"), so each question carries the name of its fault between marks. */
const mark = (mode: FaultMode): string => `«${mode}»`;

/** Where a pattern was found, short enough to read in a report. */
function excerptsOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(new RegExp(pattern, `g${pattern.flags}`))].map(({ index }) => text.slice(Math.max(0, index - 60), index + 60));
}

describe('every fault', () => {
  // Most of the time is waiting for silent providers, so the three wait together.
  it.concurrent.each([['claude'], ['gpt'], ['open-model']] as const)(
    '[D39] of %s ends in an answer, and nothing of the provider reaches the visitor',
    async (tier) => {
      const env = { STEPDOWN_CONFIG: configFile(), LOG_LEVEL: 'info' };
      const { server, simulator, stop } = await startSimulated({ env, tiers: [tier], pace: { firstTokenMs: 50, tokenGapMs: 5 } });
      const modes = FAULT_MODES.filter((mode) => mode !== 'healthy' && mode !== 'refused');
      await simulator.control.set(
        tier,
        modes.map((mode) => ({ mode, match: mark(mode), ...(LATCHING.has(mode) ? { headersAfterMs: TOLD_AFTER_MS } : {}) })),
      );
      const shown: string[] = [];
      const visit = async (mode: FaultMode): Promise<void> => {
        const visitor = await connectVisitor(server.url, { headers: newAddress() });
        const sent = await visitor.send('message:send', {
          clientMessageId: 'only',
          text: `How long do I have to return something? ${mark(mode)}`,
        });
        const answer = await visitor.completed();
        expect(['complete', 'interrupted', 'failed']).toContain(answer.status);
        const opened = await visitor.send('conversation:open', { afterSeq: 0 });
        shown.push(JSON.stringify([sent, opened, visitor.events.map(({ name, payload }) => [name, payload])]).replaceAll(mark(mode), ''));
        visitor.close();
      };
      await Promise.all(modes.filter((mode) => !LATCHING.has(mode)).map(visit));
      await Promise.all([...LATCHING].map(visit));
      await simulator.control.set(tier, { mode: 'refused' });
      await visit('refused');

      const provoked = new Set(simulator.requests(tier).map(({ fault }) => fault));
      expect(modes.filter((mode) => !provoked.has(mode))).toEqual([]);
      const text = shown.join('\n');
      expect(NEVER_SHOWN.flatMap((pattern) => excerptsOf(text, pattern))).toEqual([]);
      const status = await (await fetch(`${server.url}/api/status`)).text();
      const requestIds = simulator.requests(tier).map(({ requestId }) => requestId);
      expect(requestIds.filter((id) => text.includes(id) || status.includes(id))).toEqual([]);
      for (const key of Object.values(KEYS)) expect(server.output()).not.toContain(key);
      await stop();
    },
  );
});

import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askChat, askClaude, askResponses } from '../testing/sdk-calls.ts';
import { type ScriptServer, startScriptServer } from './script-server.ts';
import { readScripts } from './wire-script.ts';

/** A fault catalogue kept next to the repository, measured with the same SDKs. Not everyone has it. */
const CATALOGUE = new URL('../../../../../shared/faults/catalogue.json', import.meta.url);
const isPresent = existsSync(CATALOGUE);

const TITLE = isPresent ? 'fault catalogue' : 'fault catalogue (skipped: ../shared/faults/catalogue.json is not here)';

describe.skipIf(!isPresent)(TITLE, () => {
  let server: ScriptServer;
  beforeAll(async () => {
    server = await startScriptServer(readScripts(JSON.parse(readFileSync(CATALOGUE, 'utf8'))));
  });
  afterAll(() => server.close());

  const ask = { anthropic: askClaude, 'openai-responses': askResponses, 'openai-chat': askChat };

  it.each([
    ['http-529-overloaded', 'anthropic', { error: { status: 529, type: 'overloaded_error' } }],
    ['http-402-billing', 'anthropic', { error: { status: 402 } }],
    ['http-429-quota', 'openai-responses', { error: { status: 429, code: 'credit_balance_exhausted' } }],
    ['eof-mid-text', 'anthropic', { error: null, terminal: null }],
    ['reset-mid-text', 'openai-chat', { error: { cause: { code: 'ECONNRESET' } } }],
    ['gzip-broken', 'openai-responses', { error: { cause: { code: 'Z_DATA_ERROR' } } }],
    ['truncated-content-length', 'anthropic', { error: { cause: { code: 'UND_ERR_SOCKET' } } }],
    ['tls-untrusted', 'anthropic', { error: { cause: { cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } } } }],
    ['redirect-307-cross-origin', 'openai-responses', { error: null, text: '', terminal: null }],
    ['chat-no-done', 'openai-chat', { error: null, terminal: 'stop' }],
    ['unknown-event', 'anthropic', { error: null, terminal: 'end_turn' }],
    ['utf8-split-and-crlf', 'openai-responses', { error: null, terminal: 'response.completed' }],
    ['responses-incomplete-filter', 'openai-responses', { error: null, terminal: 'response.incomplete' }],
  ] as const)('[S32] plays %s to %s as it was measured', async (id, dialect, expected) => {
    expect(await ask[dialect](server.baseUrl(id, dialect, 'sample'), 'Hi')).toMatchObject(expected);
  });

  it.each(['connect-blackhole', 'tls-handshake-stall', 'headers-never'])('[S33] plays %s as silence', async (id) => {
    const heard = await askClaude(server.baseUrl(id, 'anthropic', 'sample'), 'Hi', { timeoutMs: 60 });
    expect(heard.error).toMatchObject({ message: 'Request timed out.' });
  });
});

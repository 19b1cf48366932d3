import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readText, readValue } from './json.ts';
import { checkModel } from './model-check/model-check.ts';
import { collect, nameOf, REQUEST } from './testing/collect.ts';
import { DIALECTS, MODELS, sourceFor } from './testing/dialects.ts';
import { startWireServer, type WireServer } from './testing/wire-server.ts';
import { sendAnswer } from './testing/wire-text.ts';

const NEVER = new AbortController().signal;
const KEY = 'sk-test-SECRETKEY123';
const ALLOWED_HEADERS = [
  'accept',
  'accept-encoding',
  'anthropic-version',
  'authorization',
  'content-type',
  'user-agent',
  // Added by the HTTP client itself.
  'accept-language',
  'connection',
  'content-length',
  'host',
  'sec-fetch-mode',
];

describe.each(DIALECTS)('%s on the wire', (dialect) => {
  let server: WireServer;
  let trap: WireServer;
  beforeEach(async () => {
    server = await startWireServer((_request, response) => sendAnswer(response, dialect));
    trap = await startWireServer((_request, response) => sendAnswer(response, dialect));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    server.close();
    trap.close();
  });
  const source = () => sourceFor(dialect, { baseUrl: server.origin, apiKey: KEY });

  it('[T17] [D41] takes nothing from the environment', async () => {
    for (const name of ['ANTHROPIC', 'OPENAI']) {
      vi.stubEnv(`${name}_BASE_URL`, trap.origin);
      vi.stubEnv(`${name}_API_KEY`, 'env-key');
      vi.stubEnv(`${name}_LOG`, 'debug');
      vi.stubEnv(`${name}_CUSTOM_HEADERS`, 'x-trap: yes\nauthorization: Bearer env-key\nanthropic-version: 1999-01-01');
    }
    for (const name of ['ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_PROFILE', 'OPENAI_ADMIN_KEY', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID']) {
      vi.stubEnv(name, 'env-value');
    }
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', trap.origin);
    const debug = vi.spyOn(console, 'debug');
    const { outcome } = await collect(source().answer(REQUEST, NEVER));
    expect(nameOf(outcome)).toBe('complete');
    expect(trap.requests).toEqual([]);
    expect(debug).not.toHaveBeenCalled();
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(JSON.stringify(server.requests)).not.toMatch(/env-|x-trap|1999/);
  });

  it('[T17] [D41] neither does the model check', async () => {
    vi.stubEnv('ANTHROPIC_BASE_URL', trap.origin);
    vi.stubEnv('OPENAI_BASE_URL', trap.origin);
    const tier = source().tier;
    await checkModel(tier, { baseUrl: server.origin, apiKey: KEY, model: 'm', connectMs: 1_000, headersMs: 1_000 }, NEVER);
    expect(trap.requests).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it('[T18] [D42] does not follow a redirect, of an answer or a probe', async () => {
    const redirecting = await startWireServer((_request, response) => {
      response.writeHead(307, { location: `${trap.origin}/v1/messages` }).end();
    });
    const redirected = sourceFor(dialect, { baseUrl: redirecting.origin, apiKey: KEY });
    expect(nameOf((await collect(redirected.answer(REQUEST, NEVER))).outcome)).toBe('misdirected');
    expect(nameOf((await collect(redirected.probe(NEVER))).outcome)).toBe('misdirected');
    expect(trap.requests).toEqual([]);
    redirecting.close();
  });

  it('[T18] a 404 that no provider wrote means a wrong address, not a missing model', async () => {
    const other = await startWireServer((_request, response) => {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>');
    });
    const lost = sourceFor(dialect, { baseUrl: other.origin });
    expect(nameOf((await collect(lost.answer(REQUEST, NEVER))).outcome)).toBe('misdirected');
    other.close();
  });

  it('[T19] sends no header but the listed ones', async () => {
    await collect(source().answer(REQUEST, NEVER));
    const names = Object.keys(server.requests[0]?.headers ?? {});
    expect(names.filter((name) => !ALLOWED_HEADERS.includes(name))).toEqual([]);
  });

  it('[T19] sends no authorization without a key', async () => {
    await collect(sourceFor(dialect, { baseUrl: server.origin, apiKey: '' }).answer(REQUEST, NEVER));
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('[T25] [D36] stores nothing and names the visitor by a hash at most', async () => {
    await collect(source().answer({ ...REQUEST, visitorHash: 'jo@example.org' }, NEVER));
    const [request] = server.requests;
    expect(request?.rawBody).not.toContain('jo@example.org');
    const ids = {
      store: readValue(request?.body, 'store'),
      safety: readText(request?.body, 'safety_identifier'),
      user: readText(request?.body, 'metadata', 'user_id'),
    };
    const hash = expect.stringMatching(/^[0-9a-f]{32}$/);
    const expected = {
      anthropic: { store: undefined, safety: undefined, user: hash },
      'openai-responses': { store: false, safety: hash, user: undefined },
      'openai-chat': { store: undefined, safety: undefined, user: undefined },
    }[dialect];
    expect(ids).toEqual(expected);
  });

  it('[T26] [T27] offers no tools, sets no temperature and ends with the visitor', async () => {
    await collect(source().answer({ ...REQUEST, interruptedText: 'You can', history: [{ author: 'visitor', text: 'Hi' }] }, NEVER));
    const body = server.requests[0]?.body;
    for (const field of ['tools', 'temperature', 'top_p', 'top_k', 'user']) expect(readValue(body, field)).toBeUndefined();
    const messages = readValue(body, 'messages') ?? readValue(body, 'input');
    expect(Array.isArray(messages) && readText(messages.at(-1), 'role')).toBe('user');
    expect(readText(body, 'model')).toBe(MODELS[dialect]);
    const effort = readText(body, 'output_config', 'effort') ?? readText(body, 'reasoning', 'effort');
    expect(effort).toBe(dialect === 'openai-chat' ? undefined : 'low');
  });

  it('[T24] [D39] a failure shows a visitor nothing: no event but the end speaks of it', async () => {
    const failing = await startWireServer((_request, response) => {
      response.writeHead(500, { 'content-type': 'application/json', 'x-secret': 'header-secret' });
      response.end(JSON.stringify({ error: { type: 'api_error', message: `stack of ${KEY} ${'long '.repeat(200)}` } }));
    });
    const { events, outcome } = await collect(sourceFor(dialect, { baseUrl: failing.origin, apiKey: KEY }).answer(REQUEST, NEVER));
    expect(events.map((event) => event.type)).toEqual(['end']);
    const text = JSON.stringify(outcome);
    expect(text).not.toMatch(/SECRETKEY|header-secret/);
    expect(text.length).toBeLessThan(400);
    failing.close();
  });
});

import { readScripts, type ScriptServer, startScriptServer } from '@stepdown/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalogue } from './testing/catalogue.ts';
import { expectedOutcome } from './testing/catalogue-outcomes.ts';
import { type Collected, collect, nameOf, REQUEST } from './testing/collect.ts';
import { DIALECTS, type Dialect, sourceFor } from './testing/dialects.ts';

const CONNECT_MS = 1_000;
const HEADERS_MS = 1_500;
/** Stands for the deadlines of a turn. Long enough for every script that ends by itself, on a busy machine. */
const TURN_MS = 3_500;
const KEY = 'sk-test-SECRETKEY123';
const FULL_ANSWER = 'You can reset your password from the sign-in page: choose "Forgot password".';

const catalogue = readCatalogue();
const scripts = catalogue === undefined ? [] : readScripts(catalogue);
const plays = scripts.flatMap((script) =>
  DIALECTS.filter((dialect) => script.wire[dialect] ?? script.wire.any).map((dialect) => ({ id: script.id, dialect })),
);

interface Played extends Collected {
  readonly tookMs: number;
}

describe.skipIf(plays.length === 0)('fault catalogue', () => {
  const played = new Map<string, Played>();
  const unhandled: unknown[] = [];
  const note = (cause: unknown) => unhandled.push(cause);
  let server: ScriptServer;

  beforeAll(async () => {
    process.on('unhandledRejection', note);
    server = await startScriptServer(scripts);
    await Promise.all(plays.map(async ({ id, dialect }) => played.set(`${id}/${dialect}`, await play(id, dialect))));
  }, 20_000);
  afterAll(async () => {
    process.off('unhandledRejection', note);
    await server.close();
  });

  async function play(id: string, dialect: Dialect): Promise<Played> {
    const source = sourceFor(dialect, {
      baseUrl: server.baseUrl(id, dialect, 'run'),
      apiKey: KEY,
      connectMs: CONNECT_MS,
      headersMs: HEADERS_MS,
    });
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), TURN_MS);
    const startedAt = performance.now();
    const result = await collect(source.answer(REQUEST, deadline.signal)).finally(() => clearTimeout(timer));
    return { ...result, tookMs: performance.now() - startedAt };
  }

  function result(id: string, dialect: string): Played {
    const found = played.get(`${id}/${dialect}`);
    if (found === undefined) throw new Error(`${id} was not played for ${dialect}`);
    return found;
  }

  it.each(plays)('[T1] [T23] $id ends as expected for $dialect', ({ id, dialect }) => {
    expect(nameOf(result(id, dialect).outcome)).toBe(expectedOutcome(id, dialect));
  });

  it.each(plays)('[T24] $id tells the operator in one short line without the key ($dialect)', ({ id, dialect }) => {
    const { outcome } = result(id, dialect);
    const detail = outcome.kind === 'failed' ? outcome.failure.detail : 'fine';
    expect(detail).toMatch(/^[^\n]{1,200}$/);
    expect(JSON.stringify(outcome)).not.toMatch(/SECRETKEY|sk-\*|<html/);
  });

  it('[T13] asks each script once, whatever it answers', () => {
    const counts = [...server.hits.values()];
    expect(counts.length).toBeGreaterThan(100);
    expect(counts.filter((count) => count !== 1)).toEqual([]);
  });

  it.each(DIALECTS)('[T15] the connect deadline holds for %s', (dialect) => {
    for (const id of ['connect-blackhole', 'tls-handshake-stall']) expect(result(id, dialect).tookMs).toBeLessThan(CONNECT_MS + 400);
  });

  it('[T18] [D42] a redirect shows nothing to the second origin', () => {
    expect(server.originTwoHits).toEqual([]);
  });

  it.each(DIALECTS)('[T2] [T4] text of %s arrives whole, with unknown events and split characters', (dialect) => {
    expect(result('unknown-event', dialect).text).toBe(FULL_ANSWER);
    expect(result('utf8-split-and-crlf', dialect).text).toBe('Grüße 👋🏽 — natürlich 日本語');
  });

  it.each(DIALECTS)('[T14] %s names the model that answered', (dialect) => {
    expect(result('model-substituted', dialect).model).toBe(dialect === 'anthropic' ? 'claude-haiku-4-5' : 'gpt-4.1-nano');
  });

  it('[T20] [T22] keeps what the provider asked us to wait', () => {
    const waits = plays
      .filter(({ id }) => /retry-after|http-429-rate/.test(id))
      .map(({ id, dialect }) => {
        const { outcome } = result(id, dialect);
        return `${id} ${outcome.kind === 'failed' ? outcome.failure.retryAfterMs : outcome.kind}`;
      });
    expect(new Set(waits)).toEqual(new Set(['http-503-retry-after 2000', 'http-429-rate 7000', 'http-429-retry-after-1h 3600000']));
  });

  it('[T1] leaves no unhandled rejection', () => {
    expect(unhandled).toEqual([]);
  });
});

import { type AttemptRecord, WORDING } from '@stepdown/conversation';
import { readScripts, type ScriptEntry, type ScriptServer, startScriptServer } from '@stepdown/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Heard } from './support/ask.ts';
import { readCatalogue } from './support/catalogue.ts';
import { EXPECTATIONS, type Expectation, latestTextMs, SCALED } from './support/expectations.ts';
import { QUESTION, startProduct } from './support/product.ts';
import { inParallel, table, writeArtifact } from './support/report.ts';
import { CATALOGUE_TEXT, CATALOGUE_UNICODE_TEXT, FALLBACK_TEXT, HEALTHY } from './support/scripts.ts';

const LANES = 12;

type Dialect = 'anthropic' | 'openai-responses' | 'openai-chat';

/** The tier that plays the entry, and the healthy one behind it. */
const PLACES: Readonly<Record<Dialect, { readonly tier: string; readonly fallback: string }>> = {
  anthropic: { tier: 'claude', fallback: 'gpt' },
  'openai-responses': { tier: 'gpt', fallback: 'open-model' },
  'openai-chat': { tier: 'open-model', fallback: 'faq' },
};

interface Play {
  readonly id: string;
  readonly dialect: Dialect;
  readonly expectation: Expectation | undefined;
}

interface Played extends Heard {
  readonly attempts: readonly AttemptRecord[];
}

const catalogue = readCatalogue();
const scripts = catalogue === undefined ? [] : readScripts(catalogue);
const plays = scripts.map((script): Play => ({ id: script.id, dialect: dialectOf(script), expectation: EXPECTATIONS[script.id] }));

/** Claude plays whatever Claude can suffer; entries of the OpenAI wire alone are played one tier further down. */
function dialectOf({ wire }: ScriptEntry): Dialect {
  if (wire.anthropic !== undefined || wire.any !== undefined) return 'anthropic';
  return wire['openai-responses'] === undefined ? 'openai-chat' : 'openai-responses';
}

const played = new Map<string, Played>();
let provider: ScriptServer;

beforeAll(async () => {
  if (plays.length === 0) return;
  // The server also looks its models up; that is no answer, and must not use an attempt of a script up.
  provider = await startScriptServer([...scripts, HEALTHY], { methods: ['POST'] });
  await inParallel(plays, LANES, async (play) => played.set(play.id, await playEntry(play)));
});

afterAll(async () => {
  if (plays.length === 0) return;
  report();
  await provider.close();
});

/** One entry: a server of its own, one visitor, one question. */
async function playEntry({ id, dialect }: Play): Promise<Played> {
  const product = await startProduct({ env: environmentFor(id, dialect), policy: SCALED });
  try {
    const heard = await ask(product.url, QUESTION);
    const turns = await product.server.store.turns.ofConversation(heard.conversationId);
    return { ...heard, attempts: turns[0]?.attempts ?? [] };
  } finally {
    await product.stop();
  }
}

function environmentFor(id: string, dialect: Dialect): Record<string, string> {
  const fallback = (name: Dialect): string => provider.baseUrl(HEALTHY.id, name, id);
  const own = provider.baseUrl(id, dialect, 'run');
  const models = { STEPDOWN_CLAUDE_MODELS: 'claude-haiku-5-5', STEPDOWN_GPT_MODELS: 'gpt-6-luna' };
  switch (dialect) {
    case 'anthropic':
      return {
        ...models,
        ANTHROPIC_API_KEY: 'k',
        STEPDOWN_CLAUDE_BASE_URL: own,
        OPENAI_API_KEY: 'k',
        STEPDOWN_GPT_BASE_URL: fallback('openai-responses'),
      };
    case 'openai-responses':
      return { ...models, OPENAI_API_KEY: 'k', STEPDOWN_GPT_BASE_URL: own, ...openModel(fallback('openai-chat')) };
    case 'openai-chat':
      return openModel(own);
  }
}

function openModel(url: string): Record<string, string> {
  return { STEPDOWN_OPEN_MODEL_BASE_URL: url, STEPDOWN_OPEN_MODELS: 'qwen3-8b' };
}

function resultOf(id: string): Played {
  const found = played.get(id);
  if (found === undefined) throw new Error(`${id} was not played`);
  return found;
}

function ownText(id: string): string {
  return id === 'utf8-split-and-crlf' ? CATALOGUE_UNICODE_TEXT : CATALOGUE_TEXT;
}

const attemptsOn = ({ attempts }: Played, tier: string): number => attempts.filter((attempt) => attempt.tier === tier).length;

describe.skipIf(plays.length === 0)('the fault catalogue, from a visitor’s socket to the last word', () => {
  it('plays all 59 wire entries, and each has an expectation', () => {
    expect(plays).toHaveLength(59);
    expect(plays.filter(({ expectation }) => expectation === undefined)).toEqual([]);
    expect(played.size).toBe(59);
  });

  it.each(plays)('[L1] $id leaves the visitor with the promised answer', ({ id, dialect, expectation }) => {
    const { tier, fallback } = PLACES[dialect];
    const result = resultOf(id);
    expect({ tier: result.answer.tier, status: result.answer.status, text: result.answer.text }).toEqual(
      {
        own: { tier, status: 'complete', text: ownText(id) },
        next: { tier: fallback, status: 'complete', text: FALLBACK_TEXT },
        declined: { tier: 'handoff', status: 'complete', text: WORDING.refused },
        continues: { tier, status: 'complete', text: expect.stringMatching(/^You can reset your \S/) },
      }[expectation?.ends ?? 'own'],
    );
  });

  it.each(plays)('[L58] $id shows text of one source at a time, never two glued together', ({ id, expectation }) => {
    const result = resultOf(id);
    for (const text of result.revs.values()) {
      expect(
        [ownText(id), FALLBACK_TEXT].some((source) => source.startsWith(text)),
        `shown: ${text}`,
      ).toBe(true);
    }
    if (expectation?.ends === 'next') expect(result.wasInterrupted).toBe(expectation.showsText);
    if (expectation?.ends === 'next' && expectation.showsText) expect([...result.revs.values()].slice(-2)).toHaveLength(2);
    if (expectation?.ends === 'declined' && expectation.showsText)
      expect(result.messages.some((message) => message.status === 'interrupted')).toBe(true);
    if (expectation?.ends === 'continues') expect(result.messages.at(-1)).toMatchObject({ author: 'system', notice: 'continue' });
    expect(new Set(result.completions)).toEqual(new Set([1]));
  });

  it.each(plays)('[L42] [L50] $id asks as often as the table allows', ({ id, dialect, expectation }) => {
    const result = resultOf(id);
    const made = attemptsOn(result, PLACES[dialect].tier);
    if (expectation?.attempts === 'at-most-2') expect([1, 2]).toContain(made);
    else expect(made).toBe(expectation?.attempts);
    expect(result.attempts.length).toBeLessThanOrEqual(4);
    // SDKs repeat nothing by themselves: the provider saw the turn's attempts, and the probes that confirm a failure until three in a row open the route.
    const seen = provider.hits.get(`${id}/${dialect}/run`) ?? 0;
    expect(seen).toBeLessThanOrEqual(made + 2);
  });

  it.each(plays)('[L43] $id is answered in time', ({ id, expectation }) => {
    if (expectation === undefined) throw new Error('no expectation');
    expect(resultOf(id).finalTextMs).toBeLessThanOrEqual(latestTextMs(expectation));
  });

  it('[T18] sends nothing of a conversation to where a redirect points', () => {
    expect(provider.originTwoHits).toEqual([]);
  });
});

function report(): void {
  const rows = plays.flatMap(({ id, dialect, expectation }) => {
    const result = played.get(id);
    if (result === undefined) return [];
    const trail = result.attempts.map((attempt) => `${attempt.tier} ${attempt.outcome}`).join(', ');
    const seen = provider.hits.get(`${id}/${dialect}/run`) ?? 0;
    const times = [result.firstTextMs, result.finalTextMs, result.completedMs].map((time) => Math.round(time));
    return [[id, expectation?.ends, result.answer.tier, attemptsOn(result, PLACES[dialect].tier), seen, trail, ...times]];
  });
  const head = [
    'fault',
    'expected',
    'answered by',
    'attempts on it',
    'requests (probe included)',
    'trail',
    'first text ms',
    'final text ms',
    'complete ms',
  ];
  const text = table(head, rows);
  console.log(text);
  writeArtifact('catalogue.md', `# Fault catalogue, played through the whole server\n\nDeadlines: ${JSON.stringify(SCALED)}\n\n${text}\n`);
}

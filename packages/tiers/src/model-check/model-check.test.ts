import { type Simulator, startSimulator } from '@stepdown/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWireServer } from '../testing/wire-server.ts';
import { knownRetirement } from './known-retirements.ts';
import { checkModel } from './model-check.ts';

const never = new AbortController().signal;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

describe('model check', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.close());

  function check(tier: 'claude' | 'gpt' | 'open-model', model: string, apiKey = 'sim-key') {
    const baseUrl = { claude: simulator.urls.claude, gpt: simulator.urls.gpt, 'open-model': simulator.urls.openModel }[tier];
    return checkModel(tier, { baseUrl, model, apiKey, connectMs: 1_000, headersMs: 1_000 }, never);
  }

  it('[T37] tells current models', async () => {
    expect(await check('claude', 'claude-opus-5-5')).toEqual({ state: 'ok' });
    expect(await check('gpt', 'gpt-6-luna')).toEqual({ state: 'ok' });
  });

  it('[T37] tells models that end, with dates', async () => {
    expect(await check('claude', 'claude-opus-4-5')).toMatchObject({ state: 'retiring', retiresAt: at('2027-01-22') });
    expect(await check('gpt', 'gpt-4o')).toMatchObject({ state: 'retiring', retiresAt: at('2027-01-14') });
  });

  it('[T37] tells missing models and refused keys', async () => {
    expect(await check('claude', 'claude-nothing')).toEqual({ state: 'missing' });
    expect(await check('gpt', 'gpt-nothing')).toEqual({ state: 'missing' });
    expect(await check('claude', 'claude-opus-5-5', 'wrong')).toMatchObject({ state: 'auth', failure: { reason: 'auth' } });
    expect(await check('gpt', 'gpt-6-luna', 'wrong')).toMatchObject({ state: 'auth', failure: { reason: 'auth' } });
  });

  it.each([
    [
      'retiring',
      { id: 'm', lifecycle: 'deprecated', deprecated_at: '2026-01-01T00:00:00Z', retires_at: null },
      { deprecatedAt: at('2026-01-01') },
    ],
    ['missing', { id: 'm', lifecycle: 'retired', retires_at: '2026-06-30T00:00:00Z' }, { retiresAt: at('2026-06-30') }],
    ['ok', { id: 'm', lifecycle: 'active', deprecated_at: null, retires_at: null }, {}],
    ['unknown', { hello: 'proxy' }, { failure: { reason: 'malformed', detail: 'the answer is no model' } }],
  ])('[T37] is %s for %j', async (state, info, rest) => {
    const server = await startWireServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(info));
    });
    const options = { baseUrl: server.origin, model: 'm', connectMs: 1_000, headersMs: 1_000 };
    expect(await checkModel('claude', options, never)).toEqual({ state, ...rest });
    expect(server.requests[0]?.method).toBe('GET');
    server.close();
  });

  it.each([
    ['ok', ['m', 'other']],
    ['ok', ['some-file.gguf']],
    ['missing', ['one', 'two']],
    ['missing', []],
  ])('[T37] asks a self-hosted server for its list: %s among %j', async (state, names) => {
    const server = await startWireServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data: names.map((id) => ({ id, object: 'model' })) }));
    });
    const options = { baseUrl: server.origin, model: 'm', connectMs: 1_000, headersMs: 1_000 };
    expect(await checkModel('open-model', options, never)).toMatchObject({ state });
    server.close();
  });

  it('[T37] is unknown when nobody answers, and never throws', async () => {
    const options = { baseUrl: 'http://127.0.0.1:9', model: 'm', connectMs: 500, headersMs: 500 };
    for (const tier of ['claude', 'gpt', 'open-model'] as const) {
      expect(await checkModel(tier, options, never)).toMatchObject({ state: 'unknown', failure: { reason: 'unreachable' } });
      expect(await checkModel(tier, options, AbortSignal.abort())).toMatchObject({ state: 'unknown' });
    }
  });

  it('[T37] knows announced ends of models and of their dated snapshots', () => {
    expect(knownRetirement('claude-sonnet-4-5-20250929')).toBe(at('2026-11-30'));
    expect(knownRetirement('gpt-4o-2024-08-06')).toBe(at('2027-01-14'));
    expect(knownRetirement('gpt-5')).toBe(at('2026-12-11'));
    expect(knownRetirement('gpt-5.5')).toBeUndefined();
    expect(knownRetirement('constructor')).toBeUndefined();
  });
});

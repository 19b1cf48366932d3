import Anthropic from '@anthropic-ai/sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultMode } from './provider/fault.ts';
import { type Simulator, startSimulator } from './simulator.ts';
import { askChat, askClaude, DIALECTS, INSTRUCTIONS, QUESTION } from './testing/sdk-calls.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ pace: { firstTokenMs: 0, tokenGapMs: 0 } });
});
afterEach(() => simulator.close());

const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${simulator.urls.control}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
};

describe('refused', () => {
  it('[S23] closes the port, kept-alive connections too, and opens the same port again', async () => {
    const ask = () => askClaude(simulator.urls.claude, 'hello');
    expect((await ask()).error).toBeNull();
    await simulator.control.set('claude', { mode: 'refused' });
    expect(simulator.control.state().providers.claude).toMatchObject({ mode: 'refused', isListening: false });
    expect((await ask()).error).toMatchObject({ message: 'Connection error.' });
    expect((await askChat(simulator.urls.openModel, 'hello')).error).toBeNull();
    await simulator.control.set('claude', { mode: 'healthy' });
    expect((await ask()).error).toBeNull();
  });

  it('[S23] lets an answer in flight finish, and its connection die then', async () => {
    simulator.control.setPace({ tokenGapMs: 2 });
    const heard = await askClaude(simulator.urls.claude, QUESTION, {
      instructions: INSTRUCTIONS,
      onText: () => void simulator.control.set('claude', { mode: 'refused' }),
    });
    expect(heard).toMatchObject({ terminal: 'end_turn', error: null });
    expect((await askClaude(simulator.urls.claude, 'hello')).error).not.toBeNull();
  });
});

describe.each(DIALECTS)('in flight: $dialect', ({ ask, urlOf, provider, done }) => {
  /** Asks, and switches the fault on at the first text. */
  const interrupt = async (mode: FaultMode, interruptInFlight = true) => {
    simulator.control.setPace({ tokenGapMs: 3 });
    const controller = new AbortController();
    let isSet = false;
    const heard = await ask(urlOf(simulator), QUESTION, {
      instructions: INSTRUCTIONS,
      signal: controller.signal,
      onText: (text) => {
        if (isSet || text === '') return;
        isSet = true;
        void simulator.control.set(provider, { mode, interruptInFlight });
        if (mode === 'stall') setTimeout(() => controller.abort(), 100);
      },
    });
    return { heard, record: simulator.requests(provider).at(-1) };
  };

  it.each<FaultMode>(['cut', 'reset', 'refused', 'stall', 'overloaded'])('[S24] %s breaks the answer being streamed', async (mode) => {
    const { heard, record } = await interrupt(mode);
    expect(heard.terminal).toBeNull();
    expect(heard.text).not.toBe('');
    expect(heard.error === null).toBe(mode === 'cut' || mode === 'stall');
    expect(record).toMatchObject({ outcome: 'interrupted', fault: 'healthy' });
  });

  it('[S24] leaves it alone unless asked', async () => {
    expect((await interrupt('cut', false)).heard.terminal).toBe(done);
    await simulator.control.reset();
    expect((await interrupt('slow')).heard.terminal).toBe(done);
  });
});

describe('faults', () => {
  it.each([
    [{ mode: 'nonsense' }, 'mode "nonsense" is unknown'],
    [{ mode: 'cut', afterToken: 1 }, 'fault field "afterToken" is unknown'],
    [{ mode: 'cut', share: 1.1 }, 'share must be a number from 0 to 1'],
    [{ mode: 'cut', times: -1 }, 'times must be a number from 0 up'],
    [{ mode: 'overloaded', status: 200 }, 'status must be from 400 to 599'],
    [{ mode: 'cut', match: 4 }, 'match must be text'],
    [{ mode: 'cut', models: 'a' }, 'models must be a list'],
    [{ mode: 'stall', keepsAlive: 'yes' }, 'keepsAlive must be true or false'],
    [{ mode: 'refused', times: 1 }, 'a closed port refuses everyone'],
    ['cut', 'a fault is an object'],
  ])('[S25] refuse %j', async (fault, message) => {
    const answer = await call('PUT', '/control/claude', fault);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(message);
    expect(simulator.control.state().providers.claude.mode).toBe('healthy');
  });

  it('[S22] play the first of several that applies', async () => {
    await call('PUT', '/control/open-model', [
      { mode: 'overloaded', match: 'one' },
      { mode: 'bad-key', match: 'two' },
    ]);
    const statusOf = async (question: string) => (await askChat(simulator.urls.openModel, question)).error;
    expect(await statusOf('one')).toMatchObject({ status: 503 });
    expect(await statusOf('two')).toMatchObject({ status: 401 });
    expect(await statusOf('three')).toBeNull();
  });

  it('[S22] hit model look-ups only when the whole route is affected', async () => {
    const look = () =>
      new Anthropic({ baseURL: simulator.urls.claude, apiKey: 'sim-test', maxRetries: 0 }).models.retrieve('claude-opus-5-5').then(
        () => 200,
        (cause: { status: number }) => cause.status,
      );
    await simulator.control.set('claude', { mode: 'cut' });
    expect(await look()).toBe(200);
    await simulator.control.set('claude', { mode: 'overloaded' });
    expect(await look()).toBe(529);
    await simulator.control.set('claude', { mode: 'overloaded', times: 1 });
    expect(await look()).toBe(200);
    await simulator.control.set('claude', { mode: 'not-found', models: ['claude-opus-5-5'] });
    expect(await look()).toBe(404);
  });

  it('[S22] [S29] draw a share from the seed, the same again after reset', async () => {
    const draw = async () => {
      await simulator.control.set('open-model', { mode: 'server-error', share: 0.5 });
      const failed: boolean[] = [];
      for (let index = 0; index < 20; index += 1) failed.push((await askChat(simulator.urls.openModel, 'hello')).error !== null);
      return failed;
    };
    const first = await draw();
    expect(first.filter(Boolean).length).toBeGreaterThan(4);
    expect(first.filter(Boolean).length).toBeLessThan(16);
    await simulator.control.reset();
    expect(await draw()).toEqual(first);
  });
});

describe('control over HTTP', () => {
  it('[S26] sets and shows faults and pace', async () => {
    const set = await call('PUT', '/control/openModel', { mode: 'stall', afterTokens: 2 });
    expect(set.body.providers['open-model']).toMatchObject({ mode: 'stall', isListening: true, baseUrl: simulator.urls.openModel });
    await call('PUT', '/control/pace', { tokenGapMs: 9 });
    expect((await call('GET', '/control/state')).body.pace).toEqual({ firstTokenMs: 0, tokenGapMs: 9 });
    expect((await call('PUT', '/control/pace', { tokenGapMs: -1 })).status).toBe(400);
    expect((await call('PUT', '/control/mistral', { mode: 'cut' })).body.error).toContain('provider "mistral" is unknown');
    expect((await call('GET', '/control/nothing')).status).toBe(404);
  });

  it('[S28] shows requests with masked keys', async () => {
    await askClaude(simulator.urls.claude, 'hello', { apiKey: 'sim-very-secret' });
    await askChat(simulator.urls.openModel, 'hello');
    const { body } = await call('GET', '/control/requests?provider=claude');
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({
      path: '/v1/messages',
      method: 'POST',
      model: 'claude-haiku-5-5',
      outcome: 'completed',
      fault: 'healthy',
      headers: { authorization: 'Bearer sim-****' },
      body: { messages: [{ role: 'user', content: 'hello' }] },
    });
    expect(body[0].tokensSent).toBeGreaterThan(1);
    expect(JSON.stringify(body)).not.toContain('very-secret');
    expect((await call('GET', '/control/requests')).body).toHaveLength(2);
  });

  it('[S28] records a wrong request as rejected and a vanished client as aborted', async () => {
    await askClaude(simulator.urls.claude, 'hello', { model: 'claude-nope' });
    expect(simulator.requests('claude').at(-1)).toMatchObject({ outcome: 'rejected', model: 'claude-nope' });
    simulator.control.setPace({ tokenGapMs: 5 });
    const controller = new AbortController();
    await askClaude(simulator.urls.claude, QUESTION, {
      instructions: INSTRUCTIONS,
      signal: controller.signal,
      onText: () => controller.abort(),
    });
    await expect.poll(() => simulator.requests('claude').at(-1)?.outcome).toBe('aborted');
    expect(simulator.control.state().providers.claude.inFlightCount).toBe(0);
  });

  it('[S29] forgets everything on reset', async () => {
    await askClaude(simulator.urls.claude, 'hello');
    await simulator.control.set('claude', { mode: 'refused' });
    simulator.control.setStatusPage('claude', { indicator: 'critical' });
    const { body } = await call('POST', '/control/reset');
    expect(body.providers.claude).toMatchObject({ mode: 'healthy', isListening: true, requestCount: 0 });
    expect(body.statusPages.claude.indicator).toBe('none');
  });

  it('[S27] answers this machine only', async () => {
    expect((await call('GET', '/control/state', undefined, { origin: 'https://evil.example' })).status).toBe(403);
    const local = await call('GET', '/control/state', undefined, { origin: 'http://localhost:3000' });
    expect(local.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    const preflight = await fetch(`${simulator.urls.control}/control/claude`, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:3000' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
  });
});

describe('status pages', () => {
  const summary = async (page: 'claude' | 'openai' | 'openai-incident-io') => {
    const response = await fetch(`${simulator.urls.statusPages[page]}/api/v2/summary.json`);
    return { status: response.status, body: await response.json() };
  };

  it('[S30] are green by themselves, whatever the API does', async () => {
    await simulator.control.set('claude', { mode: 'refused' });
    const { body } = await summary('claude');
    expect(body.status).toEqual({ indicator: 'none', description: 'All Systems Operational' });
    expect(body.components.map((component: { name: string }) => component.name)).toContain('Claude API (api.anthropic.com)');
    expect(body.incidents).toEqual([]);
  });

  it('[S30] show what the control sets', async () => {
    await call('PUT', '/control/status-pages/openai-incident-io', {
      indicator: 'major',
      components: { Responses: 'partial_outage' },
      incident: { name: 'Elevated errors' },
    });
    const { body } = await summary('openai-incident-io');
    expect(body.status.indicator).toBe('major');
    expect(body.components.find((component: { name: string }) => component.name === 'Responses').status).toBe('partial_outage');
    expect(body.incidents).toMatchObject([{ name: 'Elevated errors', status: 'investigating' }]);
    expect((await summary('openai')).body.status.indicator).toBe('none');
  });

  it('[S30] fail when told to, and refuse what no page shows', async () => {
    simulator.control.setStatusPage('openai', { failsWith: 503 });
    expect((await summary('openai')).status).toBe(503);
    const wrong = await call('PUT', '/control/status-pages/openai', { components: { Sora: 'operational' } });
    expect(wrong.body.error).toContain('component "Sora" is unknown');
  });
});

describe('closing', () => {
  it('[S31] drops streams, silences and ports', async () => {
    await simulator.control.set('claude', { mode: 'silent' });
    await simulator.control.set('open-model', { mode: 'stall', keepsAlive: true });
    const silent = askClaude(simulator.urls.claude, 'hello');
    const stalled = askChat(simulator.urls.openModel, QUESTION, { instructions: INSTRUCTIONS });
    await expect.poll(() => simulator.requests().length).toBe(2);
    await simulator.close();
    expect((await silent).error).not.toBeNull();
    expect((await stalled).error).not.toBeNull();
    expect((await askChat(simulator.urls.openModel, 'hello')).error).not.toBeNull();
  });
});

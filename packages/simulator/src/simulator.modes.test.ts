import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from './provider/fault.ts';
import { type Simulator, startSimulator } from './simulator.ts';
import { type AskOptions, DIALECTS, INSTRUCTIONS, QUESTION } from './testing/sdk-calls.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ pace: { firstTokenMs: 0, tokenGapMs: 0 } });
});
afterEach(() => simulator.control.reset());
afterAll(() => simulator.close());

describe.each(DIALECTS)('$dialect', ({ ask, urlOf, done, provider, dialect }) => {
  const askWith = async (fault: Fault, options: AskOptions = {}) => {
    await simulator.control.set(provider, fault);
    return ask(urlOf(simulator), QUESTION, { instructions: INSTRUCTIONS, ...options });
  };
  const isClaude = provider === 'claude';
  const lastRecord = () => simulator.requests(provider).at(-1);

  it.each<[Fault, number]>([
    [{ mode: 'overloaded' }, isClaude ? 529 : 503],
    [{ mode: 'overloaded', status: 503 }, 503],
    [{ mode: 'server-error' }, 500],
    [{ mode: 'server-error', status: 502 }, 502],
    [{ mode: 'rate-limited' }, 429],
    [{ mode: 'quota' }, 429],
    [{ mode: 'billing' }, isClaude ? 402 : 429],
    [{ mode: 'bad-key' }, 401],
    [{ mode: 'forbidden' }, 403],
    [{ mode: 'not-found' }, 404],
    [{ mode: 'context-too-long' }, 400],
  ])('[S20] %o answers with status %i', async (fault, status) => {
    expect((await askWith(fault)).error).toMatchObject({ status });
    expect(lastRecord()).toMatchObject({ outcome: 'faulted', fault: fault.mode });
  });

  it('[S20] rate-limited sends retry-after', async () => {
    const headerOf = async (fault: Fault) => {
      const { error } = await askWith(fault);
      return error instanceof Error && 'headers' in error && error.headers instanceof Headers
        ? error.headers.get('retry-after')
        : undefined;
    };
    expect(await headerOf({ mode: 'rate-limited' })).toBe('7');
    expect(await headerOf({ mode: 'rate-limited', retryAfterSeconds: 2 })).toBe('2');
    expect(await headerOf({ mode: 'rate-limited', retryAfterSeconds: 0 })).toBeNull();
  });

  it.each<[Fault, string]>([
    [{ mode: 'refused' }, 'ECONNREFUSED'],
    [{ mode: 'reset-before-headers' }, 'ECONNRESET'],
  ])('[S20] %o fails to connect with %s', async (fault, code) => {
    const { error } = await askWith(fault);
    expect(causes(error)).toContain(code);
  });

  it('[S20] silent accepts and never answers', async () => {
    const heard = await askWith({ mode: 'silent' }, { timeoutMs: 40 });
    expect(heard.error).toMatchObject({ message: 'Request timed out.' });
    await expect.poll(() => lastRecord()?.outcome).toBe('aborted');
  });

  it('[S20] slow holds back the first text and then completes', async () => {
    const startedAt = performance.now();
    let firstAfterMs = 0;
    const heard = await askWith(
      { mode: 'slow', firstTokenMs: 60 },
      { onText: (text) => (firstAfterMs ||= text === '' ? 0 : performance.now() - startedAt) },
    );
    expect(heard).toMatchObject({ terminal: done, error: null });
    expect(firstAfterMs).toBeGreaterThan(50);
    expect(lastRecord()).toMatchObject({ outcome: 'completed', fault: 'slow' });
  });

  it('[S20] trickle spaces the text', async () => {
    const startedAt = performance.now();
    const heard = await askWith({ mode: 'trickle', tokenGapMs: 4 });
    expect(heard.terminal).toBe(done);
    expect(performance.now() - startedAt).toBeGreaterThan(40);
  });

  it('[S20] cut ends cleanly in the middle, without a terminal event', async () => {
    const heard = await askWith({ mode: 'cut', afterTokens: 4 });
    expect(heard).toMatchObject({ terminal: null, error: null });
    expect(heard.text.length).toBeGreaterThan(4);
    expect(lastRecord()).toMatchObject({ outcome: 'faulted', tokensSent: 4 });
  });

  it('[S21] cut leaves at least one token out', async () => {
    const heard = await askWith({ mode: 'cut', afterTokens: 1000 });
    expect(heard.terminal).toBeNull();
    expect(heard.text).not.toContain('returns-window]');
    expect(heard.text).toContain('30 days');
  });

  it('[S20] stall goes silent after some text', async () => {
    const controller = new AbortController();
    const heard = await askWith(
      { mode: 'stall', afterTokens: 2 },
      { signal: controller.signal, onText: () => setTimeout(() => controller.abort(), 30) },
    );
    expect(heard.terminal).toBeNull();
    expect(heard.text.length).toBeGreaterThan(2);
    await expect.poll(() => lastRecord()).toMatchObject({ outcome: 'aborted', fault: 'stall', tokensSent: 2 });
  });

  it('[S20] reset breaks the connection after some text', async () => {
    const heard = await askWith({ mode: 'reset', afterTokens: 2 });
    expect(causes(heard.error)).toContain('ECONNRESET');
    expect(heard.text.length).toBeGreaterThan(2);
  });

  it('[S20] error-event tells an error inside the stream', async () => {
    const heard = await askWith({ mode: 'error-event', afterTokens: 2 });
    expect(heard.error).toMatchObject(isClaude ? { type: 'overloaded_error' } : { code: 'server_error' });
    expect(heard.text.length).toBeGreaterThan(2);
  });

  it('[S20] malformed breaks one delta', async () => {
    const heard = await askWith({ mode: 'malformed', afterTokens: 2 });
    expect(heard.error).toBeInstanceOf(SyntaxError);
    expect(heard.text.length).toBeGreaterThan(2);
  });

  it.each<Fault>([{ mode: 'html-200' }, { mode: 'empty-body' }])('[S20] %o is a success without events', async (fault) => {
    expect(await askWith(fault)).toMatchObject({ text: '', terminal: null, error: null });
  });

  it('[S20] empty ends properly without text', async () => {
    expect(await askWith({ mode: 'empty' })).toMatchObject({ text: '', terminal: done, error: null });
  });

  it('[S20] refusal declines', async () => {
    const heard = await askWith({ mode: 'refusal' });
    expect(heard.text).toBe("I can't help with that.");
    expect(heard.terminal).toBe(isClaude ? 'refusal' : done);
  });

  it('[S20] content-filter stops the text', async () => {
    const terminal = { anthropic: 'refusal', 'openai-responses': 'response.incomplete', 'openai-chat': 'content_filter' }[dialect];
    expect(await askWith({ mode: 'content-filter' })).toMatchObject({ terminal });
  });

  it('[S20] output-limit stops the text', async () => {
    const terminal = { anthropic: 'max_tokens', 'openai-responses': 'response.incomplete', 'openai-chat': 'length' }[dialect];
    expect(await askWith({ mode: 'output-limit', afterTokens: 2 })).toMatchObject({ terminal });
    expect(lastRecord()?.tokensSent).toBe(2);
  });

  it('[S20] no-done still finishes the answer', async () => {
    expect(await askWith({ mode: 'no-done' })).toMatchObject({ terminal: done, error: null });
  });

  it('[S22] times ends by itself', async () => {
    expect((await askWith({ mode: 'server-error', times: 2 })).error).toMatchObject({ status: 500 });
    const again = () => ask(urlOf(simulator), QUESTION, { instructions: INSTRUCTIONS });
    expect((await again()).error).toMatchObject({ status: 500 });
    expect((await again()).error).toBeNull();
    expect(simulator.control.state().providers[provider].mode).toBe('healthy');
  });

  it('[S22] match and models choose their requests', async () => {
    expect((await askWith({ mode: 'server-error', match: 'RETURN an' })).error).toMatchObject({ status: 500 });
    expect((await ask(urlOf(simulator), 'hello')).error).toBeNull();
    expect((await askWith({ mode: 'not-found', models: ['another'] })).error).toBeNull();
  });
});

describe('requests that do not stream', () => {
  it.each<Fault>([{ mode: 'cut' }, { mode: 'reset' }, { mode: 'malformed' }, { mode: 'error-event' }])(
    '[S21] get half an answer with %o',
    async (fault) => {
      await simulator.control.set('gpt', fault);
      const call = fetch(`${simulator.urls.gpt}/responses`, {
        method: 'POST',
        headers: { authorization: 'Bearer sim-test' },
        body: JSON.stringify({ model: 'gpt-6-luna', input: QUESTION }),
      }).then((response) => response.json());
      await expect(call).rejects.toThrow(fault.mode === 'reset' ? 'terminated' : /JSON/);
    },
  );
});

/** Codes and names along the chain of causes. */
function causes(error: unknown): string[] {
  const found: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    found.push('code' in cause ? String(cause.code) : cause.name);
  }
  return found;
}

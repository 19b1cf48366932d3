import { FAILURE_REASONS, type FailureReason } from '@stepdown/kernel';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from './turn-invariants.ts';
import { complete, ends, fails, route, type Scene, stage, text } from './turn-testing.ts';

const ROUTES = [route('claude-1', { credentialId: 'key' }), route('claude-2', { credentialId: 'key' }), route('gpt-1')];
const answers = { steps: [text('An answer'), complete()] };

/** Plays a first route that fails once or for ever, and tells which routes were asked. */
async function play(first: Scene['scripts'][string], more: Partial<Scene> = {}) {
  const scene: Scene = { routes: ROUTES, scripts: { 'claude-1': first, 'claude-2': [answers], 'gpt-1': [answers] }, ...more };
  const run = stage(scene);
  await run.finish();
  expect(brokenPromises(scene, run)).toEqual([]);
  return { run, asked: run.attempts.map(({ routeId }) => routeId) };
}

/** What one failure of the first route leads to: the routes asked. */
const TABLE: Readonly<Record<FailureReason, { asked: readonly string[] }>> = {
  aborted: { asked: ['claude-1', 'claude-2'] },
  internal: { asked: ['claude-1', 'claude-2'] },
  rejected: { asked: ['claude-1', 'claude-2'] },
  'context-too-long': { asked: ['claude-1', 'claude-1'] },
  auth: { asked: ['claude-1', 'gpt-1'] },
  quota: { asked: ['claude-1', 'gpt-1'] },
  'model-missing': { asked: ['claude-1', 'claude-2'] },
  'rate-limited': { asked: ['claude-1', 'claude-2'] },
  unreachable: { asked: ['claude-1', 'claude-1'] },
  'server-error': { asked: ['claude-1', 'claude-1'] },
  overloaded: { asked: ['claude-1', 'claude-2'] },
  misdirected: { asked: ['claude-1', 'claude-2'] },
  'connect-timeout': { asked: ['claude-1', 'gpt-1'] },
  'headers-timeout': { asked: ['claude-1', 'gpt-1'] },
  'first-text-timeout': { asked: ['claude-1', 'gpt-1'] },
  stalled: { asked: ['claude-1', 'gpt-1'] },
  trickle: { asked: ['claude-1', 'gpt-1'] },
  'answer-timeout': { asked: ['claude-1', 'claude-2'] },
  cut: { asked: ['claude-1', 'claude-2'] },
  malformed: { asked: ['claude-1', 'claude-2'] },
  empty: { asked: ['claude-1', 'claude-2'] },
  'stream-error': { asked: ['claude-1', 'claude-2'] },
};

describe('[L49] the outcome table decides what is asked next', () => {
  it.each(FAILURE_REASONS)('before any text: %s', async (reason) => {
    const { run, asked } = await play([{ steps: [fails(reason)] }, answers]);
    expect(asked).toEqual(TABLE[reason].asked);
    expect(run.result).toMatchObject({ kind: 'answered', routeId: asked.at(-1), rev: 1 });
    expect(run.signals.map(({ outcome }) => outcome.kind)).toEqual(['failed', 'ok']);
  });

  it.each(FAILURE_REASONS)('after text nothing is repeated: %s', async (reason) => {
    const { run, asked } = await play([{ steps: [text('Half an'), fails(reason, 0, { retryAfterMs: 1 })] }]);
    const next = TABLE[reason].asked.at(-1) === 'gpt-1' || reason === 'unreachable' ? 'gpt-1' : 'claude-2';
    expect(asked).toEqual(['claude-1', next]);
    expect(run.result).toMatchObject({ kind: 'answered', routeId: next, rev: 2 });
  });

  it('[L66] a silence puts the other models of the house last, so that its deadline is paid once', async () => {
    const silent = { steps: [fails('headers-timeout', 6_000)] };
    const { run, asked } = await play([silent], {
      scripts: { 'claude-1': [silent], 'gpt-1': [{ steps: [fails('overloaded')] }], 'claude-2': [answers] },
    });
    expect(asked).toEqual(['claude-1', 'gpt-1', 'claude-2']);
    expect(run.result).toMatchObject({ kind: 'answered', routeId: 'claude-2' });
  });

  it('an abort that nobody asked for is our own bug, never a silent turn', async () => {
    const { run } = await play([{ steps: [fails('aborted')] }]);
    expect(run.signals[0]?.outcome).toMatchObject({ kind: 'failed', failure: { reason: 'internal' } });
  });
});

describe('[L50] one retry', () => {
  it('comes after 100–300 ms, and a second failure moves on', async () => {
    const { run, asked } = await play([{ steps: [fails('server-error')] }]);
    expect(asked).toEqual(['claude-1', 'claude-1', 'claude-2']);
    const gap = (run.attempts[1]?.startedMs ?? 0) - (run.attempts[0]?.startedMs ?? 0);
    expect(gap).toBeGreaterThanOrEqual(100);
    expect(gap).toBeLessThanOrEqual(300);
  });

  it.each([
    [0, 100],
    [0.999_999, 300],
  ])('draws its delay: random %d gives %d ms', async (random, delayMs) => {
    const { run } = await play([{ steps: [fails('unreachable')] }, answers], { ports: { random: () => random } });
    expect(run.attempts[1]?.startedMs).toBe(delayMs);
  });

  it('is not taken when the budget is empty', async () => {
    const { asked } = await play([{ steps: [fails('server-error')] }], { ports: { takeRetry: () => false } });
    expect(asked).toEqual(['claude-1', 'claude-2']);
  });

  it('takes nothing out of the budget for a route that has opened meanwhile', async () => {
    let taken = 0;
    const takeRetry = (): boolean => {
      taken += 1;
      return true;
    };
    let isOpen = false;
    const isStillAllowed = (id: string): boolean => !(isOpen && id === 'claude-1');
    const report = (): void => {
      isOpen = true;
    };
    const { asked } = await play([{ steps: [fails('server-error')] }], { ports: { takeRetry, isStillAllowed, report } });
    expect(asked).toEqual(['claude-1', 'claude-2']);
    expect(taken).toBe(0);
  });

  it('counts once a turn on health, however often the route failed', async () => {
    const { run } = await play([{ steps: [fails('server-error')] }]);
    expect(run.signals.map(({ routeId, outcome }) => [routeId, outcome.kind])).toEqual([
      ['claude-1', 'failed'],
      ['claude-2', 'ok'],
    ]);
  });

  it('but a latch found by the retry is news', async () => {
    const { run, asked } = await play([{ steps: [fails('server-error')] }, { steps: [fails('auth')] }]);
    expect(asked).toEqual(['claude-1', 'claude-1', 'gpt-1']);
    expect(run.signals.map(({ outcome }) => outcome.kind)).toEqual(['failed', 'failed', 'ok']);
  });
});

describe('[L51] a short rate limit is waited out once', () => {
  it.each([
    [0, ['claude-1', 'claude-1'], 0],
    [2_000, ['claude-1', 'claude-1'], 2_000],
    [2_001, ['claude-1', 'claude-2'], 0],
    [undefined, ['claude-1', 'claude-2'], 0],
  ])('retry-after %s ms', async (retryAfterMs, asks, startedMs) => {
    const { run, asked } = await play([{ steps: [fails('rate-limited', 0, retryAfterMs === undefined ? {} : { retryAfterMs })] }, answers]);
    expect(asked).toEqual(asks);
    expect(run.attempts[1]?.startedMs).toBe(startedMs);
  });

  it('the second one moves on', async () => {
    const { asked } = await play([{ steps: [fails('rate-limited', 0, { retryAfterMs: 100 })] }]);
    expect(asked).toEqual(['claude-1', 'claude-1', 'claude-2']);
  });
});

describe('[L52] a question too long for the context', () => {
  const tooLong = { steps: [fails('context-too-long')] };

  it('is resent trimmed, once in a turn, and stays trimmed', async () => {
    const { run, asked } = await play([tooLong], { scripts: { 'claude-1': [tooLong], 'claude-2': [tooLong], 'gpt-1': [answers] } });
    expect(asked).toEqual(['claude-1', 'claude-1', 'claude-2', 'gpt-1']);
    expect(run.attempts.map(({ options }) => options.isTrimmed)).toEqual([false, true, true, true]);
  });

  it('fits a route with a single place', async () => {
    const taken = new Set<string>();
    const admit = (id: string): (() => void) | undefined => {
      if (taken.has(id)) return undefined;
      taken.add(id);
      return () => void taken.delete(id);
    };
    const { asked } = await play([tooLong, answers], { ports: { admit } });
    expect(asked).toEqual(['claude-1', 'claude-1']);
    expect(taken.size).toBe(0);
  });
});

describe('[L54] a refusal', () => {
  it.each([
    ['before text', [], false],
    ['after text', [text('I must')], true],
  ])('ends the turn %s; no other model is asked', async (_, said, hasVisibleText) => {
    const { run, asked } = await play([{ steps: [...said, ends({ kind: 'refused' })] }]);
    expect(asked).toEqual(['claude-1']);
    expect(run.result).toEqual({ kind: 'refused', routeId: 'claude-1', hasVisibleText });
    expect(run.signals.map(({ outcome }) => outcome.kind)).toEqual(['ok']);
  });
});

describe('[L55] how an answer ends', () => {
  it('is truncated at the output limit', async () => {
    const { run } = await play([{ steps: [text('Long'), ends({ kind: 'output-limit' })] }]);
    expect(run.result).toMatchObject({ kind: 'answered', isTruncated: true });
  });

  it('names the model that answered and its sources', async () => {
    const end = { type: 'end', outcome: { kind: 'complete' }, model: 'other-model', sourceIds: ['returns'] } as const;
    const { run } = await play([{ steps: [text('Yes'), { event: end }] }]);
    expect(run.result).toMatchObject({ kind: 'answered', model: 'other-model', sourceIds: ['returns'], isTruncated: false });
  });

  it.each(['complete', 'output-limit'] as const)('%s without visible text is an empty answer', async (kind) => {
    const { run, asked } = await play([{ steps: [text(' \n'), ends({ kind })] }]);
    expect(asked).toEqual(['claude-1', 'claude-2']);
    expect(run.signals[0]?.outcome).toMatchObject({ kind: 'failed', failure: { reason: 'empty' } });
  });
});

describe('[L41] the plan', () => {
  const floor = (cause: string) => ({ kind: 'floor', hasVisibleText: false, cause });

  it('without routes goes to the floor at once', async () => {
    const { run } = await play([], { routes: [] });
    expect(run.result).toEqual(floor('no-route'));
    expect(run.elapsedMs).toBe(0);
  });

  it('skips routes that have opened or are full', async () => {
    const isStillAllowed = (id: string): boolean => id !== 'claude-1';
    const admit = (id: string): (() => void) | undefined => (id === 'claude-2' ? undefined : () => undefined);
    const { asked } = await play([answers], { ports: { isStillAllowed, admit } });
    expect(asked).toEqual(['gpt-1']);
    const { run } = await play([answers], { ports: { isStillAllowed: () => false } });
    expect(run.result).toEqual(floor('no-route'));
  });

  it('is used up', async () => {
    const broken = { steps: [fails('overloaded')] };
    const { run, asked } = await play([], { scripts: { 'claude-1': [broken], 'claude-2': [broken], 'gpt-1': [broken] } });
    expect(asked).toEqual(['claude-1', 'claude-2', 'gpt-1']);
    expect(run.result).toEqual(floor('exhausted'));
  });

  it('[L42] ends after 4 network attempts', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const { run, asked } = await play([], {
      routes: ids.map((id) => route(id)),
      scripts: Object.fromEntries(ids.map((id) => [id, [{ steps: [fails('overloaded')] }]])),
    });
    expect(asked).toEqual(['a', 'b', 'c', 'd']);
    expect(run.result).toEqual(floor('exhausted'));
  });

  it('[L53] leaves every route of a refused credential', async () => {
    const { asked } = await play([{ steps: [fails('quota')] }]);
    expect(asked).toEqual(['claude-1', 'gpt-1']);
  });
});

import type { AnswerEvent } from '@stepdown/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { brokenPromises } from './turn-invariants.ts';
import { complete, fails, hangs, headers, route, type Scene, type SourceScript, stage, text } from './turn-testing.ts';

const ROUTES = [route('claude'), route('gpt')];
const answers = { steps: [text('An answer'), complete()] };
const unhandled: unknown[] = [];
const noteUnhandled = (cause: unknown): void => void unhandled.push(cause);

beforeEach(() => void process.on('unhandledRejection', noteUnhandled));
afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', noteUnhandled);
  expect(unhandled.splice(0)).toEqual([]);
});

async function play(first: SourceScript, more: Partial<Scene> = {}) {
  const scene: Scene = { routes: ROUTES, scripts: { claude: [first], gpt: [answers] }, ...more };
  const run = stage(scene);
  await run.finish();
  const said = run.effects.length;
  await run.advance(60_000);
  expect(run.effects.length).toBe(said);
  expect(brokenPromises(scene, run)).toEqual([]);
  return run;
}

describe('[L62] a source is not trusted', () => {
  it.each<[string, SourceScript, string]>([
    ['throws before the stream', { steps: [], throwsAtOnce: true }, 'internal'],
    ['throws in the stream', { steps: [headers, { throws: 'broke', afterMs: 10 }] }, 'internal'],
    ['throws after text', { steps: [text('Half'), { throws: 'broke' }] }, 'internal'],
    ['finishes without an end', { steps: [text('Half'), { finishes: true }] }, 'cut'],
    ['never ends', { steps: [text('Half'), hangs] }, 'stalled'],
    ['says that we aborted it', { steps: [fails('aborted')] }, 'internal'],
  ])('that %s', async (_, script, reason) => {
    const run = await play(script);
    expect(run.signals[0]?.outcome).toMatchObject({ kind: 'failed', failure: { reason } });
    expect(run.result).toMatchObject({ kind: 'answered', routeId: 'gpt' });
  });

  it('that ends twice or goes on after its end is heard once', async () => {
    const run = await play({ steps: [text('Yes.'), complete(), text('GHOST'), fails('cut'), complete()], ignoresAbort: true });
    expect(run.result).toMatchObject({ kind: 'answered', routeId: 'claude' });
    expect(JSON.stringify(run.effects)).not.toContain('GHOST');
  });

  it('that goes on after the abort is not heard', async () => {
    const run = await play({ steps: [headers, text('GHOST', 8_500), complete()], ignoresAbort: true });
    expect(run.result).toMatchObject({ routeId: 'gpt' });
    expect(JSON.stringify(run.effects)).not.toContain('GHOST');
  });

  it.each(['throwing', 'rejecting', 'never'] as const)('is closed without waiting, even if closing is %s', async (closes) => {
    const run = await play({ steps: [headers, hangs], closes, ignoresAbort: true });
    expect(run.attempts[0]).toMatchObject({ isClosed: true, signal: { aborted: true } });
    expect(run.result).toMatchObject({ routeId: 'gpt' });
  });

  it('works with an async generator, which runs its cleanup', async () => {
    let isCleanedUp = false;
    async function* stream(): AsyncGenerator<AnswerEvent> {
      try {
        yield { type: 'delta', text: 'Hi' };
        yield { type: 'end', outcome: { kind: 'complete' } };
        yield { type: 'delta', text: 'GHOST' };
      } finally {
        isCleanedUp = true;
      }
    }
    const run = stage({ routes: [route('claude')], scripts: {}, ports: { attempt: stream } });
    expect(await run.finish()).toMatchObject({ kind: 'answered' });
    await run.advance(0);
    expect(isCleanedUp).toBe(true);
  });
});

describe('[L40] the face of a turn', () => {
  it('does nothing before startTurn has returned', async () => {
    const run = stage({ routes: [], scripts: {} });
    expect(run.effects).toEqual([]);
    await run.finish();
    expect(run.effects.map(({ type }) => type)).toEqual(['turn.ended']);
  });
});

describe('[L64] the attempt trail', () => {
  it('names every attempt with its times', async () => {
    const run = await play({ steps: [headers, text('Half', 120), fails('cut', 30)] });
    expect(run.effects.filter(({ type }) => type.startsWith('attempt'))).toEqual([
      {
        type: 'attempt.started',
        attemptId: 'trn_1.1',
        routeId: 'claude',
        tier: 'claude',
        model: 'claude-model',
        isHedge: false,
        at: run.clock.now() - 60_150,
      },
      {
        type: 'attempt.ended',
        attemptId: 'trn_1.1',
        routeId: 'claude',
        outcome: { kind: 'failed', failure: { reason: 'cut', detail: 'scripted cut' } },
        firstTextMs: 120,
        durationMs: 150,
      },
      {
        type: 'attempt.started',
        attemptId: 'trn_1.2',
        routeId: 'gpt',
        tier: 'gpt',
        model: 'gpt-model',
        isHedge: false,
        at: run.clock.now() - 60_000,
      },
      { type: 'attempt.ended', attemptId: 'trn_1.2', routeId: 'gpt', outcome: { kind: 'complete' }, firstTextMs: 0, durationMs: 0 },
    ]);
    expect(run.signals[0]).toMatchObject({ routeId: 'claude', from: 'turn', sourceId: 'trn_1', firstTextMs: 120 });
  });

  it('[L63] reports a failure before the next route is asked', async () => {
    const order: string[] = [];
    const ports = {
      report: () => void order.push('report'),
      isStillAllowed: (id: string): boolean => order.push(id) > 0,
    };
    await play({ steps: [fails('auth')] }, { ports });
    expect(order.slice(0, 3)).toEqual(['claude', 'report', 'gpt']);
  });
});

describe('[L65] a port that throws', () => {
  const broken = (): never => {
    throw new Error('port broke');
  };

  it.each(['report', 'takeRetry', 'admit', 'isStillAllowed'] as const)('%s: everything is stopped and done rejects', async (name) => {
    const run = stage({ routes: ROUTES, scripts: { claude: [{ steps: [fails('server-error')] }] }, ports: { [name]: broken } });
    await run.finish();
    expect(run.error).toMatchObject({ message: 'port broke' });
    expect(run.openTimers).toBe(0);
    expect(run.attempts.every(({ signal }) => signal.aborted)).toBe(true);
  });

  it.each(['attempt.started', 'answer.delta', 'attempt.ended', 'turn.ended'])('onEffect at %s: no effect follows', async (type) => {
    const scene: Scene = {
      routes: ROUTES,
      scripts: { claude: [answers] },
      onEffect: (effect) => (effect.type === type ? broken() : undefined),
    };
    const run = stage(scene);
    await run.finish();
    expect(run.error).toMatchObject({ message: 'port broke' });
    expect(run.effects.at(-1)?.type).toBe(type);
    expect(run.openTimers).toBe(0);
    expect(run.occupied).toEqual([]);
    expect(run.attempts.every(({ signal }) => signal.aborted)).toBe(true);
  });

  it('giving a place back', async () => {
    const run = stage({ routes: ROUTES, scripts: { claude: [answers] }, ports: { admit: () => broken } });
    await run.finish();
    expect(run.error).toMatchObject({ message: 'port broke' });
  });
});

import { describe, expect, it } from 'vitest';
import { brokenPromises } from './turn-invariants.ts';
import { complete, ends, fails, hangs, headers, route, type Scene, stage, text } from './turn-testing.ts';
import type { TurnEffect } from './types.ts';

const ROUTES = [route('claude', { hedgeAfterMs: 3_000 }), route('gpt'), route('open')];
const silent = { steps: [headers, hangs] };
const answersAfter = (milliseconds: number, ignoresAbort = false) => ({
  steps: [headers, text('One ', milliseconds), text('two'), complete()],
  ignoresAbort,
});

async function play(scripts: Scene['scripts'], more: Partial<Scene> = {}) {
  const scene: Scene = { routes: ROUTES, scripts, ...more };
  const run = stage(scene);
  await run.finish();
  expect(brokenPromises(scene, run)).toEqual([]);
  return run;
}

const trail = (effects: readonly TurnEffect[]) =>
  effects.flatMap((effect) => {
    if (effect.type === 'attempt.started') return [`${effect.routeId} started${effect.isHedge ? ' as hedge' : ''}`];
    if (effect.type === 'attempt.ended')
      return [`${effect.routeId} ${effect.outcome.kind === 'failed' ? effect.outcome.failure.reason : effect.outcome.kind}`];
    return [];
  });

describe('[L56] a hedge', () => {
  it('starts when first text is later than hedgeAfterMs, not before', async () => {
    const early = await play({ claude: [answersAfter(2_999)] });
    expect(early.attempts.map(({ routeId }) => routeId)).toEqual(['claude']);
    const late = await play({ claude: [answersAfter(3_001)], gpt: [silent] });
    expect(late.attempts.map(({ routeId, startedMs }) => [routeId, startedMs])).toEqual([
      ['claude', 0],
      ['gpt', 3_000],
    ]);
  });

  it('races another house where there is one, and its own next model where there is none', async () => {
    const models = [route('claude-1', { credentialId: 'key', hedgeAfterMs: 3_000 }), route('claude-2', { credentialId: 'key' })];
    const scripts = { 'claude-1': [silent], 'claude-2': [answersAfter(0)], gpt: [answersAfter(0)] };
    const run = await play(scripts, { routes: [...models, route('gpt')] });
    expect(run.attempts.map(({ routeId }) => routeId)).toEqual(['claude-1', 'gpt']);
    const alone = await play(scripts, { routes: models });
    expect(alone.attempts.map(({ routeId }) => routeId)).toEqual(['claude-1', 'claude-2']);
  });

  it('is not started for a route without hedgeAfterMs', async () => {
    const run = await play({ claude: [answersAfter(7_000)] }, { routes: [route('claude'), route('gpt')] });
    expect(run.attempts.length).toBe(1);
  });

  it.each([
    ['its budget is empty', { takeHedge: () => false }],
    ['the next route is full', { admit: (id: string) => (id === 'gpt' ? undefined : () => undefined) }],
  ])('does not start when %s; the route stays in the plan', async (_, ports) => {
    const run = await play({ claude: [silent], gpt: [answersAfter(0)], open: [answersAfter(0)] }, { ports });
    expect(run.attempts[1]?.startedMs).toBe(8_000);
    if ('takeHedge' in ports) expect(run.attempts[1]?.routeId).toBe('gpt');
  });

  it('passes over a route that has opened', async () => {
    const run = await play({ claude: [silent], open: [answersAfter(100)] }, { ports: { isStillAllowed: (id) => id !== 'gpt' } });
    expect(trail(run.effects)).toEqual(['claude started', 'open started as hedge', 'claude aborted', 'open complete']);
  });
});

describe('[L57] first text wins', () => {
  it('for the hedge: the slow one is aborted and known to be slower than it waited', async () => {
    const run = await play({ claude: [answersAfter(4_600, true)], gpt: [answersAfter(1_500)] });
    expect(trail(run.effects)).toEqual(['claude started', 'gpt started as hedge', 'claude aborted', 'gpt complete']);
    expect(run.result).toMatchObject({ kind: 'answered', routeId: 'gpt', rev: 1 });
    expect(run.signals).toMatchObject([
      { routeId: 'claude', outcome: { kind: 'cancelled' }, firstTextMs: 4_500 },
      { routeId: 'gpt', outcome: { kind: 'ok' }, firstTextMs: 1_500 },
    ]);
  });

  it('for the first route: the hedge is aborted, and its short wait says nothing', async () => {
    const run = await play({ claude: [answersAfter(3_500)], gpt: [answersAfter(501, true)] });
    expect(run.result).toMatchObject({ kind: 'answered', routeId: 'claude' });
    const loser = run.signals.find(({ routeId }) => routeId === 'gpt');
    expect(loser).toMatchObject({ outcome: { kind: 'cancelled' } });
    expect(loser).not.toHaveProperty('firstTextMs');
  });

  it('when one of them fails the other goes on alone', async () => {
    const run = await play({ claude: [{ steps: [headers, fails('server-error', 4_000)] }], gpt: [answersAfter(2_000)] });
    expect(trail(run.effects)).toEqual(['claude started', 'gpt started as hedge', 'claude server-error', 'gpt complete']);
  });

  it('when the hedge fails the slow route gets the next one at once', async () => {
    const run = await play({ claude: [silent], gpt: [{ steps: [fails('overloaded', 500)] }], open: [answersAfter(100)] });
    expect(run.attempts.map(({ startedMs }) => startedMs)).toEqual([0, 3_000, 3_500]);
    expect(run.result).toMatchObject({ routeId: 'open' });
  });

  it('when both fail the rest of the plan follows', async () => {
    const broken = { steps: [headers, fails('overloaded', 4_000)] };
    const run = await play({ claude: [broken], gpt: [{ steps: [headers, fails('cut', 2_000)] }], open: [answersAfter(0)] });
    expect(trail(run.effects)).toEqual([
      'claude started',
      'gpt started as hedge',
      'claude overloaded',
      'gpt cut',
      'open started',
      'open complete',
    ]);
  });

  it('[L54] a refusal of either ends the turn for both', async () => {
    const run = await play({ claude: [silent], gpt: [{ steps: [ends({ kind: 'refused' }, 10)] }] });
    expect(run.result).toEqual({ kind: 'refused', routeId: 'gpt', hasVisibleText: false });
    expect(trail(run.effects)).toEqual(['claude started', 'gpt started as hedge', 'gpt refused', 'claude aborted']);
  });
});

describe('takeover', () => {
  const half = { steps: [text('Half an ans'), fails('cut', 100)] };
  const kinds = (effects: readonly TurnEffect[]) =>
    effects.filter(({ type }) => type !== 'turn.ended').map((effect) => ('rev' in effect ? `${effect.type} ${effect.rev}` : effect.type));

  it('[L58] is silent while nothing is visible: same rev, nothing interrupted', async () => {
    const run = await play({ claude: [{ steps: [headers, fails('cut')] }], gpt: [answersAfter(0)] }, { firstRev: 4 });
    expect(kinds(run.effects)).toEqual([
      'attempt.started',
      'attempt.ended',
      'attempt.started',
      'answer.delta 4',
      'answer.delta 4',
      'attempt.ended',
    ]);
  });

  it('[L58] marks visible text as interrupted and replaces it at the first text of the next model', async () => {
    const run = await play({ claude: [half], gpt: [answersAfter(500)] });
    expect(kinds(run.effects)).toEqual([
      'attempt.started',
      'answer.delta 1',
      'attempt.ended',
      'answer.interrupted 1',
      'attempt.started',
      'answer.delta 2',
      'answer.delta 2',
      'attempt.ended',
    ]);
    expect(run.attempts.map(({ options }) => options.interruptedText)).toEqual([undefined, 'Half an ans']);
    expect(run.result).toMatchObject({ rev: 2 });
  });

  it('[L58] tells the third model what is on the screen, and interrupts each rev once', async () => {
    const run = await play({ claude: [half], gpt: [silent], open: [answersAfter(0)] });
    expect(run.attempts.map(({ options }) => options.interruptedText)).toEqual([undefined, 'Half an ans', 'Half an ans']);
    expect(run.effects.filter(({ type }) => type === 'answer.interrupted')).toEqual([{ type: 'answer.interrupted', rev: 1 }]);
  });

  it('[L59] leaves the text standing when only the floor is left', async () => {
    const run = await play({ claude: [half] }, { routes: [route('claude')] });
    expect(run.result).toEqual({ kind: 'floor', hasVisibleText: true, cause: 'exhausted' });
    expect(kinds(run.effects)).toEqual(['attempt.started', 'answer.delta 1', 'attempt.ended']);
  });
});

describe('[L61] cancel', () => {
  it('before the start asks nobody', async () => {
    const scene: Scene = { routes: ROUTES, scripts: {} };
    const run = stage(scene);
    run.turn.cancel('claimed');
    await run.finish();
    expect(run.effects).toEqual([{ type: 'turn.ended', result: { kind: 'cancelled', reason: 'claimed', hasVisibleText: false } }]);
    expect(run.attempts).toEqual([]);
  });

  it('aborts every attempt before it returns, and blames nobody', async () => {
    const run = stage({ routes: ROUTES, scripts: { claude: [silent], gpt: [silent] } });
    await run.advance(3_500);
    run.turn.cancel('the visitor left');
    expect(run.attempts.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(run.effects.at(-1)).toEqual({
      type: 'turn.ended',
      result: { kind: 'cancelled', reason: 'the visitor left', hasVisibleText: false },
    });
    expect(run.signals.map(({ outcome }) => outcome.kind)).toEqual(['cancelled', 'cancelled']);
    expect(run.openTimers).toBe(0);
    run.turn.cancel('again');
    expect(await run.finish()).toMatchObject({ reason: 'the visitor left' });
  });

  it('while waiting for a retry starts nothing more', async () => {
    const run = stage({ routes: ROUTES, scripts: { claude: [{ steps: [fails('server-error')] }] } });
    await run.advance(50);
    run.turn.cancel('claimed');
    await run.advance(60_000);
    expect(run.attempts.length).toBe(1);
    expect(run.openTimers).toBe(0);
  });

  it('during the last effects of a turn still wins over its verdict', async () => {
    const scene: Scene = {
      routes: [route('claude')],
      scripts: { claude: [answersAfter(0)] },
      onEffect: (effect, turn) => effect.type === 'attempt.ended' && turn.cancel('claimed'),
    };
    const run = stage(scene);
    expect(await run.finish()).toEqual({ kind: 'cancelled', reason: 'claimed', hasVisibleText: true });
    expect(run.effects.at(-1)).toMatchObject({ result: { kind: 'cancelled' } });
  });

  it('after the end changes nothing', async () => {
    const run = await play({ claude: [answersAfter(0)] });
    run.turn.cancel('late');
    expect(run.effects.at(-1)).toMatchObject({ result: { kind: 'answered' } });
  });
});

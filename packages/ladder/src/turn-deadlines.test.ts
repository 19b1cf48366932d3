import type { FailureReason } from '@stepdown/kernel';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from './turn-invariants.ts';
import { complete, fails, hangs, headers, route, type Scene, type SourceStep, stage, text, thinking } from './turn-testing.ts';

const answers = { steps: [text('An answer'), complete()] };
const LONG = 'x'.repeat(400);

async function play(steps: readonly SourceStep[], more: Partial<Scene> = {}) {
  const scene: Scene = { routes: [route('claude'), route('gpt')], scripts: { claude: [{ steps }], gpt: [answers] }, ...more };
  const run = stage(scene);
  await run.finish();
  expect(brokenPromises(scene, run)).toEqual([]);
  return run;
}

/** The first route keeps the turn, or loses it for this reason at this moment. */
async function expectLoss(steps: readonly SourceStep[], reason: FailureReason, atMs: number): Promise<void> {
  const run = await play(steps);
  expect(run.signals[0]?.outcome).toMatchObject({ kind: 'failed', failure: { reason } });
  expect(run.attempts[0]?.signal.aborted).toBe(true);
  expect(run.attempts[1]).toMatchObject({ routeId: 'gpt', startedMs: atMs });
}
async function expectKept(steps: readonly SourceStep[]): Promise<void> {
  expect((await play(steps)).result).toMatchObject({ kind: 'answered', routeId: 'claude' });
}

describe('[L43] headers and first text', () => {
  const headersAt = (afterMs: number): SourceStep => ({ afterMs, event: { type: 'headers' } });

  it('headers in 5,999 ms are in time, in 6,001 ms late', async () => {
    await expectKept([headersAt(5_999), text('Hi'), complete()]);
    await expectLoss([headersAt(6_001), text('Hi'), complete()], 'headers-timeout', 6_000);
  });

  it('first text in 7,999 ms is in time, in 8,001 ms late', async () => {
    await expectKept([headers, text('Hi', 7_999), complete()]);
    await expectLoss([headers, text('Hi', 8_001), complete()], 'first-text-timeout', 8_000);
  });

  it('text and thinking count as headers', async () => {
    await expectKept([thinking(true, 5_999), text('Hi', 2_000), complete()]);
    await expectKept([text('Hi', 5_999), complete()]);
  });

  it('thinking does not move the hard deadline of the first text', async () => {
    await expectLoss([headers, thinking(true), text('Hi', 8_001)], 'first-text-timeout', 8_000);
  });

  it('blank text is no first text; it comes with the first visible character', async () => {
    await expectLoss([headers, text('\n '), text('', 1), hangs], 'first-text-timeout', 8_000);
    const run = await play([headers, text('\n'), text(' Hi', 100), complete()]);
    expect(run.effects.filter(({ type }) => type === 'answer.delta')).toMatchObject([{ text: '\n Hi' }]);
    expect(run.signals[0]?.firstTextMs).toBe(100);
  });
});

describe('[L44] gaps in the text', () => {
  it('5,999 ms are allowed, 6,001 ms are a stall', async () => {
    await expectKept([text(LONG), text(LONG, 5_999), text('end', 5_999), complete()]);
    await expectLoss([text(LONG), text(LONG, 6_001), complete()], 'stalled', 6_000);
  });

  it('neither headers, blank text nor the closing of nothing count as text', async () => {
    await expectLoss([text(LONG), { ...headers, afterMs: 3_000 }, text(' ', 1_000), thinking(false, 1_000), hangs], 'stalled', 6_000);
  });

  it('a late end is a stall too', async () => {
    await expectKept([text(LONG), complete(5_999)]);
    await expectLoss([text(LONG), complete(6_001)], 'stalled', 6_000);
  });

  it('an open thinking block may last 20 s since the last text', async () => {
    await expectKept([text(LONG), thinking(true, 1_000), text(LONG, 18_999), complete()]);
    await expectLoss([text(LONG), thinking(true, 1_000), text(LONG, 19_001)], 'stalled', 20_000);
  });

  it('after the block the usual gap starts again', async () => {
    await expectKept([text(LONG), thinking(true, 1_000), thinking(false, 7_000), text(LONG, 5_999), complete()]);
    await expectLoss([text(LONG), thinking(true, 1_000), thinking(false, 7_000), text(LONG, 6_001)], 'stalled', 14_000);
  });

  it('thinking again and again does not buy more than 20 s', async () => {
    const again = [thinking(true, 3_000), thinking(false, 3_000)];
    await expectLoss([text(LONG), ...again, ...again, ...again, ...again, hangs], 'stalled', 20_000);
  });
});

describe('[L67] tokens close together', () => {
  it('are shown together: the first at once, the rest every 40 ms, and the last with the end', async () => {
    const tokens = Array.from({ length: 20 }, (_, index) => text(`${index} `, 10));
    const run = stage({ routes: [route('claude')], scripts: { claude: [{ steps: [...tokens, complete(5)] }] } });
    await run.finish();
    const shown = run.effects.flatMap((effect) => (effect.type === 'answer.delta' ? [effect.text] : []));
    expect(shown.join('')).toBe(tokens.map((_, index) => `${index} `).join(''));
    expect(shown.length).toBeLessThanOrEqual(7);
    expect(shown[0]).toBe('0 ');
  });

  it('[L44] a stall is counted from when the last of them came, not from when it was shown', async () => {
    await expectLoss([text(LONG), text(LONG, 10), hangs], 'stalled', 6_010);
  });
});

describe('[L45] a trickle', () => {
  const every = (milliseconds: number, length: number, count: number): SourceStep[] =>
    Array.from({ length: count }, () => text('x'.repeat(length), milliseconds));

  it('is two slow windows of 4 s in a row', async () => {
    await expectLoss([text('x'), ...every(1_000, 14, 30)], 'trickle', 8_000);
  });

  it('60 characters in a window are a reader’s pace, 59 are not', async () => {
    await expectKept([text('x'.repeat(60)), text('x'.repeat(60), 4_001), complete(3_998)]);
    await expectKept([text('x'.repeat(59)), text('x'.repeat(60), 4_001), text('x'.repeat(59), 3_998), complete(3_999)]);
    await expectLoss([text('x'.repeat(59)), text('x'.repeat(59), 4_001), complete(4_000)], 'trickle', 8_000);
  });

  it('does not punish a short answer', async () => {
    await expectKept([headers, text('Yes.', 7_000), text(' Gladly.', 5_000), complete(2_999)]);
  });

  it('one slow window is forgiven by a good one', async () => {
    const slow = every(2_000, 10, 2);
    const good = every(500, 20, 8);
    await expectKept([text('x'), ...slow, ...good, ...slow, ...good, complete()]);
  });

  it('a window with thinking in it is not judged', async () => {
    await expectKept([text('x'), thinking(true, 3_000), thinking(false, 6_000), text(LONG, 100), complete(5_000)]);
  });

  it('Chinese and Japanese are read more slowly', async () => {
    const han = Array.from({ length: 20 }, () => text('我们可以退货给您'.slice(0, 6), 1_000));
    await expectKept([text('您'), ...han, complete()]);
    await expectLoss([text('您'), ...Array.from({ length: 20 }, () => text('我们可以', 1_000))], 'trickle', 8_000);
  });
});

describe('[L46] nothing shown', () => {
  const silent = { steps: [headers, hangs] };
  const routes = [route('claude'), route('gpt'), route('open')];

  it('for 20 s over all routes ends on the floor, and the route cut short is not blamed', async () => {
    const run = await play([], { routes, scripts: { claude: [silent], gpt: [silent], open: [silent] } });
    expect(run.result).toEqual({ kind: 'floor', hasVisibleText: false, cause: 'deadline' });
    expect(run.elapsedMs).toBe(20_000);
    expect(run.signals.map(({ outcome }) => outcome.kind)).toEqual(['failed', 'failed', 'cancelled']);
  });

  it('for 19,999 ms is still in time', async () => {
    const last = { steps: [headers, text('Hi', 3_999), complete()] };
    const run = await play([], { routes, scripts: { claude: [silent], gpt: [silent], open: [last] } });
    expect(run.result).toMatchObject({ kind: 'answered', routeId: 'open' });
  });

  it.each([
    [999, 'answered'],
    [1_001, 'floor'],
  ])('[L48] a route is not started with less than 1 s left: %d ms more of waiting', async (extraMs, kind) => {
    const scripts = { claude: [silent], gpt: [silent], open: [{ steps: [fails('server-error', 2_000 + extraMs - 300)] }, answers] };
    const run = await play([], { routes, scripts, ports: { random: () => 0.999_999 } });
    expect(run.result).toMatchObject({ kind, ...(kind === 'floor' ? { cause: 'deadline' } : {}) });
    expect(run.elapsedMs).toBeLessThanOrEqual(19_000);
  });

  it('does not end a turn that has shown something', async () => {
    const half = { steps: [text(LONG, 5_000), fails('cut', 5_000)] };
    const run = await play([], { routes, scripts: { claude: [half], gpt: [silent], open: [{ steps: [text('Hi', 5_000), complete()] }] } });
    expect(run.result).toMatchObject({ kind: 'answered', rev: 2 });
    expect(run.elapsedMs).toBe(23_000);
  });
});

describe('[L47] the whole answer', () => {
  const forever = Array.from({ length: 60 }, () => text(LONG, 1_000));

  it('ends after 45 s; the text stays and the route is blamed', async () => {
    const run = await play(forever);
    expect(run.elapsedMs).toBe(45_000);
    expect(run.result).toEqual({ kind: 'floor', hasVisibleText: true, cause: 'deadline' });
    expect(run.signals).toMatchObject([{ outcome: { failure: { reason: 'answer-timeout' } } }]);
  });

  it('of 44,999 ms is in time', async () => {
    await expectKept([...forever.slice(0, 44), complete(999)]);
  });

  it('a route that took over too late to make it is not blamed', async () => {
    const run = await play([...forever.slice(0, 25), fails('cut')], {
      scripts: { claude: [{ steps: [...forever.slice(0, 25), fails('cut')] }], gpt: [{ steps: forever }] },
    });
    expect(run.elapsedMs).toBe(45_000);
    expect(run.signals.map(({ outcome }) => outcome.kind)).toEqual(['failed', 'cancelled']);
  });

  it.each([
    [43_999, 2],
    [44_001, 1],
  ])('[L48] no takeover starts with less than 1 s left: cut at %d ms', async (cutMs, attempts) => {
    const run = await play([...forever.slice(0, 43), fails('cut', cutMs - 43_000)]);
    expect(run.attempts.length).toBe(attempts);
    expect(run.result?.kind).toBe(attempts === 2 ? 'answered' : 'floor');
  });
});

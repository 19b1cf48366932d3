import { FAILURE_REASONS } from '@stepdown/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enqueueActions } from 'xstate';
import { turnMachine } from './turn.ts';
import { attemptOf } from './turn-context.ts';
import { brokenPromises, fullText } from './turn-invariants.ts';
import {
  complete,
  ends,
  fails,
  hangs,
  headers,
  route,
  type Scene,
  type SourceScript,
  type SourceStep,
  stage,
  text,
} from './turn-testing.ts';

/** Delays that meet each other and the deadlines: many timers are due in the same millisecond. */
const delay = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 0, 1, 10, 200) },
  { weight: 1, arbitrary: fc.constantFrom(1_000, 2_000, 3_999, 4_000, 5_999, 6_000, 8_000, 20_000) },
);

const ending = fc.oneof(
  { weight: 4, arbitrary: delay.map((afterMs) => complete(afterMs)) },
  { weight: 1, arbitrary: fc.constantFrom(ends({ kind: 'refused' }), ends({ kind: 'output-limit' })) },
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...FAILURE_REASONS), delay).map(([reason, afterMs]) => fails(reason, afterMs)) },
  { weight: 1, arbitrary: fc.constantFrom(0, 500, 2_000, 2_001).map((retryAfterMs) => fails('rate-limited', 0, { retryAfterMs })) },
  { weight: 2, arbitrary: fc.constantFrom<SourceStep>({ finishes: true }, { throws: 'source broke' }) },
  { weight: 3, arbitrary: fc.constant(hangs) },
);

/** What a source may still say after its end, which nobody must hear. */
const afterlife = fc.constantFrom<readonly SourceStep[]>(
  [],
  [text('GHOST')],
  [complete(), text('GHOST'), complete()],
  [{ throws: 'late' }],
);

const talking = fc
  .record({
    name: fc.integer({ min: 0, max: 1e9 }),
    hasHeaders: fc.boolean(),
    pieces: fc.array(fc.tuple(delay, fc.constantFrom('word', 'word', 'word', 'a much longer piece of the answer', ' ', '')), {
      maxLength: 5,
    }),
    ending,
    afterlife,
    ignoresAbort: fc.boolean(),
    throwsAtOnce: fc.constantFrom(false, false, false, false, false, true),
    closes: fc.constantFrom(undefined, undefined, 'throwing' as const, 'rejecting' as const, 'never' as const),
  })
  .map(({ name, hasHeaders, pieces, closes, ...rest }): SourceScript => {
    const said = pieces.map(([afterMs, word], index) => text(word.trim() === '' ? word : `<${name}.${index} ${word}>`, afterMs));
    const steps = [...(hasHeaders ? [headers] : []), ...said, rest.ending, ...rest.afterlife];
    return { steps, ignoresAbort: rest.ignoresAbort, throwsAtOnce: rest.throwsAtOnce, ...(closes === undefined ? {} : { closes }) };
  });

/** Silent routes are common in an outage and rare by chance. */
const silent = fc.boolean().map((hasHeaders): SourceScript => ({ steps: hasHeaders ? [headers, hangs] : [hangs] }));

const source = fc.oneof({ weight: 3, arbitrary: talking }, { weight: 1, arbitrary: silent });

const ROUTES = ['claude-1', 'claude-2', 'gpt-1', 'gpt-2', 'open-1'] as const;

const scene = fc
  .record({
    count: fc.integer({ min: 0, max: ROUTES.length }),
    hedges: fc.array(fc.constantFrom(undefined, 1, 2_000, 4_000), { minLength: ROUTES.length, maxLength: ROUTES.length }),
    sources: fc.array(fc.array(source, { minLength: 1, maxLength: 2 }), { minLength: ROUTES.length, maxLength: ROUTES.length }),
    firstRev: fc.integer({ min: 1, max: 3 }),
    retries: fc.integer({ min: 0, max: 2 }),
    full: fc.subarray([...ROUTES], { maxLength: 1 }),
  })
  .map(({ count, hedges, sources, firstRev, retries, full }) => (): Scene => {
    let left = retries;
    const occupied = new Set<string>(full);
    const routes = ROUTES.slice(0, count).map((id, index) => route(id, { credentialId: id.slice(0, 4), hedgeAfterMs: hedges[index] }));
    const scripts = Object.fromEntries(ROUTES.map((id, index) => [id, sources[index] ?? []]));
    const takeRetry = (): boolean => {
      left -= 1;
      return left >= 0;
    };
    return { routes, scripts, firstRev, ports: { takeRetry, isStillAllowed: (id) => !occupied.has(id) } };
  });

/** Plays a scene to its end, then a minute longer: what comes late must change nothing. */
async function play(one: Scene): Promise<string[]> {
  const run = stage(one);
  await run.finish();
  const said = run.effects.length;
  await run.advance(60_000);
  const late = run.effects.length === said ? [] : ['an effect came after the end'];
  return [...brokenPromises(one, run), ...late];
}

describe('every turn keeps its promises', { timeout: 60_000 }, () => {
  it('[L40][L58][L60] over 6,500 interleavings of up to 4 attempts, with hedges, ghosts and late winners', async () => {
    await fc.assert(
      fc.asyncProperty(scene, async (make) => {
        expect(await play(make())).toEqual([]);
      }),
      { numRuns: 6_500, endOnFailure: true },
    );
  });

  it('[L61] over 2,500 claims at any delta or moment: not one word after it', async () => {
    const claim = fc.oneof(
      fc.record({ atDelta: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ atEffect: fc.integer({ min: 1, max: 8 }) }),
      fc.record({ atMs: fc.constantFrom(0, 1, 10, 200, 2_000, 4_000, 6_000, 8_000, 19_000) }),
    );
    await fc.assert(
      fc.asyncProperty(scene, claim, async (make, when) => {
        let deltas = 0;
        let effects = 0;
        let isClaimed = false;
        let wordsAfterClaim = 0;
        const one: Scene = {
          ...make(),
          onEffect(effect, turn) {
            effects += 1;
            const isText = effect.type === 'answer.delta' || effect.type === 'answer.interrupted';
            if (isText && isClaimed) wordsAfterClaim += 1;
            if (effect.type === 'answer.delta') deltas += 1;
            const isDue = 'atDelta' in when ? deltas === when.atDelta : 'atEffect' in when && effects === when.atEffect;
            if (!isDue || isClaimed || effect.type === 'turn.ended') return;
            isClaimed = true;
            turn.cancel('claimed');
          },
        };
        const run = stage(one);
        if ('atMs' in when) {
          await run.advance(when.atMs);
          isClaimed = run.result === undefined;
          run.turn.cancel('claimed');
        }
        await run.finish();
        await run.advance(60_000);
        expect(brokenPromises(one, run)).toEqual([]);
        expect(wordsAfterClaim).toBe(0);
        if (isClaimed) expect(run.result).toMatchObject({ kind: 'cancelled', reason: 'claimed' });
      }),
      { numRuns: 2_500, endOnFailure: true },
    );
  });

  it('[L58] over 1,000 cut points the next model takes over without loss, repetition or glue', async () => {
    const words = 'You can send it back within thirty days. 退货 — keep the receipt 🧾, we pay for the label.'.match(/\S+\s*/g) ?? [];
    const cut = fc.record({
      at: fc.integer({ min: 0, max: words.length }),
      by: fc.constantFrom<SourceStep>(fails('cut'), fails('malformed'), fails('stream-error'), { finishes: true }, hangs, {
        throws: 'reset',
      }),
      second: fc.integer({ min: 0, max: words.length }),
    });
    await fc.assert(
      fc.asyncProperty(cut, async ({ at, by, second }) => {
        const said = (until: number): SourceStep[] => words.slice(0, until).map((word, index) => text(word, index % 3 === 0 ? 40 : 0));
        const whole: SourceScript = { steps: [...said(words.length), complete()] };
        const one: Scene = {
          routes: [route('claude-1'), route('gpt-1'), route('open-1')],
          scripts: { 'claude-1': [{ steps: [...said(at), by] }], 'gpt-1': [{ steps: [...said(second), fails('cut')] }], 'open-1': [whole] },
        };
        const run = stage(one);
        await run.finish();
        expect(brokenPromises(one, run)).toEqual([]);
        expect(run.result).toMatchObject({ kind: 'answered', routeId: 'open-1' });
        const last = run.effects.flatMap((effect) => (effect.type === 'answer.delta' ? [effect] : []));
        const rev = last.at(-1)?.rev;
        expect(last.filter((effect) => effect.rev === rev).reduce((sum, effect) => sum + effect.text, '')).toBe(fullText(whole));
      }),
      { numRuns: 1_000, endOnFailure: true },
    );
  });
});

describe('the promises notice a broken machine', { timeout: 60_000 }, () => {
  const mutants = {
    /** The stale check is gone: the loser of a race is neither stopped nor forgotten. */
    'a late winner still counts as live': turnMachine.provide({
      actions: {
        showWinner: enqueueActions(({ context, event, enqueue }) => {
          const winner = event.type === 'attempt.text' ? attemptOf(context, event.number) : undefined;
          if (event.type !== 'attempt.text' || winner === undefined) return;
          const rev = context.shownText === '' ? context.rev : context.rev + 1;
          enqueue.emit({ type: 'answer.delta', number: winner.number, rev, route: winner.route, text: event.text });
          enqueue.assign({ rev, shownText: event.text, isInterrupted: false });
        }),
      },
    }),
    'a refusal is taken for a failure': turnMachine.provide({ guards: { isRefused: () => false } }),
    'a rival is forgotten when the first attempt fails': turnMachine.provide({ guards: { hasRival: () => false } }),
    'nobody looks at the clock': turnMachine.provide({ guards: { isNothingShown: () => false, isTooLate: () => false } }),
    'text is lost': turnMachine.provide({ actions: { show: () => undefined } }),
    'attempts outlive their turn': turnMachine.provide({ actions: { abortAll: () => undefined } }),
    'every failure is retried': turnMachine.provide({ guards: { asksFor: (_, step) => step === 'retry' } }),
  };
  it.each(Object.entries(mutants))('when %s', async (_, machine) => {
    const property = fc.asyncProperty(scene, async (make) => (await play({ ...make(), machine })).length === 0);
    const { failed } = await fc.check(property, { numRuns: 2_000, endOnFailure: true });
    expect(failed).toBe(true);
  });
});

import { makeLadder } from '@stepdown/client/testing';
import type { LadderRouteView, LadderView, Tier } from '@stepdown/protocol';
import { describe, expect, it } from 'vitest';
import { nextSteps } from './next-steps.ts';
import { shareOnTop, tierBands } from './tier-bands.ts';
import { headlineOf, moodOf } from './words.ts';

function route(id: string, fields: Partial<LadderRouteView>): LadderRouteView {
  const numbers = { ttftP50Ms: null, ttftP95Ms: null, errorRate: null, lastSuccessAt: null, saturatedUntil: null };
  return { id, model: id, state: 'healthy', since: 0, cause: '', rampShare: 1, nextProbeAt: null, ...numbers, ...fields };
}

function ladder(
  tier: Tier,
  claude: readonly LadderRouteView[],
  gpt: readonly LadderRouteView[] = [],
  fields: Partial<LadderView> = {},
): LadderView {
  return makeLadder({
    tier,
    tiers: [
      { id: 'claude', state: 'healthy', routes: claude },
      { id: 'gpt', state: gpt.length === 0 ? 'unconfigured' : 'healthy', routes: gpt },
      { id: 'open-model', state: 'unconfigured', routes: [] },
      { id: 'faq', state: 'healthy', routes: [] },
      { id: 'handoff', state: 'healthy', routes: [] },
    ],
    ...fields,
  });
}

describe('the headline', () => {
  it.each([
    [ladder('claude', [route('a', {})]), 'good', 'Everything works as it should'],
    [ladder('claude', [route('a', {}), route('b', { state: 'open' })]), 'warn', 'Claude answers; one route is in trouble'],
    [ladder('gpt', [route('a', { state: 'open' })], [route('g', {})]), 'warn', 'GPT answers instead of Claude; customers notice nothing'],
    [ladder('faq', [route('a', { state: 'open' })]), 'bad', 'No AI model answers; customers get written answers and can ask for a person'],
    [ladder('handoff', [route('a', { state: 'open' })]), 'bad', 'Nothing answers by itself; customers are handed to people'],
    [ladder('faq', [route('a', { state: 'ramping' })]), 'warn', 'Claude is coming back; until then, customers get written answers'],
    [ladder('faq', [route('a', {})], [], { pin: { tier: 'faq', reason: 'x', by: 'Ben', until: 9 } }), 'warn', 'Held here by Ben'],
  ])('says %#', (state, mood, sentence) => {
    expect(moodOf(state)).toBe(mood);
    expect(headlineOf(state)).toMatch(sentence);
  });
});

describe('what happens next', () => {
  it('is nothing while all is well', () => {
    expect(nextSteps(ladder('claude', [route('a', {})]))).toMatchObject([{ key: 'calm', at: null }]);
  });

  it('names one step a tier, of the route that is nearest to coming back', () => {
    const state = ladder(
      'faq',
      [route('a', { state: 'open', nextProbeAt: 900 }), route('b', { state: 'open', nextProbeAt: 500 })],
      [route('g', { state: 'latched', cause: 'the key was refused', nextProbeAt: 100 })],
    );
    expect(nextSteps(state)).toEqual([
      { key: 'b', text: 'Claude is probed', at: 500 },
      { key: 'g', text: 'GPT needs you: the key was refused. It is tried again', at: 100 },
    ]);
  });

  it('puts a tier that is ramping before one that is only probed', () => {
    const state = ladder(
      'faq',
      [route('a', { state: 'open', nextProbeAt: 1 })],
      [route('g', { state: 'ramping', rampShare: 0.25, since: 1_000 })],
    );
    expect(nextSteps(state)[0]).toEqual({ key: 'g', text: 'GPT carries 25 % of conversations, all of them', at: 61_000 });
  });

  it('puts routes of a tier that serves anyway last, by their model', () => {
    const state = ladder(
      'gpt',
      [route('a', { state: 'open', nextProbeAt: 9 })],
      [route('g', {}), route('h', { state: 'open', nextProbeAt: 1 })],
    );
    expect(nextSteps(state).map(({ text }) => text)).toEqual(['Claude is probed', 'GPT (h) is probed']);
  });

  it('begins with the end of a hold', () => {
    const state = ladder('faq', [route('a', {})], [], { pin: { tier: 'faq', reason: 'x', by: 'Ben', until: 77 } });
    expect(nextSteps(state)[0]).toMatchObject({ key: 'pin', at: 77 });
  });
});

describe('the band of the last hours', () => {
  const change = (at: number, from: Tier, to: Tier) => ({ at, from, to, cause: '', signal: '', affectedConversations: 0 });

  it('follows the changes, in whatever order they come', () => {
    const changes = [change(80, 'faq', 'claude'), change(50, 'claude', 'faq')];
    const bands = tierBands({ tier: 'claude', since: 80, changes }, 0, 100);
    expect(bands).toEqual([
      { tier: 'claude', from: 0, to: 50 },
      { tier: 'faq', from: 50, to: 80 },
      { tier: 'claude', from: 80, to: 100 },
    ]);
    expect(shareOnTop(bands, 'claude')).toBeCloseTo(0.7);
  });

  it('claims nothing about the time before the ladder stood', () => {
    expect(tierBands({ tier: 'claude', since: 60, changes: [] }, 0, 100)).toEqual([{ tier: 'claude', from: 60, to: 100 }]);
  });

  it('starts with the tier that the first change left, also when that change is long ago', () => {
    const changes = [change(10, 'claude', 'gpt')];
    expect(tierBands({ tier: 'gpt', since: 10, changes }, 50, 100)).toEqual([{ tier: 'gpt', from: 50, to: 100 }]);
  });
});

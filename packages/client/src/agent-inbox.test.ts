import type { InboxPage } from '@stepdown/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyInbox, type InboxEvent, type InboxState, reduceInbox } from './agent-inbox.ts';
import { meets } from './agent-inbox-conditions.ts';
import { makeConversation } from './testing/fake-house.ts';

const counts = { queue: 0, mine: 0, open: 0 };

function page(conversations: InboxPage['conversations'], nextBefore: number | null = null): InboxPage {
  return { conversations, nextBefore, counts };
}

function run(...events: InboxEvent[]): InboxState {
  return events.reduce(reduceInbox, { ...emptyInbox, agentId: 'agt_1' });
}

const waiting = (id: string, waitingSince: number | null, updatedAt = 1) => makeConversation({ id, waitingSince, updatedAt });
const idsOf = (state: InboxState) => state.rows.map((row) => row.id);

describe('the inbox list', () => {
  it('puts the longest wait first in the queue', () => {
    const state = run({ type: 'loaded', page: page([waiting('b', 20), waiting('a', 10)]) });
    expect(idsOf(state)).toEqual(['a', 'b']);
  });

  it('puts a customer who begins to wait at the end of the queue, and lets one go who is taken', () => {
    const loaded = { type: 'loaded', page: page([waiting('a', 10)]) } as const;
    const joined = run(loaded, { type: 'changed', conversation: waiting('b', 30) });
    expect(idsOf(joined)).toEqual(['a', 'b']);
    expect(idsOf(reduceInbox(joined, { type: 'changed', conversation: waiting('a', null) }))).toEqual(['b']);
  });

  it('brings what happened last to the top of the other views', () => {
    const state = run(
      { type: 'filtered', filter: { view: 'all', search: '' } },
      { type: 'loaded', page: page([waiting('a', null, 20), waiting('b', null, 10)]) },
      { type: 'changed', conversation: waiting('b', null, 30) },
    );
    expect(idsOf(state)).toEqual(['b', 'a']);
  });

  it('moves and removes no row while it is held, but counts what came', () => {
    const held = run(
      { type: 'loaded', page: page([waiting('a', 10), waiting('b', 20)]) },
      { type: 'held', isHeld: true },
      { type: 'changed', conversation: waiting('a', null) },
      { type: 'changed', conversation: waiting('c', 5) },
    );
    expect(idsOf(held)).toEqual(['a', 'b']);
    expect(held.arrivedCount).toBe(1);
    expect(held.rows[0]?.waitingSince).toBeNull();
    expect(idsOf(reduceInbox(held, { type: 'held', isHeld: false }))).toEqual(['c', 'b']);
  });

  it('appends older pages below rows that are held', () => {
    const state = run(
      { type: 'filtered', filter: { view: 'all', search: '' } },
      { type: 'loaded', page: page([waiting('a', null, 30)], 30) },
      { type: 'held', isHeld: true },
      { type: 'changed', conversation: waiting('new', null, 40) },
      { type: 'more-asked' },
      { type: 'more-loaded', page: page([waiting('b', null, 20)]) },
    );
    expect(idsOf(state)).toEqual(['a', 'b']);
    expect(state.arrivedCount).toBe(1);
    expect(state.isLoadingMore).toBe(false);
  });

  it('lets no row in that belongs to a page not yet read', () => {
    const state = run({ type: 'loaded', page: page([waiting('a', 10)], 10) }, { type: 'changed', conversation: waiting('z', 99) });
    expect(idsOf(state)).toEqual(['a']);
  });

  it('leaves it to the server what a search finds, and still updates what it found', () => {
    const state = run(
      { type: 'filtered', filter: { view: 'all', search: 'kettle' } },
      { type: 'loaded', page: page([waiting('a', null, 10)]) },
      { type: 'changed', conversation: waiting('other', null, 20) },
      { type: 'changed', conversation: { ...waiting('a', null, 30), preview: 'Newer' } },
    );
    expect(state.rows.map((row) => row.preview)).toEqual(['Newer']);
  });

  it('keeps the list when a later page fails, and shows nothing when the first one does', () => {
    const failure = { code: 'unavailable', message: 'gone' } as const;
    expect(run({ type: 'failed', failure }).phase).toBe('failed');
    const later = run({ type: 'loaded', page: page([waiting('a', 10)], 10) }, { type: 'more-asked' }, { type: 'failed', failure });
    expect(later).toMatchObject({ phase: 'ready', isLoadingMore: false, failure });
  });

  it('ends with the same rows whatever was held in between', () => {
    const change = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), waitingSince: fc.option(fc.nat(50)), updatedAt: fc.nat(50) });
    const step = fc.oneof(
      change.map((fields): InboxEvent => ({ type: 'changed', conversation: makeConversation(fields) })),
      fc.boolean().map((isHeld): InboxEvent => ({ type: 'held', isHeld })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const start: InboxEvent = { type: 'loaded', page: page([waiting('a', 10)]) };
        const free = run(start, ...steps.filter((each) => each.type !== 'held'));
        const held = run(start, ...steps, { type: 'held', isHeld: false });
        expect(idsOf(held)).toEqual(idsOf(free));
        expect(held.arrivedCount).toBe(0);
      }),
    );
  });
});

describe('conditions', () => {
  const vip = { id: 'l', name: 'VIP', colour: '#336699' };

  it('let rows go that no longer meet them, and in that do', () => {
    const state = run(
      { type: 'filtered', filter: { view: 'all', search: '', conditions: { label: 'l', triage: 'outage' } } },
      {
        type: 'loaded',
        page: page([makeConversation({ id: 'a', labels: [vip], isOutage: true }), makeConversation({ id: 'b', labels: [vip] })]),
      },
    );
    expect(idsOf(state)).toEqual(['a']);
    const both = reduceInbox(state, { type: 'changed', conversation: makeConversation({ id: 'b', labels: [vip], isOutage: true }) });
    expect(idsOf(both)).toEqual(['a', 'b']);
    expect(idsOf(reduceInbox(both, { type: 'changed', conversation: makeConversation({ id: 'a', isOutage: true }) }))).toEqual(['b']);
    const other = makeConversation({ id: 'c', isOutage: true });
    expect(reduceInbox(both, { type: 'changed', conversation: other })).toBe(both);
  });

  it('begin a new list when they change, and only then', () => {
    const state = run({ type: 'filtered', filter: { view: 'all', search: '', conditions: { tier: 'faq', agent: 'nobody' } } });
    expect(
      reduceInbox(state, { type: 'filtered', filter: { view: 'all', search: '', conditions: { agent: 'nobody', tier: 'faq' } } }),
    ).toBe(state);
    expect(reduceInbox(state, { type: 'filtered', filter: { view: 'all', search: '' } }).conditions).toEqual({});
  });

  it.each([
    [{ agent: 'nobody' }, { agentId: 'agt_2' }, false],
    [{ agent: 'agt_2' }, { agentId: 'agt_2' }, true],
    [{ tier: 'faq' }, { tier: 'faq' }, true],
    [{ state: 'snoozed' }, { state: 'open' }, false],
    [{ locale: 'de' }, { locale: 'de' }, true],
    [{ email: 'no' }, {}, true],
    [{ email: 'yes' }, { identity: { name: null, email: 'a@b.example', isVerified: false } }, true],
    [{ verified: 'yes' }, {}, false],
    [{ triage: 'parked' }, { isParked: true }, true],
    [{ waitedMs: 60_000 }, { waitingSince: null }, false],
  ] as const)('%o on %o: %s', (conditions, fields, expected) => {
    expect(meets(conditions, makeConversation(fields))).toBe(expected);
  });
});

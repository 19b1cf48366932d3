import type { InboxConversation, InboxPage, InboxView, WireError } from '@stepdown/protocol';
import { type InboxConditions, isSameConditions, meets } from './agent-inbox-conditions.ts';
import type { InboxFilter } from './agent-snapshot.ts';

/** One view of the inbox. Every change makes a new object; nothing changed returns the same one. */
export interface InboxState extends InboxFilter {
  readonly conditions: InboxConditions;
  readonly agentId: string;
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly isLoadingMore: boolean;
  readonly failure: WireError | null;
  /** As shown. While the list is held, rows neither move nor leave. */
  readonly rows: readonly InboxConversation[];
  /** Rows that would be shown if the list were not held. */
  readonly arrivedCount: number;
  readonly nextBefore: number | null;
  readonly counts: InboxPage['counts'];
  /** The agent has scrolled away from the top or is choosing: nothing may jump under the pointer. */
  readonly isHeld: boolean;
  /** Everything known of this view, shown or not. */
  readonly known: ReadonlyMap<string, InboxConversation>;
}

export type InboxEvent =
  | { readonly type: 'entered'; readonly agentId: string }
  | { readonly type: 'filtered'; readonly filter: InboxFilter }
  | { readonly type: 'loaded'; readonly page: InboxPage }
  | { readonly type: 'more-asked' }
  | { readonly type: 'more-loaded'; readonly page: InboxPage }
  | { readonly type: 'refreshed'; readonly page: InboxPage }
  | { readonly type: 'failed'; readonly failure: WireError }
  | { readonly type: 'counted'; readonly counts: InboxPage['counts'] }
  | { readonly type: 'changed'; readonly conversation: InboxConversation }
  | { readonly type: 'held'; readonly isHeld: boolean };

export const emptyInbox: InboxState = {
  view: 'queue',
  search: '',
  conditions: {},
  agentId: '',
  phase: 'loading',
  isLoadingMore: false,
  failure: null,
  rows: [],
  arrivedCount: 0,
  nextBefore: null,
  counts: { queue: 0, mine: 0, open: 0 },
  isHeld: false,
  known: new Map(),
};

/** Applies one event to the list. */
export function reduceInbox(state: InboxState, event: InboxEvent): InboxState {
  switch (event.type) {
    case 'entered':
      return { ...emptyInbox, view: state.view, search: state.search, conditions: state.conditions, agentId: event.agentId };
    case 'filtered':
      return isSameFilter(state, event.filter) ? state : { ...emptyInbox, agentId: state.agentId, counts: state.counts, ...event.filter };
    case 'loaded':
      return settle({ ...withPage(state, event.page, new Map()), nextBefore: event.page.nextBefore });
    case 'more-asked':
      return { ...state, isLoadingMore: true, failure: null };
    case 'more-loaded':
      return append({ ...withPage(state, event.page, state.known), nextBefore: event.page.nextBefore });
    case 'refreshed':
      return show(withPage(state, event.page, state.known));
    case 'failed':
      return { ...state, failure: event.failure, isLoadingMore: false, phase: state.phase === 'ready' ? 'ready' : 'failed' };
    case 'counted':
      return { ...state, counts: event.counts };
    case 'changed':
      return changed(state, event.conversation);
    case 'held':
      return event.isHeld === state.isHeld ? state : show({ ...state, isHeld: event.isHeld });
  }
}

/** True when the conversation belongs in the view. A search is judged by the server alone. */
export function belongsTo(view: InboxView, agentId: string, conversation: InboxConversation): boolean {
  switch (view) {
    case 'queue':
      return conversation.waitingSince !== null;
    case 'mine':
      return conversation.agentId === agentId && conversation.state !== 'resolved';
    case 'open':
      return conversation.state === 'open';
    case 'closed':
      return conversation.state === 'resolved';
    case 'all':
      return true;
  }
}

/** The order of the server: the queue by who waits longest, everything else by what happened last. */
export function sortInbox(view: InboxView, rows: Iterable<InboxConversation>): readonly InboxConversation[] {
  const byId = (left: InboxConversation, right: InboxConversation) => (left.id < right.id ? -1 : 1);
  return [...rows].sort((left, right) =>
    view === 'queue'
      ? (left.waitingSince ?? 0) - (right.waitingSince ?? 0) || byId(left, right)
      : right.updatedAt - left.updatedAt || byId(left, right),
  );
}

function isSameFilter(state: InboxState, filter: InboxFilter): boolean {
  const isSamePlace = state.view === filter.view && state.search === filter.search;
  return isSamePlace && isSameConditions(state.conditions, filter.conditions ?? {});
}

function withPage(state: InboxState, page: InboxPage, before: ReadonlyMap<string, InboxConversation>): InboxState {
  const known = new Map(before);
  for (const conversation of page.conversations) known.set(conversation.id, conversation);
  return { ...state, known, counts: page.counts, phase: 'ready', isLoadingMore: false, failure: null };
}

function changed(state: InboxState, conversation: InboxConversation): InboxState {
  if (state.phase !== 'ready') return state;
  const isKnown = state.known.has(conversation.id);
  if (!isKnown && !mayEnter(state, conversation)) return state;
  return show({ ...state, known: new Map(state.known).set(conversation.id, conversation) });
}

/** A row that sorts behind what is loaded comes with its page. */
function mayEnter(state: InboxState, conversation: InboxConversation): boolean {
  const { search, conditions } = state;
  if (search !== '' || conditions.waitedMs !== undefined || !meets(conditions, conversation)) return false;
  if (!belongsTo(state.view, state.agentId, conversation)) return false;
  return state.view !== 'queue' || state.nextBefore === null;
}

function show(state: InboxState): InboxState {
  if (!state.isHeld) return settle(state);
  const shown = new Set(state.rows.map((row) => row.id));
  const arrivedCount = members(state).filter((row) => !shown.has(row.id)).length;
  return { ...state, rows: state.rows.map((row) => state.known.get(row.id) ?? row), arrivedCount };
}

function settle(state: InboxState): InboxState {
  return { ...state, rows: sortInbox(state.view, members(state)), arrivedCount: 0 };
}

/** Older rows go below the ones shown, whatever is held above. */
function append(state: InboxState): InboxState {
  if (!state.isHeld) return settle(state);
  const shown = new Set(state.rows.map((row) => row.id));
  const last = state.rows.at(-1);
  const isBelow = (row: InboxConversation) =>
    last === undefined || (state.view === 'queue' ? row.waitingSince !== null : row.updatedAt <= last.updatedAt);
  const older = members(state).filter((row) => !shown.has(row.id) && isBelow(row));
  return show({ ...state, rows: [...state.rows, ...sortInbox(state.view, older)] });
}

function members(state: InboxState): readonly InboxConversation[] {
  const all = [...state.known.values()].filter((row) => meets(state.conditions, row));
  return state.search !== '' ? all : all.filter((row) => belongsTo(state.view, state.agentId, row));
}

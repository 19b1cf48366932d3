import type { Ack, InboxConversation, InboxPage } from '@stepdown/protocol';
import { emptyInbox, type InboxEvent, type InboxState, reduceInbox } from './agent-inbox.ts';
import type { InboxConditions } from './agent-inbox-conditions.ts';
import type { InboxFilter } from './agent-snapshot.ts';
import type { ClientClock } from './ports.ts';
import { createTimers, type Timers } from './timers.ts';

/** What the server is asked; it does not know of triage. */
export interface InboxQuery extends Omit<InboxConditions, 'triage'> {
  readonly view: InboxFilter['view'];
  readonly search: string;
  readonly before?: number;
  readonly limit: number;
}

export interface InboxFeedPorts {
  readonly clock: ClientClock;
  readonly agentId: string;
  readonly filter: InboxFilter;
  readonly fetchPage: (query: InboxQuery) => Promise<Ack<InboxPage>>;
  readonly onChange: () => void;
}

const PAGE = 50;
/** What is picked out here has to be read first: bigger pages, one after the other, up to this many conversations. */
const TRIAGE_PAGE = 200;
const TRIAGE_READ = 1_000;
/** A burst of changes is one count. */
const COUNT_MS = 400;
const TRY_AGAIN_MS = 3_000;

/** Reads the inbox page by page and keeps it true to what the socket tells. */
export class AgentInboxFeed {
  state: InboxState;
  readonly #ports: InboxFeedPorts;
  readonly #timers: Timers;
  #ticket = 0;

  constructor(ports: InboxFeedPorts) {
    this.#ports = ports;
    this.#timers = createTimers(ports.clock);
    this.state = { ...emptyInbox, ...ports.filter, agentId: ports.agentId };
  }

  filter(filter: InboxFilter): void {
    const before = this.state;
    this.#reduce({ type: 'filtered', filter });
    if (this.state !== before) void this.#load();
  }

  /** The page is read anew, after a connect or on demand. */
  reload(): void {
    void this.#load();
  }

  loadMore(): void {
    const { nextBefore, isLoadingMore } = this.state;
    if (nextBefore === null || isLoadingMore) return;
    this.#reduce({ type: 'more-asked' });
    void this.#fetch({ before: nextBefore }, (page) => ({ type: 'more-loaded', page }));
  }

  hold(isHeld: boolean): void {
    this.#reduce({ type: 'held', isHeld });
  }

  changed(conversation: InboxConversation): void {
    this.#reduce({ type: 'changed', conversation });
    this.count();
  }

  count(): void {
    this.#timers.startOnce('count', COUNT_MS, () => void this.#count());
  }

  end(): void {
    this.#timers.cancelAll();
    this.#ticket += 1;
  }

  #load(): Promise<void> {
    return this.#fetch({}, (page) => (this.state.isHeld ? { type: 'refreshed', page } : { type: 'loaded', page }));
  }

  async #fetch(place: { readonly before?: number }, toEvent: (page: InboxPage) => InboxEvent): Promise<void> {
    this.#ticket += 1;
    const ticket = this.#ticket;
    const { view, search, conditions } = this.state;
    const { triage, ...asked } = conditions;
    const limit = triage === undefined ? PAGE : TRIAGE_PAGE;
    const answer = await this.#ports.fetchPage({ ...asked, view, search, limit, ...place });
    // Filtered or read anew meanwhile: this page belongs to another list.
    if (this.#ticket !== ticket) return;
    this.#reduce(answer.ok ? toEvent(answer) : { type: 'failed', failure: answer.error });
    if (triage !== undefined && answer.ok && this.state.known.size < TRIAGE_READ) this.loadMore();
    if (!answer.ok && answer.error.code === 'unavailable') this.#timers.start('again', TRY_AGAIN_MS, () => void this.#load());
  }

  async #count(): Promise<void> {
    const answer = await this.#ports.fetchPage({ view: 'queue', search: '', limit: 1 });
    if (answer.ok) this.#reduce({ type: 'counted', counts: answer.counts });
  }

  #reduce(event: InboxEvent): void {
    const before = this.state;
    this.state = reduceInbox(before, event);
    if (this.state !== before) this.#ports.onChange();
  }
}

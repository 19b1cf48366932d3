import type { InboxView } from '@stepdown/protocol';

export interface ViewChoice {
  readonly view: InboxView;
  readonly label: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
}

export const VIEWS: readonly ViewChoice[] = [
  {
    view: 'queue',
    label: 'Waiting',
    emptyTitle: 'Nobody is waiting',
    emptyText: 'Customers who ask for a person appear here, the longest wait first.',
  },
  {
    view: 'mine',
    label: 'Mine',
    emptyTitle: 'Nothing on your desk',
    emptyText: 'Conversations you take over stay here until you return or close them.',
  },
  {
    view: 'open',
    label: 'Open',
    emptyTitle: 'No agent is in a conversation',
    emptyText: 'Everything a person answers now is listed here.',
  },
  {
    view: 'closed',
    label: 'Closed',
    emptyTitle: 'Nothing closed yet',
    emptyText: 'Closed conversations are kept here with their whole history.',
  },
  { view: 'all', label: 'All', emptyTitle: 'No conversations yet', emptyText: 'The first message of a customer will appear here at once.' },
];

/** The view of an address; an unknown one is the queue. */
export function viewOf(name: string | undefined): InboxView {
  return VIEWS.find(({ view }) => view === name)?.view ?? 'queue';
}

import type { InboxConversation, InboxPage, InboxView, Label, TeamMember, Tier } from '@stepdown/protocol';
import { belongsTo, sortInbox } from '../agent-inbox.ts';
import { type InboxConditions, meets } from '../agent-inbox-conditions.ts';
import type { Payload } from './fake-agent-socket.ts';

/** A page of the inbox as the server makes it: view, search, conditions, place. */
export function inboxPage(all: readonly InboxConversation[], query: Payload, agentId: string): InboxPage {
  const view = viewIn(query.view);
  const count = (each: keyof InboxPage['counts']) => all.filter((row) => belongsTo(each, agentId, row)).length;
  const search = String(query.search ?? '').toLowerCase();
  const isAsked = (row: InboxConversation) => belongsTo(view, agentId, row) && row.preview.toLowerCase().includes(search);
  const rows = sortInbox(
    view,
    all.filter((row) => isAsked(row) && meets(conditionsIn(query), row)),
  );
  const key = (row: InboxConversation) => (view === 'queue' ? (row.waitingSince ?? 0) : row.updatedAt);
  const isAfter = (row: InboxConversation) =>
    query.before === undefined || (view === 'queue' ? key(row) > Number(query.before) : key(row) < Number(query.before));
  const limit = Number(query.limit ?? 50);
  const page = rows.filter(isAfter).slice(0, limit);
  const last = page.at(-1);
  return {
    conversations: page,
    nextBefore: page.length === limit && last !== undefined ? key(last) : null,
    counts: { queue: count('queue'), mine: count('mine'), open: count('open') },
  };
}

export interface DeskThings {
  readonly conversation: InboxConversation;
  readonly team: readonly TeamMember[];
  readonly labels: readonly Label[];
}

/** What a command of the desk changes. */
export function deskCommand(name: string, payload: Payload, { conversation, team, labels }: DeskThings): Partial<InboxConversation> {
  if (name === 'conversation:snooze') return { state: 'snoozed', snoozedUntil: Number(payload.until), waitingSince: null };
  if (name === 'conversation:assign') {
    const member = team.find(({ id }) => id === payload.agentId);
    return { state: 'open', agentId: member?.id ?? null, agentName: member?.name ?? null, waitingSince: null };
  }
  const add = idsIn(payload.add);
  const remove = idsIn(payload.remove);
  const kept = conversation.labels.filter(({ id }) => !remove.includes(id) && !add.includes(id));
  return { labels: [...kept, ...labels.filter(({ id }) => add.includes(id))] };
}

function idsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function conditionsIn(query: Payload): InboxConditions {
  const named = ['label', 'agent', 'email', 'verified', 'tier', 'state', 'locale'].flatMap((name) =>
    query[name] === undefined ? [] : [[name, String(query[name])] as const],
  );
  // Names and values come from the client under test, which can only ask for conditions it has.
  return Object.fromEntries(named) as InboxConditions & { readonly tier?: Tier };
}

function viewIn(value: unknown): InboxView {
  const views = ['queue', 'mine', 'open', 'closed', 'all'] as const;
  return views.find((view) => view === value) ?? 'all';
}

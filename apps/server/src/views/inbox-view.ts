import type { Conversation, InboxRow } from '@stepdown/conversation';
import type { TierId } from '@stepdown/kernel';
import type { InboxConversation } from '@stepdown/protocol';
import type { Store } from '@stepdown/store';
import { wireConversation } from './wire.ts';

export interface InboxViewPorts {
  readonly store: Pick<Store, 'conversations' | 'queue'>;
  readonly globalTier: () => TierId;
}

const PREVIEW_CHARACTERS = 140;
/** Positions further back are not told; nobody believes in them. */
const QUEUE_READ = 500;

/** A conversation as the inbox lists it. */
export async function inboxConversation(ports: InboxViewPorts, conversation: Conversation): Promise<InboxConversation> {
  const row = await ports.store.conversations.inboxRow(conversation.id);
  const position = await ports.store.conversations.queuePosition(conversation.id);
  return listed(ports, { ...(row ?? bare(conversation)), conversation }, position);
}

/** Many of them, with one reading of the queue. */
export async function inboxConversations(ports: InboxViewPorts, rows: readonly InboxRow[]): Promise<InboxConversation[]> {
  const isWaiting = rows.some(({ conversation }) => conversation.waitingSince !== undefined && conversation.agentId === undefined);
  const waiting = isWaiting ? await ports.store.queue.waiting(QUEUE_READ) : [];
  const inLine = waiting.filter(({ agentId }) => agentId === undefined).map(({ id }, index) => [id, index + 1] as const);
  const positions = new Map(inLine);
  return rows.map((row) => listed(ports, row, positions.get(row.conversation.id)));
}

function listed(ports: InboxViewPorts, row: InboxRow, position: number | undefined): InboxConversation {
  const { conversation, agentName, identity } = row;
  return {
    ...wireConversation(conversation, { position, agentName }),
    visitorId: conversation.visitorId,
    locale: conversation.locale,
    tier: conversation.state === 'open' ? 'handoff' : (conversation.stickyTier ?? ports.globalTier()),
    agentId: conversation.agentId ?? null,
    agentName: agentName ?? null,
    waitingSince: conversation.waitingSince ?? null,
    preview: row.preview.slice(0, PREVIEW_CHARACTERS),
    updatedAt: conversation.updatedAt,
    pageUrl: conversation.pageUrl ?? null,
    pageTitle: conversation.pageTitle ?? null,
    identity: { name: identity.name ?? null, email: identity.email ?? null, isVerified: identity.isVerified },
    labels: row.labels,
    snoozedUntil: conversation.snoozedUntil ?? null,
    isParked: row.isParked,
    isOutage: row.isOutage,
  };
}

/** Deleted a moment ago: what is known is in the caller's hand. */
function bare(conversation: Conversation): InboxRow {
  const identity = { name: undefined, email: conversation.email, isVerified: false };
  return { conversation, preview: '', agentName: undefined, labels: [], identity, isParked: false, isOutage: false };
}

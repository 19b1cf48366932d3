import type { Conversation, ConversationPatch, NewConversation } from '@stepdown/conversation';
import type { ConversationRow } from '../schema.ts';

export function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    visitorId: row.visitor_id,
    site: row.site,
    locale: row.locale,
    state: row.state,
    epoch: row.epoch,
    lastSeq: row.last_seq,
    lastChange: row.last_change,
    stickyTier: row.sticky_tier ?? undefined,
    handoff: row.handoff,
    agentId: row.agent_id ?? undefined,
    email: row.email ?? undefined,
    waitingSince: row.waiting_since ?? undefined,
    snoozedUntil: row.snoozed_until ?? undefined,
    pageUrl: row.page_url ?? undefined,
    pageTitle: row.page_title ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function newConversationRow(conversation: NewConversation): ConversationRow {
  return {
    id: conversation.id,
    visitor_id: conversation.visitorId,
    site: conversation.site,
    locale: conversation.locale,
    state: 'pending',
    epoch: 0,
    last_seq: 0,
    last_change: 0,
    sticky_tier: null,
    handoff: 'none',
    agent_id: null,
    email: null,
    waiting_since: null,
    snoozed_until: null,
    page_url: conversation.pageUrl ?? null,
    page_title: conversation.pageTitle ?? null,
    created_at: conversation.createdAt,
    updated_at: conversation.createdAt,
  };
}

/** A key that is present with the value undefined clears the column; a missing key leaves it. */
export function patchedConversation(row: ConversationRow, patch: ConversationPatch): ConversationRow {
  return {
    ...row,
    state: patch.state ?? row.state,
    handoff: patch.handoff ?? row.handoff,
    locale: patch.locale ?? row.locale,
    email: patch.email ?? row.email,
    page_url: patch.pageUrl ?? row.page_url,
    page_title: patch.pageTitle ?? row.page_title,
    agent_id: 'agentId' in patch ? (patch.agentId ?? null) : row.agent_id,
    sticky_tier: 'stickyTier' in patch ? (patch.stickyTier ?? null) : row.sticky_tier,
    waiting_since: 'waitingSince' in patch ? (patch.waitingSince ?? null) : row.waiting_since,
    snoozed_until: snoozedUntil(row, patch),
  };
}

/** Nothing but a snoozed conversation has a time to come back. */
function snoozedUntil(row: ConversationRow, patch: ConversationPatch): number | null {
  if ((patch.state ?? row.state) !== 'snoozed') return null;
  return patch.snoozedUntil ?? row.snoozed_until;
}

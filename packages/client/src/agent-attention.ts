import type { InboxConversation, LadderView, Note, Tier } from '@stepdown/protocol';

/** Something an agent wants to be called for, while looking elsewhere. */
export type Attention =
  | { readonly kind: 'waiting'; readonly conversation: InboxConversation }
  | { readonly kind: 'reply'; readonly conversation: InboxConversation }
  /** A colleague asks this agent to look. */
  | { readonly kind: 'mention'; readonly note: Note }
  | { readonly kind: 'stepped-down'; readonly to: Tier; readonly cause: string };

export type AttentionListener = (attention: Attention) => void;

const ORDER: readonly Tier[] = ['claude', 'gpt', 'open-model', 'faq', 'handoff'];

/** A customer began to wait, or wrote again to the agent who has the conversation. */
export function attentionOf(before: InboxConversation | undefined, now: InboxConversation, agentId: string): Attention | null {
  if (now.waitingSince === null || (now.agentId !== null && now.agentId !== agentId)) return null;
  if (before !== undefined && before.lastSeq >= now.lastSeq) return null;
  if (now.agentId === agentId) return { kind: 'reply', conversation: now };
  return before === undefined || before.waitingSince === null ? { kind: 'waiting', conversation: now } : null;
}

export function stepDownOf(before: LadderView | null, now: LadderView): Attention | null {
  const isLower = before !== null && ORDER.indexOf(now.tier) > ORDER.indexOf(before.tier);
  return isLower ? { kind: 'stepped-down', to: now.tier, cause: now.cause } : null;
}

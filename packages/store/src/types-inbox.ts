import type { Label, Rating, RatingStore } from '@stepdown/conversation';
import type { TierId } from '@stepdown/kernel';

export interface LabelStore {
  /** By name. */
  list(): Promise<readonly Label[]>;
  /** Undefined when the name is taken, whatever its case. */
  create(label: Label & { readonly createdAt: number }): Promise<Label | undefined>;
  /** `taken`: another label has the name. */
  update(labelId: string, patch: { readonly name?: string; readonly colour?: string }): Promise<Label | 'unknown' | 'taken'>;
  /** Takes it off every conversation. */
  delete(labelId: string): Promise<boolean>;
  ofConversation(conversationId: string): Promise<readonly Label[]>;
  /** Repeating changes nothing; unknown labels are left out. Undefined when the conversation does not exist. */
  assign(
    conversationId: string,
    change: { readonly add: readonly string[]; readonly remove: readonly string[] },
  ): Promise<readonly Label[] | undefined>;
}

/** A reply the whole team shares. `{name}` and the like stand for what is known of the visitor. */
export interface CannedReply {
  readonly id: string;
  /** Typed after `/`; unique per locale. */
  readonly shortcut: string;
  /** Undefined: for every language that has none of its own. */
  readonly locale: string | undefined;
  readonly text: string;
  readonly updatedBy: string;
  readonly updatedAt: number;
}

export interface CannedReplyStore {
  /** By shortcut. */
  list(): Promise<readonly CannedReply[]>;
  /** Makes it, or changes the one with this id. `taken`: another one has the shortcut in this locale. */
  save(reply: CannedReply): Promise<CannedReply | 'taken'>;
  delete(replyId: string): Promise<boolean>;
}

export interface AgentRatings {
  readonly agentId: string;
  readonly agentName: string;
  /** Visitors who were asked. */
  readonly asked: number;
  /** How many gave 1, 2, 3, 4, 5. */
  readonly scores: readonly [number, number, number, number, number];
}

export interface TierRatings {
  readonly tier: TierId;
  readonly up: number;
  readonly down: number;
}

/** Ratings with what people look at afterwards. */
export interface RatingArchive extends RatingStore {
  ofConversation(conversationId: string): Promise<Rating | undefined>;
  /** By agent, of conversations closed at or after `since`. */
  byAgent(since: number): Promise<readonly AgentRatings[]>;
  /** Thumbs on messages written at or after `since`. */
  byTier(since: number): Promise<readonly TierRatings[]>;
  /** Newest first, of ratings asked at or after `since`. */
  comments(since: number, limit: number): Promise<readonly Rating[]>;
}

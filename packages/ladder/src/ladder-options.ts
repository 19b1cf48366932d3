import type { Clock, Random, TierId } from '@stepdown/kernel';
import type { Policy } from './policy.ts';
import type { RouteDescriptor } from './types.ts';

/** What the ladder must know about a turn before it names the routes. */
export interface TurnQuestion {
  readonly turnId: string;
  readonly conversationId: string;
  /** Tier of the conversation's last answer; undefined in a new conversation. */
  readonly stickyTier: TierId | undefined;
  /** True for a visitor's question: only then may a conversation climb. False for resumed and repeated turns. */
  readonly isNewQuestion: boolean;
}

/** An operator's hold at one tier. `until` is epoch ms, in the future: a pin must expire. */
export interface PinRequest {
  readonly tier: TierId;
  readonly reason: string;
  readonly by: string;
  readonly until: number;
}

export interface LadderOptions {
  /** Models of a tier in the order they are tried; the order of the tiers is fixed. */
  readonly routes: readonly RouteDescriptor[];
  readonly policy: Policy;
  readonly clock: Clock;
  readonly random: Random;
  /** Result of an earlier `serialize()`; anything unreadable is ignored and the ladder starts fresh. */
  readonly restored?: unknown;
  /** Running conversations, for the tier change event. */
  readonly conversationsAffected?: () => number;
}

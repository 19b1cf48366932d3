import type { TierId } from '@stepdown/kernel';
import type { Conversation, ConversationState } from './record.ts';

/** Narrows a view of the inbox; all conditions hold at once. */
export interface InboxFilter {
  readonly state?: ConversationState | undefined;
  readonly labelId?: string | undefined;
  /** The tier it stands on: `globalTier`, unless it has stepped down or a person has it. */
  readonly tier?: { readonly id: TierId; readonly isGlobal: boolean } | undefined;
  readonly locale?: string | undefined;
  /** An agent, or `nobody`. */
  readonly assignedTo?: string | undefined;
  /** The visitor can be reached by e-mail. */
  readonly hasEmail?: boolean | undefined;
  /** The site vouched for name and e-mail. */
  readonly isVerified?: boolean | undefined;
  /** Waits for a person since this moment or longer (epoch ms). */
  readonly waitingSinceBefore?: number | undefined;
}

export interface Label {
  readonly id: string;
  /** Unique, whatever the case. */
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
}

/** A conversation that waits for a person. */
export interface WaitingConversation {
  readonly id: string;
  readonly visitorId: string;
  readonly waitingSince: number;
  /** Undefined: nobody has it yet, so it has a position in the queue. */
  readonly agentId: string | undefined;
  readonly hasEmail: boolean;
}

export interface PickUp {
  readonly waitedMs: number;
  readonly at: number;
}

/** What triage, assignment and the honest wait estimate read. Implemented by packages/store. */
export interface QueueStore {
  /** Longest waiting first. */
  waiting(limit: number): Promise<readonly WaitingConversation[]>;
  /** Snoozed conversations whose time has come, earliest first. */
  dueSnoozes(now: number, limit: number): Promise<readonly Conversation[]>;
  /** Open conversations by agent; agents without one are missing. */
  openCounts(): Promise<ReadonlyMap<string, number>>;
  /** When agents last took somebody who waited, and how long that one had waited; newest first. */
  pickUps(since: number, limit: number): Promise<readonly PickUp[]>;
}

export interface Rating {
  readonly id: string;
  readonly conversationId: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly askedAt: number;
  /** 1–5; undefined until the visitor has answered. */
  readonly score: number | undefined;
  readonly comment: string | undefined;
  readonly ratedAt: number | undefined;
}

/** Whether visitors were content with the person they talked to. Implemented by packages/store. */
export interface RatingStore {
  ask(rating: Pick<Rating, 'id' | 'conversationId' | 'agentId' | 'agentName' | 'askedAt'>): Promise<void>;
  /** Answers the newest request of the conversation that was asked at or after `askedSince`; the last answer stands. */
  answer(answer: {
    readonly conversationId: string;
    readonly score: number;
    readonly comment: string | undefined;
    readonly askedSince: number;
    readonly at: number;
  }): Promise<Rating | undefined>;
}

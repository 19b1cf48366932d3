import type { AnswerSourceReference, TierId } from '@stepdown/kernel';

export type ConversationState = 'pending' | 'open' | 'snoozed' | 'resolved';
export type HandoffState = 'none' | 'offered' | 'queued' | 'active' | 'closed';
export type Author = 'visitor' | 'assistant' | 'agent' | 'system';
export type MessageStatus = 'streaming' | 'complete' | 'interrupted' | 'failed';
export type Notice =
  | 'ai'
  | 'slow'
  | 'faq'
  | 'handoff'
  | 'refused'
  | 'not-found'
  | 'choices'
  | 'ask-back'
  | 'queued'
  | 'agent-joined'
  | 'agent-left'
  | 'resolved'
  | 'continue'
  | 'deferred'
  | 'withdrawn'
  | 'assistant-back'
  | 'deferral-ended'
  | 'no-agent'
  | 'rate';

/**
 * What can happen to a question that an outage left unanswered, kept on the message that said so: it may be parked,
 * is parked, or is settled (answered, handed to a person, or out of time).
 */
export type Deferral = 'possible' | 'parked' | 'ended';

export interface Conversation {
  readonly id: string;
  readonly visitorId: string;
  readonly site: string;
  readonly locale: string;
  readonly state: ConversationState;
  /** Raised whenever the right to answer changes hands; writes of an older epoch are refused. */
  readonly epoch: number;
  readonly lastSeq: number;
  /** Counts every change of every message; replay after a reconnect goes by it. */
  readonly lastChange: number;
  /** Sticky tier: the lowest this conversation stepped down to; undefined = follows the global tier. */
  readonly stickyTier: TierId | undefined;
  readonly handoff: HandoffState;
  readonly agentId: string | undefined;
  readonly email: string | undefined;
  /** Waiting for a person since (epoch ms). */
  readonly waitingSince: number | undefined;
  /** Put aside until then (epoch ms), while `state` is `snoozed`. */
  readonly snoozedUntil: number | undefined;
  readonly pageUrl: string | undefined;
  readonly pageTitle: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
}

export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly rev: number;
  readonly author: Author;
  /** Agent who wrote it. */
  readonly agentId: string | undefined;
  readonly authorName: string | undefined;
  readonly tier: TierId | undefined;
  readonly model: string | undefined;
  readonly text: string;
  readonly status: MessageStatus;
  readonly sources: readonly AnswerSourceReference[];
  readonly choices: readonly Choice[];
  readonly notice: Notice | undefined;
  readonly checkedAt: number | undefined;
  /** When a model wrote this text, if it was served again as a saved answer. */
  readonly savedAt: number | undefined;
  readonly deferral: Deferral | undefined;
  readonly rating: 'up' | 'down' | undefined;
  readonly ratingComment: string | undefined;
  readonly clientMessageId: string | undefined;
  /** Value of the conversation's `lastChange` when this message was made / last changed. */
  readonly createdChange: number;
  readonly change: number;
  readonly createdAt: number;
}

/** What a writer decides; position, change and defaults are the store's. */
export interface NewMessage {
  readonly id: string;
  readonly author: Author;
  readonly text: string;
  readonly status: MessageStatus;
  readonly createdAt: number;
  readonly rev?: number;
  readonly agentId?: string;
  readonly authorName?: string;
  readonly tier?: TierId;
  readonly model?: string;
  readonly sources?: readonly AnswerSourceReference[];
  readonly choices?: readonly Choice[];
  readonly notice?: Notice;
  readonly checkedAt?: number;
  readonly savedAt?: number;
  readonly deferral?: Deferral;
  readonly clientMessageId?: string;
}

export interface MessagePatch {
  readonly rev?: number;
  readonly text?: string;
  readonly status?: MessageStatus;
  readonly tier?: TierId;
  readonly model?: string | undefined;
  readonly sources?: readonly AnswerSourceReference[];
  readonly choices?: readonly Choice[];
  readonly notice?: Notice;
  readonly rating?: 'up' | 'down';
  readonly ratingComment?: string;
  readonly checkedAt?: number;
  readonly savedAt?: number;
  readonly deferral?: Deferral;
}

export interface ConversationPatch {
  readonly state?: ConversationState;
  readonly handoff?: HandoffState;
  readonly agentId?: string | undefined;
  readonly email?: string;
  readonly stickyTier?: TierId | undefined;
  readonly waitingSince?: number | undefined;
  /** Goes with the state `snoozed`; any other state clears it. */
  readonly snoozedUntil?: number | undefined;
  readonly locale?: string;
  readonly pageUrl?: string;
  readonly pageTitle?: string;
}

/** One attempt of a turn, kept for agents. */
export interface AttemptRecord {
  readonly routeId: string;
  readonly tier: TierId;
  readonly model: string;
  readonly outcome: string;
  readonly detail: string | undefined;
  readonly firstTextMs: number | undefined;
  readonly durationMs: number;
}

export type TurnStatus = 'running' | 'done' | 'cancelled';

/** One customer question on its way to exactly one answer. */
export interface Turn {
  readonly id: string;
  readonly conversationId: string;
  readonly questionMessageId: string;
  readonly answerMessageId: string | undefined;
  readonly epoch: number;
  readonly status: TurnStatus;
  /** Process that works on it, and until when it may be believed alive (epoch ms). */
  readonly leaseOwner: string;
  readonly leaseUntil: number;
  /** Times this turn was taken over from a dead process. */
  readonly takeovers: number;
  readonly cause: string;
  readonly resultTier: TierId | undefined;
  readonly attempts: readonly AttemptRecord[];
  readonly startedAt: number;
  readonly endedAt: number | undefined;
}

export interface Note {
  readonly id: string;
  readonly conversationId: string;
  readonly agentId: string;
  readonly authorName: string;
  readonly text: string;
  readonly createdAt: number;
  /** Agents it asks to look. */
  readonly mentions: readonly string[];
  readonly clientId: string | undefined;
}

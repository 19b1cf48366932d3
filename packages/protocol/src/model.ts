import { z } from 'zod';

export const tierSchema = z.enum(['claude', 'gpt', 'open-model', 'faq', 'handoff']);
export type Tier = z.infer<typeof tierSchema>;

export const authorSchema = z.enum(['visitor', 'assistant', 'agent', 'system']);
export type Author = z.infer<typeof authorSchema>;

export const messageStatusSchema = z.enum(['streaming', 'complete', 'interrupted', 'failed']);
export type MessageStatus = z.infer<typeof messageStatusSchema>;

export const sourceSchema = z.object({ id: z.string(), title: z.string() });
export type Source = z.infer<typeof sourceSchema>;

/** One of up to three FAQ entries offered when no single one is sure; choosing sends its question. */
export const choiceSchema = z.object({ id: z.string(), label: z.string() });
export type Choice = z.infer<typeof choiceSchema>;

/**
 * What a system message says; the client shows its own reviewed wording for it, `text` is the English fallback.
 * `offer-person` carries the button that asks for a person.
 */
export const noticeSchema = z.enum([
  'ai', // an AI assistant answers
  'slow', // replies may take longer
  'faq', // answers written by the team
  'handoff', // no answer; a person is offered
  'refused', // the assistant can't help with this
  'not-found', // nothing in the FAQ fits
  'choices', // up to three entries may fit
  'ask-back', // the question leans on the one before: say it in full
  'queued', // waiting for a person
  'agent-joined',
  'agent-left',
  'resolved',
  'continue', // the answer reached its length limit
  'deferred', // the question is parked until the assistant is back
  'withdrawn', // the visitor took a parked question back
  'assistant-back', // the answer to a parked question follows
  'deferral-ended', // a parked question waited too long: a person answers
  'no-agent', // nobody of the team has answered in time: an address is asked for
  'rate', // an agent has closed the conversation: `conversation:rate` may follow
]);
export type Notice = z.infer<typeof noticeSchema>;

export const deferralSchema = z.enum(['possible', 'parked']);
export type Deferral = z.infer<typeof deferralSchema>;

export const messageSchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  /** Position in the conversation, from 1, without gaps. */
  seq: z.number().int().positive(),
  /** Raised when the text is replaced from offset 0 by another tier. */
  rev: z.number().int().nonnegative(),
  author: authorSchema,
  authorName: z.string().optional(),
  tier: tierSchema.optional(),
  /** For agents only; visitors never learn which vendor answered. */
  model: z.string().optional(),
  text: z.string(),
  status: messageStatusSchema,
  sources: z.array(sourceSchema).optional(),
  choices: z.array(choiceSchema).optional(),
  notice: noticeSchema.optional(),
  /** For saved answers: when the team last checked it. */
  checkedAt: z.number().optional(),
  /** Set on an answer that an AI assistant wrote in an earlier conversation and that still fits the articles it names. */
  savedAt: z.number().optional(),
  /** An outage left the question unanswered: it may be parked with `question:defer`, or is parked (P17). */
  deferral: deferralSchema.optional(),
  rating: z.enum(['up', 'down']).optional(),
  clientMessageId: z.string().optional(),
  createdAt: z.number(),
});
export type Message = z.infer<typeof messageSchema>;

export const handoffStateSchema = z.enum(['none', 'offered', 'queued', 'active', 'closed']);
export type HandoffState = z.infer<typeof handoffStateSchema>;

export const conversationStateSchema = z.enum(['pending', 'open', 'snoozed', 'resolved']);
export type ConversationState = z.infer<typeof conversationStateSchema>;

/** A conversation as its visitor sees it. */
export const conversationSchema = z.object({
  id: z.string(),
  state: conversationStateSchema,
  lastSeq: z.number().int().nonnegative(),
  handoff: z.object({
    state: handoffStateSchema,
    position: z.number().int().optional(),
    agent: z.string().optional(),
    email: z.string().optional(),
  }),
  createdAt: z.number(),
});
export type Conversation = z.infer<typeof conversationSchema>;

export const errorCodeSchema = z.enum([
  'invalid', // the payload does not fit its schema
  'not_found', // unknown, or not yours
  'rate_limited',
  'too_long',
  'unauthorized',
  'forbidden',
  'conflict', // somebody else changed it first
  'closed', // the conversation is resolved
  'unavailable', // starting, draining or the store is gone: try again
]);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number;
  /** Quote it to support; our logs know it. */
  readonly errorId?: string;
}

/** Every acknowledgement. */
export type Ack<Value extends object = object> = ({ readonly ok: true } & Value) | { readonly ok: false; readonly error: WireError };

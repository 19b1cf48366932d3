import { z } from 'zod';
import { LIMITS } from './limits.ts';
import type { Ack, Conversation, HandoffState, Message, Notice, Tier } from './model.ts';

const id = z.string().min(1).max(LIMITS.idCharacters);
const name = z.string().trim().min(1).max(LIMITS.nameCharacters);
const email = z.email().max(LIMITS.emailCharacters);
/** A lone surrogate would arrive as U+FFFD and break offsets, so it is refused at the border. */
const text = z
  .string()
  .max(LIMITS.textCharacters)
  .refine((value) => value.isWellFormed(), 'text has half of a character pair')
  .refine((value) => value.trim().length > 0, 'text is empty');

export const visitorHandshakeSchema = z.object({
  site: z.string().max(64).default('default'),
  token: z.string().max(200).optional(),
  /** A JSON Web Token by the embedding site's server; only this opens a person's conversations (P25). */
  identity: z.string().max(LIMITS.identityCharacters).catch('').optional(),
  /** What the page says about the visitor; shown to agents as not verified (P27). */
  profile: z
    .object({ name: name.optional().catch(undefined), email: email.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  locale: z.string().max(35).optional(),
  /** Where the widget is embedded; shown to agents as plain text. */
  page: z.object({ url: z.string().max(2_000), title: z.string().max(300) }).optional(),
});
export type VisitorHandshake = z.input<typeof visitorHandshakeSchema>;

export const visitorCommands = {
  'conversation:open': z.object({ conversationId: id.optional(), afterSeq: z.number().int().nonnegative().optional() }),
  'message:send': z.object({
    conversationId: id.optional(),
    clientMessageId: id,
    text,
    locale: z.string().max(35).optional(),
    /** An FAQ choice the visitor picked: its entry answers, whatever the tier. */
    choiceId: z.string().max(200).optional(),
  }),
  'handoff:request': z.object({ conversationId: id, email: email.optional(), note: z.string().max(LIMITS.noteCharacters).optional() }),
  'question:defer': z.object({ conversationId: id, messageId: id, email: email.optional() }),
  'question:withdraw': z.object({ conversationId: id, messageId: id, email: email.optional() }),
  'message:rate': z.object({ messageId: id, rating: z.enum(['up', 'down']), comment: z.string().max(LIMITS.commentCharacters).optional() }),
  /** How it was with the agent who has closed the conversation (P22); the last answer stands. */
  'conversation:rate': z.object({
    conversationId: id,
    score: z.number().int().min(1).max(5),
    comment: z.string().max(LIMITS.commentCharacters).optional(),
  }),
  'answer:stop': z.object({ conversationId: id, messageId: id }),
  typing: z.object({ conversationId: id.optional(), isTyping: z.boolean().optional() }),
} as const;
export type VisitorCommand = keyof typeof visitorCommands;
export type VisitorPayload<Name extends VisitorCommand> = z.output<(typeof visitorCommands)[Name]>;

export interface VisitorAcks {
  'conversation:open': { conversation: Conversation | null; messages: Message[]; tier: Tier };
  'message:send': { conversationId: string; messageId: string; seq: number };
  'handoff:request': { position: number } & Waiting;
  'question:defer': { deferred: boolean };
  'question:withdraw': { withdrawn: boolean };
  'message:rate': object;
  'conversation:rate': object;
  'answer:stop': object;
  typing: object;
}

/** What can honestly be said to somebody who waits (P21). */
export interface Waiting {
  /** An agent is at a console, and not away. */
  readonly online: boolean;
  /** About how much longer; absent when it can't be known. */
  readonly waitMs?: number;
  /** Outside business hours: when people start to answer (epoch ms). */
  readonly answersAt?: number;
}

export interface MessageDelta {
  readonly messageId: string;
  readonly rev: number;
  /** UTF-16 code units from the start of the text of `rev`. */
  readonly offset: number;
  readonly text: string;
}

export interface SessionReady {
  readonly token: string;
  readonly visitorId: string;
  readonly tier: Tier;
  readonly notice: Notice;
  readonly config: {
    readonly protocolVersion: number;
    readonly siteName: string;
    /** Shown with `mailto:` when nothing else works. */
    readonly fallbackEmail: string | null;
    readonly locale: string;
    readonly isSimulated: boolean;
    /** Most recent conversation of this visitor, to open. */
    readonly conversationId: string | null;
    /** What became of the identity token of the handshake (P25); absent when there was none. */
    readonly identity?: 'verified' | 'expired' | 'refused';
  };
}

export interface VisitorServerEvents {
  'session:ready': (payload: SessionReady) => void;
  'message:created': (payload: { message: Message }) => void;
  'message:delta': (payload: MessageDelta) => void;
  'message:completed': (payload: { message: Message }) => void;
  /** A status or text change outside of streaming: interrupted, rated, withdrawn. */
  'message:updated': (payload: { message: Message }) => void;
  'tier:changed': (payload: { tier: Tier; notice: Notice; at: number }) => void;
  'handoff:changed': (
    payload: { conversationId: string; state: HandoffState; position?: number; agent?: string } & Partial<Waiting>,
  ) => void;
  'agent:typing': (payload: { conversationId: string; name: string }) => void;
}

export type VisitorClientEvents = {
  [Name in VisitorCommand]: (
    payload: z.input<(typeof visitorCommands)[Name]>,
    acknowledge: (answer: Ack<VisitorAcks[Name]>) => void,
  ) => void;
};

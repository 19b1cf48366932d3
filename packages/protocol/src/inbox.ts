import { z } from 'zod';
import type { InboxConversation } from './agent.ts';
import { LIMITS } from './limits.ts';
import { conversationStateSchema, type Source, type Tier, tierSchema } from './model.ts';

/** Shapes of the inbox as a team works with it: filters, labels, shared replies, team, bulk, suggestions, reports. */

const id = z.string().min(1).max(LIMITS.idCharacters);
const text = z
  .string()
  .max(LIMITS.textCharacters)
  .refine((value) => value.isWellFormed() && value.trim().length > 0, 'text is empty or has half of a character pair');
const yesOrNo = z.enum(['yes', 'no']);
const locale = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'must be a language tag such as "en" or "de-AT"')
  .max(35);

export const inboxViewSchema = z.enum(['queue', 'mine', 'open', 'closed', 'all']);
export type InboxView = z.infer<typeof inboxViewSchema>;

/** Query of `GET /api/agent/inbox/export`, and without paging of `GET /api/agent/inbox`. All conditions hold at once. */
export const inboxFilterSchema = z.object({
  view: inboxViewSchema.default('all'),
  search: z.string().max(200).optional(),
  state: conversationStateSchema.optional(),
  /** Id of a label. */
  label: id.optional(),
  /** The tier the conversation stands on; `handoff` also for those with a person. */
  tier: tierSchema.optional(),
  locale: locale.optional(),
  /** Id of an agent, or `nobody`. */
  agent: id.optional(),
  /** The visitor can be reached by e-mail. */
  email: yesOrNo.optional(),
  /** The site vouched for name and e-mail. */
  verified: yesOrNo.optional(),
  /** Waits for a person for longer than this, milliseconds. */
  waitedMs: z.coerce.number().int().nonnegative().optional(),
});

export const inboxQuerySchema = inboxFilterSchema.extend({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export interface InboxPage {
  readonly conversations: readonly InboxConversation[];
  /** Pass as `before` for the next page; null at the end. */
  readonly nextBefore: number | null;
  readonly counts: { readonly queue: number; readonly mine: number; readonly open: number };
}

/** Answer of `GET /api/agent/queue`: what can honestly be said about waiting now. */
export interface QueueView {
  readonly waiting: number;
  /** Agents with an open console who are not away. */
  readonly online: number;
  /** Null: no business hours are configured. */
  readonly isOpen: boolean | null;
  readonly opensAt: number | null;
  /** How long the last ones waited who were picked up (median, milliseconds); null when there were too few. */
  readonly usualWaitMs: number | null;
  readonly assignment: 'manual' | 'round-robin';
}

export const labelSchema = z.object({
  name: z.string().trim().min(1).max(40),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #2f6f4f'),
});

/** `GET /api/agent/labels` → `{labels}`. */
export interface Label {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
}

export const cannedReplySchema = z.object({
  /** Typed after `/`. */
  shortcut: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[\p{L}\p{N}_-]{1,40}$/u, 'may have letters, digits, - and _'),
  /** Null: for every language that has none of its own. */
  locale: locale.nullable().default(null),
  /** `{name}` `{email}` `{agent}` `{site}` stand for what is known; `{name|there}` says what to write when it is not. */
  text,
});

/** `GET /api/agent/canned-replies` → `{replies}`. */
export interface CannedReply {
  readonly id: string;
  readonly shortcut: string;
  readonly locale: string | null;
  readonly text: string;
  readonly updatedBy: string;
  readonly updatedAt: number;
}

/** `GET /api/agent/team` → `{team}`. */
export interface TeamMember {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** A console is open. */
  readonly isOnline: boolean;
  /** Said by the agent; is not given conversations, and does not count as online to visitors. */
  readonly isAway: boolean;
  readonly capacity: number;
  readonly openCount: number;
}

export const BULK_CONVERSATIONS = 100;

export const bulkSchema = z.object({
  /** Names the action: repeated with the same id, nothing happens twice. */
  clientId: id.max(50),
  conversationIds: z.array(id).min(1).max(BULK_CONVERSATIONS),
  action: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('reply'), text, after: z.enum(['keep', 'return', 'resolve']).default('keep') }),
    z.object({ kind: z.literal('resolve') }),
    z.object({ kind: z.literal('assign'), agentId: id }),
    z.object({ kind: z.literal('snooze'), until: z.number().int().positive() }),
    z.object({ kind: z.literal('label'), add: z.array(id).max(20).default([]), remove: z.array(id).max(20).default([]) }),
  ]),
});

export type BulkRequest = z.input<typeof bulkSchema>;

/** Answer of `POST /api/agent/inbox/bulk`; in the order asked. */
export interface BulkAnswer {
  readonly results: readonly BulkResult[];
}

export type BulkResult =
  | { readonly conversationId: string; readonly ok: true }
  | { readonly conversationId: string; readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** Answer of `POST /api/agent/conversations/:conversationId/suggest`. */
export interface SuggestionView {
  readonly summary: SuggestedText;
  readonly reply: SuggestedText & { readonly sources: readonly Source[] };
  /** What the FAQ has on the question, best first. */
  readonly hits: readonly { readonly id: string; readonly question: string; readonly answer: string }[];
  /** The last message that was taken into account. */
  readonly upToSeq: number;
}

export interface SuggestedText {
  readonly text: string;
  /** Who wrote it; `faq` and `handoff`: no model did, it is a template. */
  readonly tier: Tier;
  readonly model: string | null;
}

/** Answer of `GET /api/agent/conversations/:conversationId/visitor`. */
export interface VisitorContext {
  readonly visitor: {
    readonly id: string;
    readonly name: string | null;
    readonly email: string | null;
    /** False: name and e-mail were typed or set by the page, and prove nothing. */
    readonly isVerified: boolean;
    readonly firstSeenAt: number | null;
    readonly seenAt: number | null;
  };
  /** Other conversations of the same person: same browser, or the same address if the site vouched for both. Newest first. */
  readonly conversations: readonly InboxConversation[];
  readonly rating: { readonly score: number; readonly comment: string | null; readonly ratedAt: number } | null;
}

export const reportQuerySchema = z.object({ days: z.coerce.number().int().min(1).max(365).default(30) });

/** Answer of `GET /api/agent/reports/ratings`. */
export interface RatingsReport {
  readonly since: number;
  readonly agents: readonly {
    readonly agentId: string;
    readonly agentName: string;
    readonly asked: number;
    readonly answered: number;
    /** 1–5; null without an answer. */
    readonly average: number | null;
    /** How many gave 1, 2, 3, 4, 5. */
    readonly scores: readonly number[];
  }[];
  readonly tiers: readonly { readonly tier: Tier; readonly up: number; readonly down: number }[];
  readonly comments: readonly {
    readonly conversationId: string;
    readonly agentName: string;
    readonly score: number | null;
    readonly comment: string;
    readonly ratedAt: number | null;
  }[];
}

export const transcriptQuerySchema = z.object({ format: z.enum(['text', 'json']).default('text') });

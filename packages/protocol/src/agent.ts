import { z } from 'zod';
import type { Label, TeamMember } from './inbox.ts';
import { LIMITS } from './limits.ts';
import { type Ack, type Conversation, type Message, type Tier, tierSchema } from './model.ts';
import type { MessageDelta } from './visitor.ts';

const id = z.string().min(1).max(LIMITS.idCharacters);
const text = z
  .string()
  .max(LIMITS.textCharacters)
  .refine((value) => value.isWellFormed() && value.trim().length > 0, 'text is empty or has half of a character pair');
const reason = z.string().trim().min(3, 'say why in a few words').max(300);

export const roleSchema = z.enum(['viewer', 'agent', 'editor', 'admin']);
export type Role = z.infer<typeof roleSchema>;

export const agentCommands = {
  'conversation:take': z.object({ conversationId: id }),
  'conversation:return': z.object({ conversationId: id }),
  'conversation:resolve': z.object({ conversationId: id }),
  /** Gives it to an agent, from the queue or from a colleague. */
  'conversation:assign': z.object({ conversationId: id, agentId: id }),
  /** Puts it aside until then (epoch ms). */
  'conversation:snooze': z.object({ conversationId: id, until: z.number().int().positive() }),
  'conversation:label': z.object({ conversationId: id, add: z.array(id).max(20).default([]), remove: z.array(id).max(20).default([]) }),
  'conversation:open': z.object({ conversationId: id, afterSeq: z.number().int().nonnegative().optional() }),
  /** The agent looks at nothing now. */
  'conversation:leave': z.object({ conversationId: id }),
  'message:send': z.object({
    conversationId: id,
    clientMessageId: id,
    text,
    /** The last message on the agent's screen: a colleague's reply after it refuses this one (P20). */
    seenSeq: z.number().int().nonnegative().optional(),
  }),
  /** `mentions`: agents picked from a list; `@name` in the text is found as well. */
  'note:add': z.object({ conversationId: id, clientMessageId: id, text, mentions: z.array(id).max(20).optional() }),
  /** Away: gets no conversations, and does not count as online to visitors. */
  'agent:status': z.object({ isAway: z.boolean() }),
  typing: z.object({ conversationId: id }),
  'tier:force': z.object({
    tier: tierSchema,
    reason,
    /** At most a day: a pin that nobody remembers is an outage of its own. */
    forMs: z.number().int().min(60_000).max(86_400_000),
  }),
  'tier:release': z.object({ reason: reason.optional() }),
  'drill:start': z.object({
    target: z.enum(['claude', 'gpt', 'open-model', 'all-models']),
    fault: z.enum(['unreachable', 'overloaded', 'silent', 'cut', 'bad-key']),
    /** Share of conversations, 0–1. */
    share: z.number().gt(0).max(1),
    forMs: z.number().int().min(5_000).max(3_600_000),
    reason,
  }),
  'drill:stop': z.object({}),
  'alert:acknowledge': z.object({ alertId: id }),
} as const;
export type AgentCommand = keyof typeof agentCommands;
export type AgentPayload<Name extends AgentCommand> = z.output<(typeof agentCommands)[Name]>;

export interface AgentAcks {
  'conversation:take': { conversation: InboxConversation };
  'conversation:return': { conversation: InboxConversation };
  'conversation:resolve': { conversation: InboxConversation };
  'conversation:assign': { conversation: InboxConversation };
  'conversation:snooze': { conversation: InboxConversation };
  'conversation:label': { conversation: InboxConversation };
  'conversation:open': { conversation: InboxConversation; messages: Message[]; turns: TurnTrail[]; notes: Note[] };
  'conversation:leave': object;
  'message:send': { messageId: string; seq: number };
  'note:add': { noteId: string };
  'agent:status': { isAway: boolean };
  typing: object;
  'tier:force': object;
  'tier:release': object;
  'drill:start': { drillId: string };
  'drill:stop': object;
  'alert:acknowledge': object;
}

/** A conversation as the inbox lists it. */
export interface InboxConversation extends Conversation {
  readonly visitorId: string;
  readonly locale: string;
  /** The tier the conversation stands on now. */
  readonly tier: Tier;
  readonly agentId: string | null;
  readonly agentName: string | null;
  readonly waitingSince: number | null;
  readonly preview: string;
  readonly updatedAt: number;
  readonly pageUrl: string | null;
  readonly pageTitle: string | null;
  readonly identity: { readonly name: string | null; readonly email: string | null; readonly isVerified: boolean };
  readonly labels: readonly Label[];
  /** Comes back then (epoch ms), while `state` is `snoozed`. */
  readonly snoozedUntil: number | null;
  /** A question of it is parked until the assistant is back. */
  readonly isParked: boolean;
  /** An outage left its last question to the FAQ or to a person. */
  readonly isOutage: boolean;
}

export interface Note {
  readonly id: string;
  readonly conversationId: string;
  readonly authorName: string;
  readonly text: string;
  readonly createdAt: number;
  /** Ids of agents it asks to look. */
  readonly mentions: readonly string[];
}

/** What was tried for one answer, in order. */
export interface TurnTrail {
  readonly turnId: string;
  readonly questionMessageId: string;
  readonly answerMessageId: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly cause: string;
  readonly attempts: readonly AttemptTrail[];
}

export interface AttemptTrail {
  readonly tier: Tier;
  readonly model: string;
  readonly outcome: string;
  readonly detail: string | null;
  readonly firstTextMs: number | null;
  readonly durationMs: number;
}

/** One route or tier as the ladder view shows it. */
export interface LadderRouteView {
  readonly id: string;
  readonly model: string;
  readonly state: string;
  readonly since: number;
  readonly cause: string;
  readonly rampShare: number;
  readonly nextProbeAt: number | null;
  readonly saturatedUntil: number | null;
  readonly ttftP50Ms: number | null;
  readonly ttftP95Ms: number | null;
  readonly errorRate: number | null;
  readonly lastSuccessAt: number | null;
  /** What the provider's status page says, while it names trouble: the route is judged more strictly. */
  readonly suspicion?: string | null;
}

export interface LadderView {
  readonly tier: Tier;
  readonly since: number;
  readonly cause: string;
  readonly tiers: readonly { readonly id: Tier; readonly state: string; readonly routes: readonly LadderRouteView[] }[];
  readonly pin: { readonly tier: Tier; readonly reason: string; readonly by: string; readonly until: number } | null;
  readonly egressSuspectedSince: number | null;
  readonly affectedConversations: number;
  readonly isSimulated: boolean;
  readonly changes: readonly TierChangeView[];
  /** The outage that is rehearsed now. */
  readonly drill?: DrillView | null;
  /** Those that have ended since the server started, newest first. */
  readonly lastDrills?: readonly DrillView[];
}

/** A rehearsed outage. */
export interface DrillView extends AgentPayload<'drill:start'> {
  readonly id: string;
  readonly startedBy: string;
  readonly startedAt: number;
  readonly endsAt: number;
  /** Null while it runs. */
  readonly endedAt: number | null;
  /** Null: its time was over. */
  readonly endedBy: string | null;
}

/** Answer of `GET /api/agent/ladder/history`: one bucket a minute, oldest first, the running minute last. */
export interface LadderHistory {
  readonly minutes: number;
  readonly routes: readonly { readonly id: string; readonly buckets: readonly LadderMinute[] }[];
}

export interface LadderMinute {
  /** Start of the minute, epoch ms. */
  readonly at: number;
  readonly samples: number;
  readonly failures: number;
  readonly ttftP50Ms: number | null;
  readonly ttftP95Ms: number | null;
}

export interface TierChangeView {
  readonly from: Tier;
  readonly to: Tier;
  readonly cause: string;
  readonly signal: string;
  readonly at: number;
  readonly affectedConversations: number;
  /** Rehearsed, and not counted. */
  readonly isDrill?: boolean;
}

export interface SignalView {
  readonly routeId: string;
  readonly from: 'turn' | 'probe';
  readonly outcome: string;
  readonly detail: string | null;
  readonly firstTextMs: number | null;
  readonly at: number;
}

export interface AgentServerEvents {
  'ladder:changed': (payload: { ladder: LadderView }) => void;
  signal: (payload: SignalView) => void;
  'incident:changed': (payload: { incident: IncidentView }) => void;
  'queue:changed': (payload: { waiting: number; online: number }) => void;
  'note:added': (payload: { note: Note }) => void;
  /** To the agents a note names, wherever they are in the console. */
  'agent:mentioned': (payload: { note: Note }) => void;
  /** Somebody came, left, went away or has another number of conversations. */
  'team:changed': (payload: { team: readonly TeamMember[] }) => void;
  /** Labels or shared replies were edited: read them anew. */
  'desk:changed': (payload: { what: 'labels' | 'canned-replies' }) => void;
  'conversation:changed': (payload: { conversation: InboxConversation }) => void;
  'message:created': (payload: { message: Message }) => void;
  'message:delta': (payload: MessageDelta) => void;
  'message:completed': (payload: { message: Message }) => void;
  'message:updated': (payload: { message: Message }) => void;
  'visitor:typing': (payload: { conversationId: string }) => void;
  'agent:viewing': (payload: { conversationId: string; agents: readonly { id: string; name: string; isTyping: boolean }[] }) => void;
}

export interface IncidentView {
  readonly id: string;
  readonly state: 'investigating' | 'identified' | 'monitoring' | 'resolved';
  readonly title: string;
  readonly startedAt: number;
  readonly resolvedAt: number | null;
}

export type AgentClientEvents = {
  [Name in AgentCommand]: (payload: z.input<(typeof agentCommands)[Name]>, acknowledge: (answer: Ack<AgentAcks[Name]>) => void) => void;
};

import type {
  AgentSession,
  InboxConversation,
  InboxView,
  LadderView,
  Message,
  Note,
  SignalView,
  TurnTrail,
  WireError,
} from '@stepdown/protocol';
import type { InboxState } from './agent-inbox.ts';
import type { InboxConditions } from './agent-inbox-conditions.ts';
import type { SharedView } from './agent-shared.ts';

/** `unknown`: not asked yet. `unreachable`: asked, and the server gave no answer. */
export type AccessState =
  | { readonly kind: 'unknown' | 'unreachable' }
  | { readonly kind: 'signed-out'; readonly because: 'never-signed-in' | 'left' | 'expired' }
  | { readonly kind: 'signed-in'; readonly session: AgentSession };

/** `reconnecting`: lost a moment ago. `offline`: gone long enough to tell the agent. */
export type AgentConnectionState = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'offline';

export interface InboxFilter {
  readonly view: InboxView;
  readonly search: string;
  readonly conditions?: InboxConditions;
}

export interface AlertView {
  readonly id: string;
  readonly code: string;
  readonly routeId?: string;
  readonly detail: string;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly createdAt: number;
  readonly acknowledgedBy?: string;
  readonly acknowledgedAt?: number;
}

/** Another agent who looks at the same conversation. */
export interface Viewer {
  readonly id: string;
  readonly name: string;
  readonly isTyping: boolean;
}

/** A reply that the server has not acknowledged yet; `failed` needs the agent. */
export interface OutgoingReply {
  readonly clientMessageId: string;
  readonly text: string;
  readonly createdAt: number;
  readonly delivery: 'waiting' | 'sending' | 'failed';
  readonly failure?: WireError;
}

export type DeskPhase = 'loading' | 'ready' | 'missing' | 'failed';

/** The conversation that is open on the screen. */
export interface DeskView {
  readonly conversationId: string;
  readonly phase: DeskPhase;
  readonly conversation: InboxConversation | null;
  readonly messages: readonly Message[];
  /** Ids of answers that broke off and are about to be replaced. */
  readonly continuingIds: ReadonlySet<string>;
  readonly outgoing: readonly OutgoingReply[];
  readonly notes: readonly Note[];
  readonly turns: readonly TurnTrail[];
  readonly viewers: readonly Viewer[];
  readonly isVisitorTyping: boolean;
}

export interface AgentSnapshot extends SharedView {
  readonly access: AccessState;
  readonly connection: AgentConnectionState;
  readonly inbox: InboxState;
  readonly desk: DeskView | null;
  readonly ladder: LadderView | null;
  /** Newest first. */
  readonly signals: readonly SignalView[];
  readonly alerts: readonly AlertView[];
  /** Agents who are signed in now, this one too. */
  readonly onlineCount: number;
}

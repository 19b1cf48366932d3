import type { Conversation, ConversationStore, QueueStore, TurnStore } from '@stepdown/conversation';
import type { AgentSessionStore, AgentStore, InvitationStore, SetUpTokenStore, SignInAttemptStore } from './types-access.ts';
import type { CacheStore, FaqRevisionStore } from './types-content.ts';
import type { FaqConflictStore, FaqFileStore, FaqLearningStore, FaqReadingStore } from './types-faq.ts';
import type { CannedReplyStore, LabelStore, RatingArchive } from './types-inbox.ts';
import type {
  AlertStore,
  AuditStore,
  HealthBucketStore,
  IncidentStore,
  LadderStateStore,
  PinStore,
  TierChangeStore,
} from './types-ladder.ts';

export type * from './types-access.ts';
export type * from './types-content.ts';
export type * from './types-faq.ts';
export type * from './types-inbox.ts';
export type * from './types-ladder.ts';

/** Everything that outlives a process. Every method is one transaction; times are epoch ms, given by the caller. */
export interface Store {
  readonly kind: 'sqlite' | 'postgres';
  readonly conversations: ConversationArchive;
  readonly turns: TurnStore;
  readonly visitors: VisitorStore;
  readonly agents: AgentStore;
  readonly agentSessions: AgentSessionStore;
  readonly setUpTokens: SetUpTokenStore;
  readonly invitations: InvitationStore;
  readonly signInAttempts: SignInAttemptStore;
  readonly audit: AuditStore;
  readonly tierChanges: TierChangeStore;
  readonly ladderState: LadderStateStore;
  readonly healthBuckets: HealthBucketStore;
  readonly pins: PinStore;
  readonly jobs: JobStore;
  readonly cache: CacheStore;
  readonly faqRevisions: FaqRevisionStore;
  readonly faqFiles: FaqFileStore;
  readonly faqConflicts: FaqConflictStore;
  readonly faqReadings: FaqReadingStore;
  readonly faqLearning: FaqLearningStore;
  readonly incidents: IncidentStore;
  readonly alerts: AlertStore;
  readonly queue: QueueStore;
  readonly labels: LabelStore;
  readonly cannedReplies: CannedReplyStore;
  readonly ratings: RatingArchive;
  /** Removes what has served its time: expired sessions, links and cache entries, ended jobs, old attempts and buckets. */
  prune(now: number): Promise<void>;
  /** Resolves when the database answers; rejects otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface ConversationArchive extends ConversationStore {
  /**
   * Removes the conversation everywhere: messages, turns, notes, search words, jobs and saved answers that came
   * from it. A visitor without another conversation loses name and e-mail, but keeps the token. False when unknown.
   */
  delete(conversationId: string): Promise<boolean>;
  /** Newest first. */
  ofVisitors(visitorIds: readonly string[], limit: number): Promise<readonly Conversation[]>;
}

/** SHA-256 in lower-case hexadecimal, 64 characters. Anything else is refused with a TypeError: a token itself must never be stored. */
export type TokenHash = string;

export interface Visitor {
  readonly id: string;
  readonly tokenHash: TokenHash;
  readonly name: string | undefined;
  readonly email: string | undefined;
  /** The site vouched for name and e-mail with a signature. */
  readonly isVerified: boolean;
  /** Whom the site vouched for; undefined for somebody unknown. */
  readonly person: Person | undefined;
  readonly createdAt: number;
  readonly seenAt: number;
}

/** A person as one site knows them. */
export interface Person {
  readonly site: string;
  readonly subject: string;
}

export interface IdentifiedVisitor extends Person {
  /** Somebody unknown so far, or this very person already. */
  readonly visitorId: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

export interface VisitorStore {
  create(visitor: { readonly id: string; readonly tokenHash: TokenHash; readonly createdAt: number }): Promise<Visitor>;
  /** The person, also by the token of another device of theirs. */
  byTokenHash(tokenHash: TokenHash): Promise<Visitor | undefined>;
  get(visitorId: string): Promise<Visitor | undefined>;
  touch(visitorId: string, at: number): Promise<void>;
  /** Visitors for whom the site vouched with this address; never those who only typed it. */
  verifiedWithEmail(email: string): Promise<readonly Visitor[]>;
  /**
   * The site vouched for who this is. The first device keeps its conversations; what was said on another device of the
   * same person moves to them, and its token opens theirs from now on. Resolves to the person's visitor.
   */
  identify(visitor: IdentifiedVisitor): Promise<Visitor>;
  /** Replaces name, e-mail and `isVerified`; all three are searchable in the inbox. Undefined when the visitor is unknown. */
  setIdentity(visitorId: string, identity: VisitorIdentity): Promise<Visitor | undefined>;
}

export interface VisitorIdentity {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly isVerified: boolean;
}

export type JobState = 'waiting' | 'running' | 'done' | 'dead' | 'cancelled';

export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly dedupeKey: string;
  /** JSON text. */
  readonly payload: string;
  readonly state: JobState;
  readonly runAt: number;
  /** Times it was claimed. */
  readonly attempts: number;
  readonly leaseOwner: string | undefined;
  readonly leaseUntil: number | undefined;
  readonly lastError: string | undefined;
  /** Deleted together with this conversation. */
  readonly conversationId: string | undefined;
  readonly createdAt: number;
  readonly endedAt: number | undefined;
}

export interface NewJob {
  readonly id: string;
  readonly kind: string;
  /** One job per key that is not cancelled, for ever: a done one is not repeated. */
  readonly dedupeKey: string;
  /** JSON text. */
  readonly payload: string;
  readonly runAt: number;
  readonly createdAt: number;
  readonly conversationId?: string | undefined;
}

/** A durable queue. A job runs at least once, so what it does must be repeatable. */
export interface JobStore {
  /** A known `dedupeKey` returns the stored job with `isNew: false` and changes nothing. */
  enqueue(job: NewJob): Promise<{ readonly job: Job; readonly isNew: boolean }>;
  /** Due jobs, and running ones whose lease ended, earliest first; each goes to one claimer only. */
  claim(request: {
    readonly kinds: readonly string[];
    readonly owner: string;
    readonly now: number;
    readonly leaseUntil: number;
    readonly limit: number;
  }): Promise<readonly Job[]>;
  /** Extends the lease of a running job still owned by `owner`; false when it was lost. */
  renew(jobId: string, owner: string, leaseUntil: number): Promise<boolean>;
  /** False when `owner` lost the job in the meantime. */
  complete(jobId: string, owner: string, at: number): Promise<boolean>;
  /** Waits until `retryAt`, or is dead without one. False when `owner` lost the job in the meantime. */
  fail(
    jobId: string,
    owner: string,
    failure: { readonly error: string; readonly at: number; readonly retryAt?: number | undefined },
  ): Promise<boolean>;
  /** Cancels a waiting or running job; false when there is none. */
  cancelByDedupeKey(dedupeKey: string, at: number): Promise<boolean>;
  byDedupeKey(dedupeKey: string): Promise<Job | undefined>;
  /** Earliest `runAt` first. */
  list(query: {
    readonly kind?: string | undefined;
    readonly state?: JobState | undefined;
    readonly conversationId?: string | undefined;
    readonly limit: number;
  }): Promise<readonly Job[]>;
}

import type { TokenHash } from './types.ts';

export type AgentRole = 'viewer' | 'agent' | 'editor' | 'admin';

export interface Agent {
  readonly id: string;
  /** Stored in lower case; unique. */
  readonly email: string;
  readonly name: string;
  readonly role: AgentRole;
  readonly isDisabled: boolean;
  /** Said by the agent; whether a console is open is another question. */
  readonly isAway: boolean;
  /** Open conversations at a time; undefined = the house's default. */
  readonly capacity: number | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface AgentCredentials extends Agent {
  /** Encoded hash with salt and parameters; undefined until the agent has chosen a password. */
  readonly passwordHash: string | undefined;
}

export interface NewAgent {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: AgentRole;
  readonly passwordHash?: string | undefined;
  readonly createdAt: number;
}

export interface AgentPatch {
  readonly name?: string;
  readonly role?: AgentRole;
  readonly isDisabled?: boolean;
  readonly isAway?: boolean;
  /** The key with the value undefined goes back to the default. */
  readonly capacity?: number | undefined;
}

export interface AgentStore {
  count(): Promise<number>;
  /** Undefined when the e-mail is taken. */
  create(agent: NewAgent): Promise<Agent | undefined>;
  byEmail(email: string): Promise<AgentCredentials | undefined>;
  byId(agentId: string): Promise<Agent | undefined>;
  /** By name. */
  list(): Promise<readonly Agent[]>;
  /**
   * Disabling an agent ends all their sessions in the same transaction. A change that would leave no enabled admin
   * is refused: `last-admin`.
   */
  update(agentId: string, patch: AgentPatch, at: number): Promise<Agent | 'unknown' | 'last-admin'>;
  /** Ends all sessions of the agent in the same transaction. False when the agent is unknown. */
  setPasswordHash(agentId: string, passwordHash: string, at: number): Promise<boolean>;
}

export interface AgentSession {
  readonly tokenHash: TokenHash;
  readonly agentId: string;
  readonly csrfHash: string | undefined;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

/** Idle and absolute limits are judged by the caller; the store keeps the times. */
export interface AgentSessionStore {
  create(session: Omit<AgentSession, 'csrfHash'> & { readonly csrfHash?: string | undefined }): Promise<AgentSession>;
  byTokenHash(tokenHash: TokenHash): Promise<AgentSession | undefined>;
  touch(tokenHash: TokenHash, at: number): Promise<void>;
  delete(tokenHash: TokenHash): Promise<void>;
  /** Returns how many ended. */
  deleteOfAgent(agentId: string): Promise<number>;
}

/** A link that works once: the first set-up of a new house, or an invitation of an agent. */
export interface OneTimeLink {
  readonly tokenHash: TokenHash;
  readonly email: string | undefined;
  readonly role: AgentRole;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly consumedAt: number | undefined;
}

export interface NewOneTimeLink {
  readonly tokenHash: TokenHash;
  readonly email?: string | undefined;
  readonly role: AgentRole;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface OneTimeLinkStore {
  create(link: NewOneTimeLink): Promise<OneTimeLink>;
  byTokenHash(tokenHash: TokenHash): Promise<OneTimeLink | undefined>;
  /** The link, exactly once and only before `expiresAt`; undefined to everyone else. */
  consume(tokenHash: TokenHash, at: number): Promise<OneTimeLink | undefined>;
  /** Neither consumed nor expired, newest first. */
  pending(now: number): Promise<readonly OneTimeLink[]>;
  /** Ends every link of this kind that is not consumed; a new set-up link replaces the older ones. */
  revokeAll(): Promise<number>;
}

export type SetUpTokenStore = OneTimeLinkStore;
export type InvitationStore = OneTimeLinkStore;

/** Counted per key, for example `account:<hash of e-mail>` and `address:<network>`. */
export interface SignInAttemptStore {
  record(attempt: { readonly key: string; readonly at: number; readonly isOk: boolean }): Promise<void>;
  /** Failures at or after `since`. */
  countFailuresSince(key: string, since: number): Promise<number>;
  clear(key: string): Promise<void>;
}

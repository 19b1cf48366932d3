import { z } from 'zod';
import type { AgentAcks, LadderView, Role } from './agent.ts';

export const signInSchema = z.object({ email: z.email().max(254), password: z.string().min(1).max(200) });
export const setUpSchema = z.object({
  token: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(80),
  email: z.email().max(254),
  password: z.string().max(200),
});
export const changePasswordSchema = z.object({ currentPassword: z.string().min(1).max(200), newPassword: z.string().max(200) });
export const inviteSchema = z.object({ email: z.email().max(254), role: z.enum(['viewer', 'agent', 'editor', 'admin']) });
export interface AgentProfile {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** Answer of `GET /api/agent/session`. `socketToken` goes into the handshake of the agent socket; `csrfToken` into `x-csrf-token`. */
export interface AgentSession {
  readonly agent: AgentProfile;
  readonly csrfToken: string;
  readonly socketToken: string;
  readonly isSimulated: boolean;
  /** Name of the shop, for saved replies. */
  readonly siteName?: string;
}

export type ConversationDetail = AgentAcks['conversation:open'];
export type LadderResponse = LadderView;

/** Query of `GET /api/agent/ladder`: how far back its `changes` go. */
export const ladderQuerySchema = z.object({ days: z.coerce.number().int().min(1).max(90).default(1) });
/** Query of `GET /api/agent/ladder/history`; minutes are kept for a day. */
export const ladderHistoryQuerySchema = z.object({ minutes: z.coerce.number().int().min(1).max(1_440).default(60) });

/** Public, free of secrets: `GET /api/status`. */
export interface StatusResponse {
  readonly tier: string;
  readonly since: number;
  readonly cause: string;
  readonly tiers: readonly {
    readonly id: string;
    readonly state: string;
    readonly models: readonly {
      readonly id: string;
      readonly state: string;
      readonly ttftP50Ms: number | null;
      readonly ttftP95Ms: number | null;
      readonly errorRate: number | null;
      readonly lastSuccessAt: number | null;
      readonly nextProbeAt: number | null;
    }[];
  }[];
  readonly incident: { readonly id: string; readonly state: string; readonly title: string; readonly startedAt: number } | null;
  readonly isSimulated: boolean;
}

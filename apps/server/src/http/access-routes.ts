import type { AgentSession } from '@stepdown/protocol';
import { changePasswordSchema, inviteSchema, roleSchema, setUpSchema, signInSchema } from '@stepdown/protocol';
import type { Router } from 'express';
import { z } from 'zod';
import type { AddressOf } from '../access/addresses.ts';
import type { Origins } from '../access/origins.ts';
import {
  type AccessRefusal,
  audit,
  changePassword,
  invite,
  profileOf,
  type SignedIn,
  type SignInPorts,
  setUpAgent,
  signIn,
} from '../access/sign-in.ts';
import { hashToken } from '../access/tokens.ts';
import { csrfTokenOf, refuseCrossSite, socketTokenOf } from './agent-gate.ts';
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from './cookies.ts';
import { type AgentRequest, type createAgentRoutes, HttpRefusal, parseInput } from './routes.ts';

export interface AccessRoutePorts extends SignInPorts {
  readonly origins: Origins;
  readonly addressOf: AddressOf;
  readonly isSimulated: boolean;
  readonly siteName: string;
  /** Ends the live sockets of an agent whose sessions are gone. */
  readonly disconnectAgent: (agentId: string) => void;
}

type AddRoute = ReturnType<typeof createAgentRoutes>;

/** Open to everyone: signing in, and redeeming a link. */
export function addPublicAccessRoutes(router: Router, ports: AccessRoutePorts): void {
  router.post('/api/agent/sign-in', async (request, response) => {
    refuseCrossSite(request, ports.origins);
    const { email, password } = parseInput(signInSchema, request.body);
    const result = await signIn(ports, { email, password, address: ports.addressOf(request) });
    if (!result.ok) throw refusalOf(result.error);
    // Another id for another sign-in, and the one before is worth nothing any more (D47).
    const before = sessionTokenOf(request);
    if (before !== undefined) await ports.store.agentSessions.delete(hashToken(before));
    enter(response, ports, result.value);
  });
  router.post('/api/agent/set-up', async (request, response) => {
    refuseCrossSite(request, ports.origins);
    const result = await setUpAgent(ports, parseInput(setUpSchema, request.body));
    if (!result.ok) throw refusalOf(result.error);
    enter(response, ports, result.value);
  });
}

export function addAccessRoutes(add: AddRoute, ports: AccessRoutePorts): void {
  add('GET /api/agent/session', async ({ agent, sessionToken }) => sessionAnswer(ports, agent, sessionToken));
  add('POST /api/agent/sign-out', async ({ agent, sessionToken, response }) => {
    await ports.store.agentSessions.delete(hashToken(sessionToken));
    ports.disconnectAgent(agent.id);
    clearSessionCookie(response);
  });
  add('POST /api/agent/password', async ({ agent, request, response }) => {
    const result = await changePassword(ports, agent, parseInput(changePasswordSchema, request.body));
    if (!result.ok) throw refusalOf(result.error);
    ports.disconnectAgent(agent.id);
    enter(response, ports, result.value);
  });
  add('GET /api/agent/agents', async () => ({
    agents: (await ports.store.agents.list()).map((each) => ({
      ...profileOf(each),
      isDisabled: each.isDisabled,
      capacity: each.capacity ?? null,
    })),
  }));
  add('POST /api/agent/agents/:agentId', (call) => updateAgent(ports, call));
  add('GET /api/agent/invitations', async () => {
    const pending = await ports.store.invitations.pending(ports.clock.now());
    return { invitations: pending.map(({ email, role, createdAt, expiresAt }) => ({ email: email ?? null, role, createdAt, expiresAt })) };
  });
  add('POST /api/agent/invitations', async ({ agent, request }) => {
    const invitation = parseInput(inviteSchema, request.body);
    const token = await invite(ports, invitation);
    await audit(ports, agent, 'agent.invited', invitation.role);
    return { link: `/console#/set-up/${token}` };
  });
  add('GET /api/agent/audit', async ({ request }) => {
    const { before } = parseInput(z.object({ before: z.string().max(64).optional() }), request.query);
    return { entries: await ports.store.audit.list({ before, limit: 100 }) };
  });
}

const agentPatchSchema = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  role: roleSchema.optional(),
  isDisabled: z.boolean().optional(),
  /** Open conversations at a time; null: the house's default. */
  capacity: z.number().int().min(0).max(100).nullable().optional(),
});

async function updateAgent(ports: AccessRoutePorts, { agent, request }: AgentRequest): Promise<unknown> {
  const agentId = String(request.params.agentId);
  const { name, role, isDisabled, capacity } = parseInput(agentPatchSchema, request.body);
  const patch = {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    ...(isDisabled === undefined ? {} : { isDisabled }),
    ...(capacity === undefined ? {} : { capacity: capacity ?? undefined }),
  };
  const updated = await ports.store.agents.update(agentId, patch, ports.clock.now());
  if (updated === 'unknown') throw new HttpRefusal('not_found', 'There is no such account.');
  if (updated === 'last-admin') throw new HttpRefusal('conflict', 'This is the last admin; make another one first.');
  if (updated.isDisabled || role !== undefined) ports.disconnectAgent(agentId);
  await audit(ports, agent, 'agent.changed', agentId, Object.keys(patch).join(', '));
  return { agent: { ...profileOf(updated), isDisabled: updated.isDisabled, capacity: updated.capacity ?? null } };
}

function enter(response: AgentRequest['response'], ports: AccessRoutePorts, signedIn: SignedIn): void {
  setSessionCookie(response, signedIn.token, signedIn.session.expiresAt);
  response.json(sessionAnswer(ports, signedIn.agent, signedIn.token));
}

function sessionAnswer(ports: AccessRoutePorts, agent: AgentSession['agent'], sessionToken: string): AgentSession {
  const { isSimulated, siteName } = ports;
  return { agent, csrfToken: csrfTokenOf(sessionToken), socketToken: socketTokenOf(sessionToken), isSimulated, siteName };
}

function refusalOf(refusal: AccessRefusal): HttpRefusal {
  return new HttpRefusal(refusal.code, refusal.message, refusal.code === 'rate_limited' ? refusal.retryAfterMs : undefined);
}

import type { Clock, NewId } from '@stepdown/kernel';
import { err, ok, type Result } from '@stepdown/kernel';
import type { AgentProfile, Role } from '@stepdown/protocol';
import type { Agent, AgentSession, Store } from '@stepdown/store';
import { hashPassword, passwordProblem, verifyPassword } from './passwords.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';
import { hashToken, newToken } from './tokens.ts';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
const TOUCH_EVERY_MS = 60_000;
const LINK_MS = 7 * 24 * 3_600_000;

export interface AccessPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
}

export interface SignInPorts extends AccessPorts {
  readonly throttle: SignInThrottle;
}

export interface SignedIn {
  readonly agent: AgentProfile;
  readonly session: AgentSession;
  /** Only known at sign-in; the store has its hash. */
  readonly token: string;
}

export type AccessRefusal =
  | { readonly code: 'unauthorized' | 'not_found'; readonly message: string }
  | { readonly code: 'rate_limited'; readonly message: string; readonly retryAfterMs: number }
  | { readonly code: 'invalid'; readonly message: string };

/** Signs in with e-mail and password; a wrong one and an unknown account can't be told apart (D46). */
export async function signIn(
  ports: SignInPorts,
  credentials: { readonly email: string; readonly password: string; readonly address: string },
): Promise<Result<SignedIn, AccessRefusal>> {
  const email = credentials.email.toLowerCase();
  const known = await ports.store.agents.byEmail(email);
  const guess = { account: hashToken(email), address: hashToken(credentials.address) };
  const { isRight, waitMs } = await ports.throttle.attempt(guess, async () => {
    const isPassword = await verifyPassword(credentials.password, known?.passwordHash);
    return isPassword && known?.isDisabled === false;
  });
  if (waitMs > 0) return err(tooMany(waitMs));
  if (!isRight || known === undefined) return err({ code: 'unauthorized', message: 'E-mail or password is wrong.' });
  await audit(ports, known, 'agent.signed-in', known.id);
  return ok(await openSession(ports, known));
}

function tooMany(retryAfterMs: number): AccessRefusal {
  return { code: 'rate_limited', message: 'Too many attempts. Wait a few minutes and try again.', retryAfterMs };
}

export async function openSession(ports: AccessPorts, agent: Agent): Promise<SignedIn> {
  const now = ports.clock.now();
  const token = newToken();
  const session = await ports.store.agentSessions.create({
    tokenHash: hashToken(token),
    agentId: agent.id,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + ABSOLUTE_MS,
  });
  return { agent: profileOf(agent), session, token };
}

/** The agent of a session that is neither idle for 30 minutes nor older than 12 hours (D47). Asking keeps it alive, looking does not. */
export async function agentOfSession(
  ports: AccessPorts,
  token: string,
  { keepsAlive = true }: { readonly keepsAlive?: boolean } = {},
): Promise<{ agent: AgentProfile; session: AgentSession } | undefined> {
  const session = await ports.store.agentSessions.byTokenHash(hashToken(token));
  const now = ports.clock.now();
  if (session === undefined || session.expiresAt <= now || session.lastSeenAt + IDLE_MS <= now) return undefined;
  const agent = await ports.store.agents.byId(session.agentId);
  if (agent === undefined || agent.isDisabled) return undefined;
  if (keepsAlive && now - session.lastSeenAt > TOUCH_EVERY_MS) await ports.store.agentSessions.touch(session.tokenHash, now);
  return { agent: profileOf(agent), session };
}

export function profileOf(agent: Agent): AgentProfile {
  return { id: agent.id, name: agent.name, email: agent.email, role: agent.role };
}

/** A new link for the first agent of a house without one; the older ones end. Undefined when there is an agent. */
export async function newSetUpLink(ports: AccessPorts): Promise<string | undefined> {
  if ((await ports.store.agents.count()) > 0) return undefined;
  await ports.store.setUpTokens.revokeAll();
  return createLink(ports, ports.store.setUpTokens, { role: 'admin', email: undefined });
}

export function invite(ports: AccessPorts, invitation: { readonly email: string; readonly role: Role }): Promise<string> {
  return createLink(ports, ports.store.invitations, invitation);
}

async function createLink(
  ports: AccessPorts,
  links: Store['invitations'],
  link: { readonly email: string | undefined; readonly role: Role },
): Promise<string> {
  const token = newToken();
  const now = ports.clock.now();
  await links.create({
    tokenHash: hashToken(token),
    email: link.email?.toLowerCase(),
    role: link.role,
    createdAt: now,
    expiresAt: now + LINK_MS,
  });
  return token;
}

export interface SetUp {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Redeems a set-up or invitation link, once; afterwards it is as unknown as any other text (D50). */
export async function setUpAgent(ports: AccessPorts, request: SetUp): Promise<Result<SignedIn, AccessRefusal>> {
  const unknown = err({ code: 'not_found', message: 'This link is not valid any more. Ask for a new one.' } as const);
  const tokenHash = hashToken(request.token);
  const links = (await ports.store.agents.count()) === 0 ? ports.store.setUpTokens : ports.store.invitations;
  const link = await links.byTokenHash(tokenHash);
  if (link === undefined || link.consumedAt !== undefined || link.expiresAt <= ports.clock.now()) return unknown;
  const email = link.email ?? request.email.toLowerCase();
  const problem = passwordProblem(request.password, email);
  if (problem !== undefined) return err({ code: 'invalid', message: problem });
  const passwordHash = await hashPassword(request.password);
  const consumed = await links.consume(tokenHash, ports.clock.now());
  if (consumed === undefined) return unknown;
  const agent = await createAgent(ports, { email, name: request.name, role: consumed.role, passwordHash });
  if (agent === undefined)
    return err({ code: 'invalid', message: 'There is already an account with this e-mail address. Sign in instead.' });
  await audit(ports, agent, 'agent.created', agent.id);
  return ok(await openSession(ports, agent));
}

export function createAgent(
  ports: AccessPorts,
  agent: { readonly email: string; readonly name: string; readonly role: Role; readonly passwordHash: string },
): Promise<Agent | undefined> {
  return ports.store.agents.create({ ...agent, id: ports.newId('agt'), createdAt: ports.clock.now() });
}

/** All sessions end with the old password, this one too (D47). */
export async function changePassword(
  ports: SignInPorts,
  agent: AgentProfile,
  change: { readonly currentPassword: string; readonly newPassword: string },
): Promise<Result<SignedIn, AccessRefusal>> {
  const known = await ports.store.agents.byEmail(agent.email);
  // Counted apart from signing in: whoever found an open console can't guess on, nor lock its owner out.
  const { isRight, waitMs } = await ports.throttle.attempt({ account: `change:${agent.id}` }, () =>
    verifyPassword(change.currentPassword, known?.passwordHash),
  );
  if (waitMs > 0) return err(tooMany(waitMs));
  if (!isRight || known === undefined) return err({ code: 'unauthorized', message: 'The current password is wrong.' });
  const problem = passwordProblem(change.newPassword, agent.email);
  if (problem !== undefined) return err({ code: 'invalid', message: problem });
  await ports.store.agents.setPasswordHash(agent.id, await hashPassword(change.newPassword), ports.clock.now());
  await audit(ports, agent, 'agent.password-changed', agent.id);
  return ok(await openSession(ports, known));
}

export async function audit(
  ports: AccessPorts,
  actor: { readonly id: string; readonly name: string },
  action: string,
  subject: string,
  detail = '',
): Promise<void> {
  await ports.store.audit.write({
    id: ports.newId('evt'),
    at: ports.clock.now(),
    actorId: actor.id,
    actorName: actor.name,
    action,
    subject,
    detail,
  });
}

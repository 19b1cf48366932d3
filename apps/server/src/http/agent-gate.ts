import type { Request } from 'express';
import type { Origins } from '../access/origins.ts';
import { type AccessPorts, agentOfSession } from '../access/sign-in.ts';
import { createPseudonyms, isSameToken } from '../access/tokens.ts';
import { sessionTokenOf } from './cookies.ts';
import { type AgentGate, HttpRefusal } from './routes.ts';

/** Derived from the session token, so that only a page that could read `GET /api/agent/session` knows it. */
export function csrfTokenOf(sessionToken: string): string {
  return createPseudonyms(sessionToken)('csrf');
}

export function socketTokenOf(sessionToken: string): string {
  return createPseudonyms(sessionToken)('socket');
}

const SAFE_METHODS = new Set(['GET', 'HEAD']);

/** Refuses every state-changing request that did not come from our own page (D48). */
export function refuseCrossSite(request: Request, origins: Origins): void {
  if (SAFE_METHODS.has(request.method)) return;
  if (!origins.isAllowedRequest(request.headers)) throw new HttpRefusal('forbidden', 'This request came from another site.');
  if (!request.is('application/json')) throw new HttpRefusal('forbidden', 'Send JSON with content-type application/json.');
}

export function createAgentGate(ports: AccessPorts, origins: Origins): AgentGate {
  return async (request) => {
    refuseCrossSite(request, origins);
    const sessionToken = sessionTokenOf(request);
    const known = sessionToken === undefined ? undefined : await agentOfSession(ports, sessionToken);
    if (known === undefined || sessionToken === undefined) throw new HttpRefusal('unauthorized', 'Sign in to continue.');
    if (!SAFE_METHODS.has(request.method)) {
      const csrf = request.get('x-csrf-token') ?? '';
      if (!isSameToken(csrf, csrfTokenOf(sessionToken)))
        throw new HttpRefusal('forbidden', 'The page is out of date. Reload it and try again.');
    }
    return { agent: known.agent, sessionToken };
  };
}

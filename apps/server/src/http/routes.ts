import type { AgentProfile, ErrorCode, WireError } from '@stepdown/protocol';
import type { NextFunction, Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import { mayCall, type ProtectedRoute, ROUTE_RIGHTS } from '../access/rights.ts';

/** A refusal with a code of the wire protocol; anything else that is thrown becomes a 500 with an id. */
export class HttpRefusal extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, retryAfterMs?: number) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

const STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  too_long: 413,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  closed: 409,
  rate_limited: 429,
  unavailable: 503,
};

export function sendRefusal(response: Response, refusal: HttpRefusal): void {
  const error: WireError = {
    code: refusal.code,
    message: refusal.message,
    ...(refusal.retryAfterMs === undefined ? {} : { retryAfterMs: refusal.retryAfterMs }),
  };
  if (refusal.retryAfterMs !== undefined) response.setHeader('retry-after', Math.ceil(refusal.retryAfterMs / 1000));
  response.status(STATUS[refusal.code]).json({ ok: false, error });
}

/** Parses what came in, naming the field that is wrong. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new HttpRefusal(
    'invalid',
    issue === undefined ? 'The request is not valid.' : `${issue.path.join('.') || 'body'}: ${issue.message}`,
  );
}

export interface AgentRequest {
  readonly agent: AgentProfile;
  readonly sessionToken: string;
  readonly request: Request;
  readonly response: Response;
}

export type AgentGate = (request: Request) => Promise<{ readonly agent: AgentProfile; readonly sessionToken: string }>;

/**
 * Adds a console route. There is no other way to add one, and the rights table must name it: a route without an
 * entry does not compile, and the entry decides who may call (D49).
 */
export function createAgentRoutes(
  router: Router,
  gate: AgentGate,
): (route: ProtectedRoute, handle: (call: AgentRequest) => Promise<unknown>) => void {
  return (route, handle) => {
    const [method = '', path = ''] = route.split(' ');
    const handler: RequestHandler = async (request: Request, response: Response, _next: NextFunction) => {
      const { agent, sessionToken } = await gate(request);
      if (!mayCall(agent.role, route)) throw new HttpRefusal('forbidden', `Your role (${agent.role}) may not do this; ask an admin.`);
      const answer = await handle({ agent, sessionToken, request, response });
      if (!response.headersSent) response.json(answer ?? { ok: true });
    };
    if (method === 'GET') router.get(path, handler);
    else if (method === 'PUT') router.put(path, handler);
    else if (method === 'DELETE') router.delete(path, handler);
    else router.post(path, handler);
  };
}

export const PROTECTED_ROUTES = Object.keys(ROUTE_RIGHTS);

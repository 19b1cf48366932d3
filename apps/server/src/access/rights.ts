import type { AgentCommand, Role } from '@stepdown/protocol';

const everyone = ['viewer', 'agent', 'editor', 'admin'] as const;
const people = ['agent', 'editor', 'admin'] as const;
const editors = ['editor', 'admin'] as const;
const admins = ['admin'] as const;

/**
 * Who may do what: every route and every socket event of the console, deny by default (D49). A route can only be
 * added through this table, because its key is the route's type; a test walks the running router against it.
 */
export const ROUTE_RIGHTS = {
  'GET /api/agent/session': everyone,
  'POST /api/agent/sign-out': everyone,
  'POST /api/agent/password': everyone,
  'GET /api/agent/inbox': everyone,
  'GET /api/agent/inbox/export': people,
  'POST /api/agent/inbox/bulk': people,
  'GET /api/agent/queue': everyone,
  'GET /api/agent/conversations/:conversationId': everyone,
  'GET /api/agent/conversations/:conversationId/visitor': everyone,
  'GET /api/agent/conversations/:conversationId/transcript': everyone,
  'POST /api/agent/conversations/:conversationId/suggest': people,
  'GET /api/agent/team': everyone,
  'GET /api/agent/labels': everyone,
  'POST /api/agent/labels': people,
  'PUT /api/agent/labels/:labelId': people,
  'DELETE /api/agent/labels/:labelId': editors,
  'GET /api/agent/canned-replies': everyone,
  'POST /api/agent/canned-replies': people,
  'PUT /api/agent/canned-replies/:replyId': people,
  'DELETE /api/agent/canned-replies/:replyId': people,
  'GET /api/agent/reports/ratings': everyone,
  'GET /api/agent/ladder': everyone,
  'GET /api/agent/ladder/history': everyone,
  'GET /api/agent/alerts': everyone,
  'GET /api/agent/agents': admins,
  'POST /api/agent/agents/:agentId': admins,
  'GET /api/agent/invitations': admins,
  'POST /api/agent/invitations': admins,
  'GET /api/agent/audit': admins,
  'GET /api/faq': editors,
  'GET /api/faq/:id': editors,
  'PUT /api/faq/:id': editors,
  'DELETE /api/faq/:id': editors,
  'POST /api/faq/:id/undo': editors,
  'GET /api/faq/:id/history': editors,
  'POST /api/faq/:id/confirm': people,
  'POST /api/faq/conflicts/:conflictId/resolve': editors,
  'POST /api/faq/test': editors,
  'POST /api/faq/replay': editors,
  'GET /api/faq/gaps': editors,
  'POST /api/faq/gaps/:id/dismiss': editors,
  'GET /api/faq/duplicates': editors,
  'GET /api/faq/readiness': editors,
  'POST /api/faq/import': editors,
  'GET /api/faq/export': editors,
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export const EVENT_RIGHTS = {
  'conversation:take': people,
  'conversation:return': people,
  'conversation:resolve': people,
  'conversation:assign': people,
  'conversation:snooze': people,
  'conversation:label': people,
  'conversation:open': everyone,
  'conversation:leave': everyone,
  'message:send': people,
  'note:add': people,
  'agent:status': people,
  typing: people,
  'tier:force': admins,
  'tier:release': admins,
  'drill:start': admins,
  'drill:stop': admins,
  'alert:acknowledge': people,
} as const satisfies Readonly<Record<AgentCommand, readonly Role[]>>;

export type ProtectedRoute = keyof typeof ROUTE_RIGHTS;

export function mayCall(role: Role, route: ProtectedRoute): boolean {
  return includes(ROUTE_RIGHTS[route], role);
}

export function maySend(role: Role, event: AgentCommand): boolean {
  return includes(EVENT_RIGHTS[event], role);
}

function includes(roles: readonly Role[], role: Role): boolean {
  return roles.includes(role);
}

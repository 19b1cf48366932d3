import {
  cannedReplySchema,
  type Label,
  labelSchema,
  type RatingsReport,
  reportQuerySchema,
  type CannedReply as WireReply,
} from '@stepdown/protocol';
import type { AgentRatings, CannedReply, Store } from '@stepdown/store';
import { type AccessPorts, audit } from '../access/sign-in.ts';
import { type AgentRequest, type createAgentRoutes, HttpRefusal, parseInput } from './routes.ts';

export interface DeskRoutePorts extends AccessPorts {
  readonly store: Store;
  /** Every console reads them anew. */
  readonly onChanged: (what: 'labels' | 'canned-replies') => void;
}

type AddRoute = ReturnType<typeof createAgentRoutes>;

/** What the team shares: labels, replies, and how content visitors were. */
export function addDeskRoutes(add: AddRoute, ports: DeskRoutePorts): void {
  addLabelRoutes(add, ports);
  addReplyRoutes(add, ports);
  add('GET /api/agent/reports/ratings', ({ request }) => ratingsReport(ports, parseInput(reportQuerySchema, request.query).days));
}

function addLabelRoutes(add: AddRoute, ports: DeskRoutePorts): void {
  const { labels } = ports.store;
  add('GET /api/agent/labels', async (): Promise<{ labels: readonly Label[] }> => ({ labels: await labels.list() }));
  add('POST /api/agent/labels', async ({ agent, request }) => {
    const wanted = parseInput(labelSchema, request.body);
    const label = await labels.create({ ...wanted, id: ports.newId('lnk'), createdAt: ports.clock.now() });
    if (label === undefined) throw new HttpRefusal('conflict', `There is a label "${wanted.name}" already.`);
    await audit(ports, agent, 'label.created', label.id, label.name);
    ports.onChanged('labels');
    return { label };
  });
  add('PUT /api/agent/labels/:labelId', async ({ agent, request }) => {
    const patch = parseInput(labelSchema, request.body);
    const label = await labels.update(String(request.params.labelId), patch);
    if (label === 'unknown') throw new HttpRefusal('not_found', 'There is no such label.');
    if (label === 'taken') throw new HttpRefusal('conflict', `There is a label "${patch.name}" already.`);
    await audit(ports, agent, 'label.changed', label.id, label.name);
    ports.onChanged('labels');
    return { label };
  });
  add('DELETE /api/agent/labels/:labelId', async ({ agent, request }) => {
    const labelId = String(request.params.labelId);
    if (!(await labels.delete(labelId))) throw new HttpRefusal('not_found', 'There is no such label.');
    await audit(ports, agent, 'label.deleted', labelId);
    ports.onChanged('labels');
  });
}

function addReplyRoutes(add: AddRoute, ports: DeskRoutePorts): void {
  const { cannedReplies } = ports.store;
  add(
    'GET /api/agent/canned-replies',
    async (): Promise<{ replies: readonly WireReply[] }> => ({
      replies: (await cannedReplies.list()).map(wireReply),
    }),
  );
  add('POST /api/agent/canned-replies', (call) => saveReply(ports, call, undefined));
  add('PUT /api/agent/canned-replies/:replyId', async (call) => {
    const replyId = String(call.request.params.replyId);
    const isKnown = (await cannedReplies.list()).some(({ id }) => id === replyId);
    if (!isKnown) throw new HttpRefusal('not_found', 'There is no such reply; somebody may have deleted it.');
    return saveReply(ports, call, replyId);
  });
  add('DELETE /api/agent/canned-replies/:replyId', async ({ agent, request }) => {
    const replyId = String(request.params.replyId);
    if (!(await cannedReplies.delete(replyId))) throw new HttpRefusal('not_found', 'There is no such reply.');
    await audit(ports, agent, 'canned-reply.deleted', replyId);
    ports.onChanged('canned-replies');
  });
}

async function saveReply(ports: DeskRoutePorts, { agent, request }: AgentRequest, replyId: string | undefined): Promise<unknown> {
  const { shortcut, locale, text } = parseInput(cannedReplySchema, request.body);
  const reply = await ports.store.cannedReplies.save({
    id: replyId ?? ports.newId('lnk'),
    shortcut,
    locale: locale ?? undefined,
    text,
    updatedBy: agent.name,
    updatedAt: ports.clock.now(),
  });
  if (reply === 'taken') throw new HttpRefusal('conflict', `/${shortcut} exists already in this language.`);
  await audit(ports, agent, replyId === undefined ? 'canned-reply.created' : 'canned-reply.changed', reply.id, shortcut);
  ports.onChanged('canned-replies');
  return { reply: wireReply(reply) };
}

function wireReply({ locale, ...reply }: CannedReply): WireReply {
  return { ...reply, locale: locale ?? null };
}

const DAY_MS = 86_400_000;
const COMMENTS = 50;

async function ratingsReport({ store, clock }: DeskRoutePorts, days: number): Promise<RatingsReport> {
  const since = clock.now() - days * DAY_MS;
  const [agents, tiers, comments] = await Promise.all([
    store.ratings.byAgent(since),
    store.ratings.byTier(since),
    store.ratings.comments(since, COMMENTS),
  ]);
  return {
    since,
    agents: agents.map(agentLine),
    tiers,
    comments: comments.map(({ conversationId, agentName, score, comment, ratedAt }) => ({
      conversationId,
      agentName,
      score: score ?? null,
      comment: comment ?? '',
      ratedAt: ratedAt ?? null,
    })),
  };
}

function agentLine({ agentId, agentName, asked, scores }: AgentRatings): RatingsReport['agents'][number] {
  const answered = scores.reduce((sum, count) => sum + count, 0);
  const points = scores.reduce((sum, count, index) => sum + count * (index + 1), 0);
  return { agentId, agentName, asked, answered, average: answered === 0 ? null : points / answered, scores };
}

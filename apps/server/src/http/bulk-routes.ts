import { type BulkAction, bulkStep, type ConversationPorts, type DraftPorts, type Suggestion, suggestReply } from '@stepdown/conversation';
import type { Result } from '@stepdown/kernel';
import { type AgentProfile, type BulkAnswer, type BulkResult, bulkSchema, type SuggestionView } from '@stepdown/protocol';
import type { z } from 'zod';
import { type AccessPorts, audit } from '../access/sign-in.ts';
import { assignable } from '../inbox/team.ts';
import { conflictWords } from '../views/conflict-words.ts';
import { type createAgentRoutes, HttpRefusal, parseInput } from './routes.ts';

export interface BulkRoutePorts extends AccessPorts {
  readonly conversations: ConversationPorts;
  readonly drafts: DraftPorts;
}

/** Doing much at once: one action on many conversations, and what a model would answer. */
export function addBulkRoutes(add: ReturnType<typeof createAgentRoutes>, ports: BulkRoutePorts): void {
  const suggest = createSuggester(ports);
  add('POST /api/agent/inbox/bulk', ({ agent, request }) => runBulk(ports, agent, parseInput(bulkSchema, request.body)));
  add('POST /api/agent/conversations/:conversationId/suggest', async ({ agent, request }): Promise<SuggestionView> => {
    const conversationId = String(request.params.conversationId);
    const result = await suggest(conversationId);
    if (!result.ok) {
      throw result.error === 'not_found'
        ? new HttpRefusal('not_found', 'There is no such conversation.')
        : new HttpRefusal('closed', 'The customer has not written anything yet.');
    }
    await audit(ports, agent, 'conversation.suggestion-asked', conversationId, result.value.reply.tier);
    return suggestionView(ports.drafts, result.value);
  });
}

type Bulk = z.output<typeof bulkSchema>;

/** One after the other: each is one short transaction or two, and a hundred at once would hold up everybody else. */
async function runBulk(ports: BulkRoutePorts, agent: AgentProfile, { clientId, conversationIds, action }: Bulk): Promise<BulkAnswer> {
  const ids = [...new Set(conversationIds)];
  const run = await bulkRunner(ports, agent, action, clientId);
  const results: BulkResult[] = [];
  for (const conversationId of ids) results.push(await run(conversationId));
  const done = results.filter(({ ok }) => ok).length;
  await audit(ports, agent, `bulk.${action.kind}`, clientId, `${done} of ${ids.length} conversations`);
  return { results };
}

async function bulkRunner(ports: BulkRoutePorts, agent: AgentProfile, action: Bulk['action'], clientId: string) {
  if (action.kind === 'label') {
    return async (conversationId: string): Promise<BulkResult> => {
      const labels = await ports.store.labels.assign(conversationId, action);
      if (labels === undefined) return failed(conversationId, 'not_found', 'There is no such conversation.');
      const conversation = await ports.store.conversations.get(conversationId);
      if (conversation !== undefined) ports.conversations.publish({ type: 'conversation.changed', conversation });
      return { conversationId, ok: true };
    };
  }
  const step = await conversationAction(ports, action);
  return async (conversationId: string): Promise<BulkResult> => {
    const result = await bulkStep(ports.conversations, { conversationId, clientId, action: step }, agent);
    if (result.ok) return { conversationId, ok: true };
    const { code } = result.error;
    if (result.error.code === 'conflict') return failed(conversationId, code, conflictWords(result.error));
    return failed(conversationId, code, code === 'closed' ? 'This conversation is closed.' : 'There is no such conversation.');
  };
}

async function conversationAction(ports: BulkRoutePorts, action: Exclude<Bulk['action'], { kind: 'label' }>): Promise<BulkAction> {
  if (action.kind === 'snooze' && action.until <= ports.clock.now()) throw new HttpRefusal('invalid', 'until: must be in the future');
  if (action.kind !== 'assign') return action;
  const to = await assignable(ports.store, action.agentId);
  if (to === undefined) throw new HttpRefusal('not_found', 'There is no such agent.');
  return { kind: 'assign', to };
}

function failed(conversationId: string, code: string, message: string): BulkResult {
  return { conversationId, ok: false, error: { code, message } };
}

/** Two agents, or one impatient one, asking for the same moment of a conversation share one answer. */
function createSuggester({ drafts }: BulkRoutePorts): (conversationId: string) => Promise<Result<Suggestion, 'not_found' | 'closed'>> {
  const running = new Map<string, ReturnType<typeof suggestReply>>();
  return (conversationId) => {
    const known = running.get(conversationId);
    if (known !== undefined) return known;
    const asked = suggestReply(drafts, conversationId).finally(() => running.delete(conversationId));
    running.set(conversationId, asked);
    return asked;
  };
}

function suggestionView({ floor }: DraftPorts, { summary, reply, hits, upToSeq }: Suggestion): SuggestionView {
  const title = (id: string): string => hits.find((hit) => hit.id === id)?.question ?? floor.entry(id, 'en')?.question ?? id;
  return {
    summary: { text: summary.text, tier: summary.tier, model: summary.model ?? null },
    reply: {
      text: reply.text,
      tier: reply.tier,
      model: reply.model ?? null,
      sources: reply.sourceIds.map((id) => ({ id, title: title(id) })),
    },
    hits: hits.map(({ id, question, answer }) => ({ id, question, answer })),
    upToSeq,
  };
}

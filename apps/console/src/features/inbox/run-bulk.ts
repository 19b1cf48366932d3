import type { AgentHttp } from '@stepdown/client/agent';
import type { BulkAnswer, BulkRequest, BulkResult } from '@stepdown/protocol';

/** As many as the server takes at once. */
const AT_ONCE = 100;

export type BulkAction = BulkRequest['action'];

export interface BulkOutcome {
  readonly doneCount: number;
  readonly failed: readonly { readonly conversationId: string; readonly message: string }[];
}

/** One action on many conversations. Asked again with the same `clientId` it does what is missing and nothing twice. */
export async function runBulk(
  http: AgentHttp,
  { clientId, ids, action }: { readonly clientId: string; readonly ids: readonly string[]; readonly action: BulkAction },
): Promise<BulkOutcome> {
  const results: BulkResult[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const conversationIds = ids.slice(from, from + AT_ONCE);
    const answer = await http.post<BulkAnswer>('/api/agent/inbox/bulk', { clientId, conversationIds, action } satisfies BulkRequest);
    if (answer.ok) results.push(...answer.results);
    else results.push(...conversationIds.map((conversationId) => ({ conversationId, ok: false as const, error: answer.error })));
  }
  return {
    doneCount: results.filter(({ ok }) => ok).length,
    failed: results.flatMap((result) => (result.ok ? [] : [{ conversationId: result.conversationId, message: result.error.message }])),
  };
}

/** What became of it, in one line: how many, and why not all. */
export function bulkWords(verb: string, { doneCount, failed }: BulkOutcome): string {
  const done = `${doneCount} ${doneCount === 1 ? 'conversation' : 'conversations'} ${verb}.`;
  const reasons = [...new Set(failed.map(({ message }) => message))];
  return failed.length === 0 ? done : `${done} ${failed.length} not: ${reasons.slice(0, 2).join(' ')}`;
}

/** Names one press of a button. */
export function newBulkId(): string {
  return `bulk-${Date.now().toString(36)}-${Math.floor(Math.random() * 2 ** 40).toString(36)}`;
}

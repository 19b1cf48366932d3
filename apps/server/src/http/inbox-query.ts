import type { InboxQuery } from '@stepdown/conversation';
import type { TierId } from '@stepdown/kernel';
import type { inboxFilterSchema } from '@stepdown/protocol';
import type { z } from 'zod';

export interface AskedBy {
  readonly agentId: string;
  readonly globalTier: TierId;
  readonly now: number;
}

/** What the console asks for, as the store understands it. */
export function inboxQuery(
  asked: z.output<typeof inboxFilterSchema>,
  { agentId, globalTier, now }: AskedBy,
): Omit<InboxQuery, 'before' | 'limit'> {
  const { view, search, state, label, tier, locale, agent, email, verified, waitedMs } = asked;
  return {
    view,
    search,
    agentId,
    filter: {
      state,
      labelId: label,
      tier: tier === undefined ? undefined : { id: tier, isGlobal: tier === globalTier },
      locale,
      assignedTo: agent,
      hasEmail: email === undefined ? undefined : email === 'yes',
      isVerified: verified === undefined ? undefined : verified === 'yes',
      waitingSinceBefore: waitedMs === undefined ? undefined : now - waitedMs,
    },
  };
}

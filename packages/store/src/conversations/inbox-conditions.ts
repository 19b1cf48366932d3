import type { InboxFilter, InboxQuery } from '@stepdown/conversation';
import { type Expression, type SqlBool, sql } from 'kysely';

/** Conditions are written out, not bound: only so does a partial index fit them. */
export const IS_WAITING = sql<SqlBool>`c.waiting_since is not null`;
export const IS_NOT_RESOLVED = sql<SqlBool>`c.state <> 'resolved'`;

type Condition = Expression<SqlBool>;

export function viewConditions({ view, agentId }: InboxQuery): readonly Condition[] {
  switch (view) {
    case 'queue':
      return [IS_WAITING];
    case 'mine':
      return [sql<SqlBool>`c.agent_id = ${agentId}`, IS_NOT_RESOLVED];
    case 'open':
      return [sql<SqlBool>`c.state = 'open'`];
    case 'closed':
      return [sql<SqlBool>`c.state = 'resolved'`];
    case 'all':
      return [];
  }
}

/** All conditions of a filter; the aliases are those of `pageQuery`: `c` conversation, `v` its visitor. */
export function filterConditions(filter: InboxFilter): readonly Condition[] {
  return [
    filter.state === undefined ? undefined : sql<SqlBool>`c.state = ${filter.state}`,
    filter.labelId === undefined ? undefined : withLabel(filter.labelId),
    filter.tier === undefined ? undefined : onTier(filter.tier),
    filter.locale === undefined ? undefined : sql<SqlBool>`c.locale = ${filter.locale}`,
    filter.assignedTo === undefined ? undefined : assignedTo(filter.assignedTo),
    filter.hasEmail === undefined ? undefined : withEmail(filter.hasEmail),
    filter.isVerified === undefined ? undefined : verified(filter.isVerified),
    filter.waitingSinceBefore === undefined ? undefined : waitingSince(filter.waitingSinceBefore),
  ].filter((condition) => condition !== undefined);
}

function withLabel(labelId: string): Condition {
  return sql<SqlBool>`c.id in (select conversation_id from conversation_label where label_id = ${labelId})`;
}

/** Who is with a person stands on the last rung, whatever tier answered before. */
function onTier({ id, isGlobal }: NonNullable<InboxFilter['tier']>): Condition {
  const decided = isGlobal ? sql<SqlBool>`(c.sticky_tier = ${id} or c.sticky_tier is null)` : sql<SqlBool>`c.sticky_tier = ${id}`;
  if (id === 'handoff') return sql<SqlBool>`(c.state = 'open' or ${decided})`;
  return sql<SqlBool>`(c.state <> 'open' and ${decided})`;
}

function assignedTo(agentId: string): Condition {
  return agentId === 'nobody' ? sql<SqlBool>`c.agent_id is null` : sql<SqlBool>`c.agent_id = ${agentId}`;
}

function withEmail(isWanted: boolean): Condition {
  return isWanted
    ? sql<SqlBool>`(c.email is not null or v.email is not null)`
    : sql<SqlBool>`c.email is null and (v.email is null or v.id is null)`;
}

function verified(isWanted: boolean): Condition {
  return isWanted ? sql<SqlBool>`v.is_verified = 1` : sql<SqlBool>`(v.is_verified = 0 or v.id is null)`;
}

function waitingSince(before: number): Condition {
  return sql<SqlBool>`c.waiting_since is not null and c.waiting_since <= ${before}`;
}

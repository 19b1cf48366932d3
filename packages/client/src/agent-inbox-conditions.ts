import type { ConversationState, InboxConversation, Tier } from '@stepdown/protocol';

/** What narrows a view down; all hold at once. */
export interface InboxConditions {
  /** Id of a label. */
  readonly label?: string;
  /** Id of an agent, or `nobody`. */
  readonly agent?: string;
  readonly tier?: Tier;
  readonly state?: ConversationState;
  /** Language tag of the customer. */
  readonly locale?: string;
  /** Waits for longer than this, milliseconds. Judged by the server alone: nothing enters by waiting. */
  readonly waitedMs?: number;
  readonly email?: 'yes' | 'no';
  readonly verified?: 'yes' | 'no';
  /** What an outage left behind. The server marks these but does not filter by them: they are picked here. */
  readonly triage?: 'outage' | 'parked';
}

/** True when the conversation fits every condition that can be judged from its row. */
export function meets(conditions: InboxConditions, row: InboxConversation): boolean {
  const { label, agent, tier, state, locale, waitedMs, email, verified, triage } = conditions;
  const answers = [
    label === undefined || row.labels.some(({ id }) => id === label),
    agent === undefined || (agent === 'nobody' ? row.agentId === null : row.agentId === agent),
    tier === undefined || row.tier === tier,
    state === undefined || row.state === state,
    locale === undefined || row.locale === locale,
    waitedMs === undefined || row.waitingSince !== null,
    email === undefined || (email === 'yes') === (row.identity.email !== null),
    verified === undefined || (verified === 'yes') === row.identity.isVerified,
    triage === undefined || (triage === 'outage' ? row.isOutage : row.isParked),
  ];
  return answers.every((holds) => holds);
}

/** How many conditions there are. */
export function countConditions(conditions: InboxConditions): number {
  return Object.values(conditions).filter((value) => value !== undefined).length;
}

export function isSameConditions(left: InboxConditions, right: InboxConditions): boolean {
  const text = (conditions: InboxConditions) => JSON.stringify(Object.entries(conditions).sort());
  return text(left) === text(right);
}

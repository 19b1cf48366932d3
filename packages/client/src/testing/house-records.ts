import type { AgentSession, InboxConversation, LadderView, TeamMember } from '@stepdown/protocol';

export function makeSession(fields: Partial<AgentSession['agent']> = {}): AgentSession {
  const agent = { id: 'agt_1', name: 'Mara', email: 'mara@birchkettle.example', role: 'admin' as const, ...fields };
  return { agent, csrfToken: 'csrf', socketToken: 'socket', isSimulated: true };
}

export function makeMember(fields: Partial<TeamMember> = {}): TeamMember {
  return { id: 'agt_1', name: 'Mara', role: 'admin', isOnline: true, isAway: false, capacity: 5, openCount: 0, ...fields };
}

export function makeConversation(fields: Partial<InboxConversation> = {}): InboxConversation {
  return {
    id: 'con_1',
    state: 'pending',
    lastSeq: 1,
    handoff: { state: 'none' },
    createdAt: 1_000,
    visitorId: 'vis_1',
    locale: 'en',
    tier: 'claude',
    agentId: null,
    agentName: null,
    waitingSince: null,
    preview: 'Where is my order?',
    updatedAt: 1_000,
    pageUrl: null,
    pageTitle: null,
    identity: { name: null, email: null, isVerified: false },
    labels: [],
    snoozedUntil: null,
    isParked: false,
    isOutage: false,
    ...fields,
  };
}

export function makeLadder(fields: Partial<LadderView> = {}): LadderView {
  return {
    tier: 'claude',
    since: 1_000,
    cause: 'Start',
    tiers: [
      { id: 'claude', state: 'healthy', routes: [] },
      { id: 'gpt', state: 'healthy', routes: [] },
      { id: 'open-model', state: 'unconfigured', routes: [] },
      { id: 'faq', state: 'healthy', routes: [] },
      { id: 'handoff', state: 'healthy', routes: [] },
    ],
    pin: null,
    egressSuspectedSince: null,
    affectedConversations: 0,
    isSimulated: true,
    changes: [],
    ...fields,
  };
}

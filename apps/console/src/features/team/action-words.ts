const WORDS: Readonly<Record<string, string>> = {
  'agent.signed-in': 'Signed in',
  'agent.created': 'Created the account',
  'agent.changed': 'Changed an account',
  'agent.invited': 'Invited somebody',
  'agent.password-changed': 'Changed the password',
  'conversation.taken': 'Took over a conversation',
  'conversation.returned': 'Returned a conversation',
  'conversation.resolved': 'Closed a conversation',
  'tier.forced': 'Forced a tier',
  'tier.released': 'Released the tier',
};

/** A name of the audit log in words; one that is not known is shown as it stands. */
export function actionWords(action: string): string {
  return WORDS[action] ?? action;
}

const WORDS: Readonly<Record<string, string>> = {
  'agent.signed-in': 'Signed in',
  'agent.created': 'Created the account',
  'agent.changed': 'Changed an account',
  'agent.invited': 'Invited somebody',
  'agent.password-changed': 'Changed the password',
  'conversation.taken': 'Took over a conversation',
  'conversation.returned': 'Returned a conversation',
  'conversation.resolved': 'Closed a conversation',
  'conversation.assigned': 'Assigned a conversation',
  'conversation.snoozed': 'Put a conversation aside',
  'conversation.labelled': 'Labelled a conversation',
  'conversation.exported': 'Downloaded a transcript',
  'conversation.suggestion-asked': 'Asked for a suggestion',
  'inbox.exported': 'Exported conversations',
  'bulk.reply': 'Answered many at once',
  'bulk.resolve': 'Closed many at once',
  'bulk.assign': 'Assigned many at once',
  'bulk.snooze': 'Put many aside at once',
  'bulk.label': 'Labelled many at once',
  'label.created': 'Made a label',
  'label.changed': 'Changed a label',
  'label.deleted': 'Deleted a label',
  'canned-reply.created': 'Wrote a saved reply',
  'canned-reply.changed': 'Changed a saved reply',
  'canned-reply.deleted': 'Deleted a saved reply',
  'agent.away': 'Went away',
  'agent.back': 'Came back',
  'drill.started': 'Started a drill',
  'drill.stopped': 'Stopped the drill',
  'tier.forced': 'Forced a tier',
  'tier.released': 'Released the tier',
};

/** A name of the audit log in words; one that is not known is shown as it stands. */
export function actionWords(action: string): string {
  return WORDS[action] ?? action;
}

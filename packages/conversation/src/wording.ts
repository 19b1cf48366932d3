import type { Notice } from './record.ts';

/**
 * English fallback of what the system says. Clients show their own reviewed wording in the visitor's language by
 * `notice`; this text is for transcripts, agents and clients that don't know the notice.
 */
export const WORDING: Readonly<Record<Notice, string>> = {
  ai: "You're chatting with our AI assistant. It can make mistakes. You can ask for a person at any time.",
  slow: 'Replies may take a little longer than usual.',
  faq: "Our AI assistant isn't available right now. Here are answers written by our team. You can also leave a message for a person.",
  handoff: "I can't answer this right now. We have saved your message; a person on our team can take it from here.",
  refused: "I can't help with that here. A person on our team can take it from here.",
  'not-found': "I couldn't find an answer to this in our help articles. A person on our team can take it from here.",
  choices: 'Do you mean one of these?',
  'ask-back': "I'm not sure what this refers to. Could you ask again in one full sentence?",
  queued: "We've saved your message. A person on our team will answer here. You can close this window.",
  'agent-joined': "You're now talking to a person on our team.",
  'agent-left': 'Our AI assistant answers again. You can ask for a person at any time.',
  resolved: 'This conversation was closed. Write again at any time.',
  continue: 'The answer got long and stops here. Shall I go on?',
  deferred: "We'll answer this as soon as our assistant is back. You can close this window.",
  withdrawn: "All right, we won't answer this later.",
  'assistant-back': 'Our AI assistant is back.',
  'deferral-ended':
    "We're sorry: our assistant was not back in time to answer this. A person on our team will answer here. You can close this window.",
  'no-agent':
    'Nobody on our team could answer yet. Your message is saved and we will reply. Leave your e-mail address, and you need not wait here.',
  rate: 'How was your conversation with our team?',
};

import type { MessageView } from '@stepdown/client';
import { withoutInvisible } from '@stepdown/client/markdown';
import type { Notice } from '@stepdown/protocol';
import type { Texts } from '../../locales/texts.ts';
import { fill } from '../texts/load-texts.ts';

/** Who speaks, in the visitor's words. What the team wrote is never called AI; what no one wrote is the house speaking. */
export function authorName(message: MessageView, texts: Texts): string {
  switch (message.author) {
    case 'visitor':
      return texts.you;
    case 'agent':
      return withoutInvisible(message.authorName ?? texts.support);
    case 'system':
      return texts.support;
    case 'assistant':
      if (message.notice !== undefined || message.tier === 'handoff') return texts.support;
      if (message.savedAt !== undefined) return texts.savedAi;
      return message.tier === 'faq' ? texts.team : texts.assistant;
  }
}

/** Which of our texts stands for a notice. */
const NOTICE_TEXTS: Readonly<Record<Notice, keyof Texts>> = {
  ai: 'ai',
  slow: 'slow',
  faq: 'faq',
  handoff: 'unanswered',
  refused: 'refused',
  'not-found': 'notFound',
  choices: 'choices',
  'ask-back': 'askBack',
  queued: 'queued',
  'agent-joined': 'person',
  'agent-left': 'agentLeft',
  resolved: 'resolved',
  continue: 'tooLong',
  deferred: 'deferred',
  withdrawn: 'withdrawn',
  'assistant-back': 'back',
  'deferral-ended': 'deferralEnded',
  'no-agent': 'noAgent',
  rate: 'rate',
};

/** Our reviewed wording where the message is a notice, else its own text; so too for a notice of a newer server. */
export function shownText(message: MessageView, texts: Texts, agent: string): string {
  if (message.notice === undefined || !Object.hasOwn(NOTICE_TEXTS, message.notice)) return message.text;
  const text = texts[NOTICE_TEXTS[message.notice]] ?? message.text;
  return fill(text, { name: withoutInvisible(message.authorName ?? agent) });
}

import type { MessageView } from '@stepdown/client';
import { withoutInvisible } from '@stepdown/client/markdown';
import type { Texts } from '../../locales/texts.ts';

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
      return message.tier === 'faq' ? texts.team : texts.assistant;
  }
}

/** Our reviewed wording where the message is a notice, else its own text. */
export function shownText(message: MessageView, texts: Texts, agent: string): string {
  switch (message.notice) {
    case undefined:
    case 'withdrawn':
    case 'deferral-ended':
      return message.text;
    case 'ai':
    case 'slow':
    case 'faq':
    case 'queued':
    case 'refused':
    case 'choices':
    case 'resolved':
    case 'deferred':
      return texts[message.notice];
    case 'handoff':
      return texts.unanswered;
    case 'not-found':
      return texts.notFound;
    case 'ask-back':
      return texts.askBack;
    case 'agent-joined':
      return texts.person.replace('{name}', () => withoutInvisible(message.authorName ?? agent));
    case 'agent-left':
      return texts.agentLeft;
    case 'assistant-back':
      return texts.back;
    case 'continue':
      return texts.tooLong;
  }
}

import type { ReplyRefusal } from '@stepdown/conversation';

/** Says who was faster, so that an agent can decide whether the reply is still needed (P20). */
export function conflictWords(refusal: Extract<ReplyRefusal, { code: 'conflict' }>): string {
  switch (refusal.because) {
    case 'answered':
      return `${refusal.by} has replied in the meantime. Read it, then send again if your reply is still needed.`;
    case 'held':
      return `${refusal.by} has this conversation.`;
    case 'not-taken':
      return 'Take the conversation before you answer in it.';
  }
}

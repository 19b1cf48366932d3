import { plainText, withoutInvisible } from '@stepdown/client/markdown';
import type { InboxConversation, Message } from '@stepdown/protocol';
import { fullTime } from '../../desk/times.ts';
import { tierName } from '../../parts/tiers.ts';
import { visitorName } from '../../parts/visitor-name.ts';

/** The conversation as a text file. Notes stay inside: a transcript may be sent to the customer. */
export function transcriptText(conversation: InboxConversation, messages: readonly Message[]): string {
  const head = [
    `Conversation ${conversation.id}`,
    `With ${visitorName(conversation)}${conversation.identity.isVerified ? ' (verified)' : ''}`,
    `Started ${fullTime(conversation.createdAt)}`,
  ];
  const lines = messages
    .filter((message) => message.text !== '')
    .map((message) => `[${fullTime(message.createdAt)}] ${speaker(conversation, message)}\n${plainText(message.text)}`);
  return `${[head.join('\n'), ...lines].join('\n\n')}\n`;
}

function speaker(conversation: InboxConversation, message: Message): string {
  switch (message.author) {
    case 'visitor':
      return visitorName(conversation);
    case 'agent':
      return withoutInvisible(message.authorName ?? 'Agent');
    case 'system':
      return 'System';
    case 'assistant':
      return message.tier === undefined ? 'Assistant' : `Assistant (${[tierName(message.tier), message.model].filter(Boolean).join(', ')})`;
  }
}

/** Hands a text to the browser as a download. */
export function downloadText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

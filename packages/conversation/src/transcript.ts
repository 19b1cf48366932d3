import type { Conversation, Message } from './record.ts';

/** A conversation as plain text, for people: mails, tickets, downloads. Times are UTC. */
export function transcriptText(conversation: Conversation, messages: readonly Message[]): string {
  const head = [
    `Conversation ${conversation.id}`,
    `Started ${minute(conversation.createdAt)} UTC${conversation.pageUrl === undefined ? '' : ` on ${conversation.pageUrl}`}`,
  ];
  const said = messages
    .filter(({ text }) => text !== '')
    .map((message) => `${minute(message.createdAt)}  ${speaker(message)}:\n${message.text}`);
  return `${[head.join('\n'), ...said].join('\n\n')}\n`;
}

function speaker({ author, authorName, tier }: Message): string {
  switch (author) {
    case 'visitor':
      return 'Customer';
    case 'agent':
      return authorName ?? 'Team';
    case 'assistant':
      return tier === 'faq' || tier === 'handoff' ? 'Help articles' : 'AI assistant';
    case 'system':
      return 'Note';
  }
}

function minute(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

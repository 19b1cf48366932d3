import type { MessageView, VisitorSnapshot } from '@stepdown/client';
import { plainText } from '@stepdown/client/markdown';
import type { Texts } from '../../locales/texts.ts';
import { authorName } from './author.ts';

/** The conversation as a text file, made on this device. */
export function downloadTranscript(snapshot: VisitorSnapshot, texts: Texts, locale: string): void {
  const text = writeTranscript(snapshot.messages, texts, locale);
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'conversation.txt';
  link.click();
  URL.revokeObjectURL(url);
}

export function writeTranscript(messages: readonly MessageView[], texts: Texts, locale: string): string {
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return messages
    .map((message) => `${authorName(message, texts)}, ${time.format(message.createdAt)}\n${plainText(message.text)}\n`)
    .join('\n');
}

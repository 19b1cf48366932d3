import type { MessageView } from '@stepdown/client';
import { plainText } from '@stepdown/client/markdown';
import { useEffect, useRef, useState } from 'react';
import { useWidget } from '../context.ts';
import { authorName, shownText } from './author.ts';

/** Sentences stay long enough to be read and are then dropped, so that nobody walks into old ones. */
const KEPT = 24;

/**
 * The one polite region: finished answers, sentence by sentence. What is still being written is not read, because it can
 * be replaced by another tier.
 */
export function Announcer({ messages }: { readonly messages: readonly MessageView[] }) {
  const { texts, locale } = useWidget();
  const known = useRef<Set<string> | null>(null);
  const [sentences, setSentences] = useState<readonly { readonly id: string; readonly text: string }[]>([]);

  useEffect(() => {
    const finished = messages.filter((message) => isAnnounced(message));
    if (known.current === null) {
      // What was said in an earlier visit is there to be read, not to be read out.
      if (messages.length > 0) known.current = new Set(finished.map((message) => message.id));
      return;
    }
    const fresh = finished.filter((message) => !known.current?.has(message.id));
    if (fresh.length === 0) return;
    for (const message of fresh) known.current.add(message.id);
    const added = fresh.flatMap((message) =>
      splitSentences(`${authorName(message, texts)}: ${plainText(shownText(message, texts, ''))}`, locale).map((text, index) => ({
        id: `${message.id}-${index}`,
        text,
      })),
    );
    setSentences((before) => [...before, ...added].slice(-KEPT));
  }, [messages, texts, locale]);

  return (
    <div className="unseen" aria-live="polite" aria-relevant="additions" aria-atomic="false" data-testid="announcer">
      {sentences.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}

/** Who joined and what is queued is said by the status line and the card already. */
function isAnnounced(message: MessageView): boolean {
  if (message.author === 'visitor' || message.notice === 'agent-joined' || message.notice === 'queued') return false;
  return message.status !== 'streaming' && !message.isContinuing;
}

/** Whole sentences by the rules of the language. */
export function splitSentences(text: string, locale: string): readonly string[] {
  return [...new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)].map(({ segment }) => segment.trim()).filter(Boolean);
}

import { plainText, withoutInvisible } from '@stepdown/client/markdown';
import type { Message } from '@stepdown/protocol';
import { useEffect, useRef, useState } from 'react';

/** Says each finished message once, politely; what was there when the conversation opened is not said. */
export function Announcer({ messages, visitorName }: { readonly messages: readonly Message[]; readonly visitorName: string }) {
  const heardSeq = useRef<number | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const last = messages.findLast((message) => message.status !== 'streaming');
    if (last === undefined) return;
    if (heardSeq.current !== null && last.seq > heardSeq.current) {
      setSaid(`${speakerOf(last, visitorName)}${plainText(last.text)}`);
    }
    heardSeq.current = last.seq;
  }, [messages, visitorName]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {said}
    </p>
  );
}

function speakerOf(message: Message, visitorName: string): string {
  switch (message.author) {
    case 'visitor':
      return `${visitorName}: `;
    case 'assistant':
      return 'Assistant: ';
    case 'agent':
      return `${withoutInvisible(message.authorName ?? 'Agent')}: `;
    case 'system':
      return '';
  }
}

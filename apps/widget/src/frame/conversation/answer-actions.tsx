import type { MessageView } from '@stepdown/client';
import { plainText } from '@stepdown/client/markdown';
import { useEffect, useState } from 'react';
import { useWidget } from '../context.ts';
import { CheckIcon, CopyIcon, DownIcon, UpIcon } from '../icons/kit-icons.tsx';
import styles from './answer-actions.module.css';
import { copyText } from './copy-text.ts';

const COPIED_SHOWN_MS = 2_000;

/** Was it helpful, and take it along. In full view under the newest answer, on hover or focus under older ones. */
export function AnswerActions({ message, isLast }: { readonly message: MessageView; readonly isLast: boolean }) {
  const { texts } = useWidget();
  return (
    <div className={styles.actions} data-quiet={!isLast && message.rating === undefined}>
      <Rate message={message} rating="up" label={texts.helpful} />
      <Rate message={message} rating="down" label={texts.notHelpful} />
      <Copy text={message.text} />
      <span role="status" className={styles.thanks}>
        {message.rating && texts.thanks}
      </span>
    </div>
  );
}

function Rate({ message, rating, label }: { readonly message: MessageView; readonly rating: 'up' | 'down'; readonly label: string }) {
  const { client, emit } = useWidget();
  const Icon = rating === 'up' ? UpIcon : DownIcon;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      aria-pressed={message.rating === rating}
      title={label}
      onClick={() => {
        emit('rating', { messageId: message.id, rating });
        void client.rate(message.id, rating);
      }}
    >
      <Icon size={17} />
    </button>
  );
}

function Copy({ text }: { readonly text: string }) {
  const { texts } = useWidget();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), COPIED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const label = isCopied ? texts.copied : texts.copy;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={() => void copyText(plainText(text)).then(setIsCopied)}
    >
      {isCopied ? <CheckIcon size={17} /> : <CopyIcon size={17} />}
    </button>
  );
}

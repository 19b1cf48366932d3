import type { MessageView } from '@stepdown/client';
import { useEffect, useState } from 'react';
import { useWidget } from '../context.ts';
import { ClockIcon } from '../icons/icons.tsx';
import styles from './delivery.module.css';

/** Faster than this is not worth a word. */
const SENDING_SHOWN_AFTER_MS = 1_200;

/** Where a message of the visitor is, as long as it is not with us. */
export function Delivery({ message }: { readonly message: MessageView }) {
  const { client, texts } = useWidget();
  const isSlow = useIsSlow(message.delivery === 'sending');
  if (message.delivery === 'failed') {
    return (
      <div className={styles.failed}>
        <span className={styles.reason}>{texts.failed}</span>
        <button type="button" className="quiet-button" onClick={() => client.retry(message.id)}>
          {texts.again}
        </button>
        <button type="button" className="quiet-button" onClick={() => client.discard(message.id)}>
          {texts.remove}
        </button>
      </div>
    );
  }
  const state = message.delivery === 'waiting' ? texts.waiting : isSlow ? texts.sending : null;
  return state === null ? null : (
    <p className={styles.state}>
      <ClockIcon size={14} />
      {state}
    </p>
  );
}

function useIsSlow(isSending: boolean): boolean {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (!isSending) return;
    const timer = setTimeout(() => setIsSlow(true), SENDING_SHOWN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setIsSlow(false);
    };
  }, [isSending]);
  return isSlow;
}

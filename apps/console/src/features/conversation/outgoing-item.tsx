import type { OutgoingReply } from '@stepdown/client/agent';
import { useAgentClient } from '../../desk/agent-context.tsx';
import { Markdown } from '../../parts/markdown.tsx';
import styles from './message-item.module.css';

/** A reply that is on its way, or needs the agent. */
export function OutgoingItem({ reply, conversationId }: { readonly reply: OutgoingReply; readonly conversationId: string }) {
  const client = useAgentClient();
  const { clientMessageId, delivery, failure } = reply;
  return (
    <li className={styles.item} data-author="agent">
      <span className="visually-hidden">You: </span>
      <div className={styles.bubble} data-status={delivery}>
        <Markdown text={reply.text} />
      </div>
      <div className={styles.foot} role="status">
        {delivery === 'sending' && 'Sending…'}
        {delivery === 'waiting' && 'Kept on this device, sent when you are connected'}
        {delivery === 'failed' && (
          <>
            <span className={styles.failed}>Not sent. {failure?.message}</span>
            <button type="button" className={styles['link-button']} onClick={() => client.retryReply(conversationId, clientMessageId)}>
              Send again
            </button>
            <button type="button" className={styles['link-button']} onClick={() => client.discardReply(conversationId, clientMessageId)}>
              Discard
            </button>
          </>
        )}
      </div>
    </li>
  );
}

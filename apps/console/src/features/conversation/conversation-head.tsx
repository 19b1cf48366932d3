import type { InboxConversation } from '@stepdown/protocol';
import { Button, IconButton } from '../../parts/button.tsx';
import { Elapsed } from '../../parts/elapsed.tsx';
import { BackIcon, CheckIcon, DownloadIcon, PanelIcon, ReturnIcon } from '../../parts/icons.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { visitorName } from '../../parts/visitor-name.ts';
import styles from './conversation.module.css';
import type { Holding } from './guard.tsx';

export interface ConversationHeadProps {
  readonly conversation: InboxConversation;
  readonly holding: Holding;
  readonly busy: 'taking' | 'returning' | 'closing' | null;
  readonly onBack: () => void;
  readonly onReturn: () => void;
  readonly onResolve: () => void;
  readonly onDownload: () => void;
  readonly isContextShown: boolean;
  readonly onContext: () => void;
}

export function ConversationHead(props: ConversationHeadProps) {
  const { conversation, holding, busy, isContextShown, onBack, onReturn, onResolve, onDownload, onContext } = props;
  const mayClose = holding.kind === 'mine' || holding.kind === 'assistant';
  return (
    <header className={styles.head}>
      <IconButton label="Back to the inbox" className={styles.back} onClick={onBack}>
        <BackIcon size={20} />
      </IconButton>
      <div className={styles.who}>
        <h2>
          <bdi>{visitorName(conversation)}</bdi>
        </h2>
        <Standing conversation={conversation} holding={holding} />
      </div>
      <div className={styles.actions}>
        {holding.kind === 'mine' && (
          <Button shortcut="b" icon={<ReturnIcon size={16} />} isBusy={busy === 'returning'} onClick={onReturn}>
            <span>
              Return <span className={styles.long}>to assistant</span>
            </span>
          </Button>
        )}
        {mayClose && (
          <Button shortcut="e" icon={<CheckIcon size={16} />} isBusy={busy === 'closing'} onClick={onResolve}>
            <span>
              Close <span className={styles.long}>conversation</span>
            </span>
          </Button>
        )}
        <IconButton label="Download transcript" onClick={onDownload}>
          <DownloadIcon />
        </IconButton>
        <IconButton label="Customer details" className={styles['context-toggle']} isPressed={isContextShown} onClick={onContext}>
          <PanelIcon />
        </IconButton>
      </div>
    </header>
  );
}

/** One line: who answers, and how long the customer has waited. */
function Standing({ conversation, holding }: { readonly conversation: InboxConversation; readonly holding: Holding }) {
  return (
    <p className={styles.standing}>
      {conversation.state === 'resolved' ? (
        'Closed'
      ) : conversation.agentId === null ? (
        <TierBadge tier={conversation.tier} />
      ) : (
        <span dir="auto">{holding.kind === 'mine' ? 'With you' : `With ${conversation.agentName}`}</span>
      )}
      {conversation.waitingSince !== null && (
        <span className={styles.waits}>
          waiting <Elapsed since={conversation.waitingSince} isClock />
        </span>
      )}
    </p>
  );
}

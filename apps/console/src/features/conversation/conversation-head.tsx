import type { InboxConversation } from '@stepdown/protocol';
import { dayAndTime } from '../../desk/times.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Elapsed } from '../../parts/elapsed.tsx';
import { BackIcon, BoltIcon, CheckIcon, DownloadIcon, PanelIcon, ParkIcon, ReturnIcon } from '../../parts/icons.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { visitorName } from '../../parts/visitor-name.ts';
import styles from './conversation-head.module.css';
import type { Holding } from './guard.tsx';
import { ToolRow, type ToolRowProps } from './tool-row.tsx';

export interface ConversationHeadProps extends Omit<ToolRowProps, 'mayChange'> {
  readonly holding: Holding;
  readonly busy: 'taking' | 'returning' | 'closing' | null;
  readonly onBack: () => void;
  readonly onReturn: () => void;
  readonly onResolve: () => void;
  readonly isContextShown: boolean;
  readonly onContext: () => void;
}

/** Who it is and who answers, the moves, and below them the tools. Lies over conversation and details, so that it has room. */
export function ConversationHead(props: ConversationHeadProps) {
  const { conversation, holding, busy, isContextShown, onBack, onReturn, onResolve, onContext, ...tools } = props;
  const mayClose = holding.kind === 'mine' || holding.kind === 'assistant';
  return (
    <header className={styles.head}>
      <div className={styles.line}>
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
          <a
            className={styles.download}
            href={`/api/agent/conversations/${encodeURIComponent(conversation.id)}/transcript`}
            download
            aria-label="Download transcript"
            title="Download transcript"
          >
            <DownloadIcon />
          </a>
          <IconButton label="Customer details" isPressed={isContextShown} onClick={onContext}>
            <PanelIcon />
          </IconButton>
        </div>
      </div>
      <ToolRow conversation={conversation} mayChange={holding.kind !== 'watching'} {...tools} />
    </header>
  );
}

/** One line: who answers, how long the customer has waited, and what an outage left behind. */
function Standing({ conversation, holding }: { readonly conversation: InboxConversation; readonly holding: Holding }) {
  const { state, waitingSince, snoozedUntil, isParked, isOutage } = conversation;
  return (
    <p className={styles.standing}>
      <span className={styles.answers}>
        {state === 'resolved' ? (
          'Closed'
        ) : conversation.agentId === null ? (
          <TierBadge tier={conversation.tier} />
        ) : (
          <span dir="auto">{holding.kind === 'mine' ? 'With you' : `With ${conversation.agentName}`}</span>
        )}
      </span>
      {waitingSince !== null && (
        <span className={styles.waits}>
          waiting <Elapsed since={waitingSince} isClock />
        </span>
      )}
      {state === 'snoozed' && snoozedUntil !== null && <span>put aside until {dayAndTime(snoozedUntil)}</span>}
      {isParked && state !== 'resolved' && (
        <span className={styles.mark} title="Its question is parked until the assistant is back">
          <ParkIcon size={13} /> Parked
        </span>
      )}
      {isOutage && !isParked && state !== 'resolved' && (
        <span className={styles.mark} title="An outage left its last question to the FAQ or to a person">
          <BoltIcon size={13} /> Outage
        </span>
      )}
    </p>
  );
}

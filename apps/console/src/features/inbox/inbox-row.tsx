import { plainText, withoutInvisible } from '@stepdown/client/markdown';
import type { InboxConversation } from '@stepdown/protocol';
import { memo } from 'react';
import { Elapsed } from '../../parts/elapsed.tsx';
import { PersonIcon } from '../../parts/icons.tsx';
import { StepGlyph } from '../../parts/tier-badge.tsx';
import { tierName } from '../../parts/tiers.ts';
import { visitorName } from '../../parts/visitor-name.ts';
import styles from './inbox-row.module.css';

export interface InboxRowProps {
  readonly conversation: InboxConversation;
  readonly href: string;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly isMine: boolean;
  readonly onOpen: (conversationId: string) => void;
}

/** One conversation of the list. A link, so that it opens in a new tab like any other. */
export const InboxRow = memo(function InboxRow({ conversation, href, isCurrent, isSelected, isMine, onOpen }: InboxRowProps) {
  const { waitingSince } = conversation;
  return (
    <a
      href={href}
      className={styles.row}
      data-conversation={conversation.id}
      data-selected={isSelected || undefined}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onOpen(conversation.id);
      }}
    >
      <span className={styles.head}>
        <strong className={styles.name} dir="auto">
          {visitorName(conversation)}
        </strong>
        {waitingSince === null ? (
          <span className={styles.when}>
            <Elapsed since={conversation.updatedAt} />
          </span>
        ) : (
          <span className={styles.waiting} data-long={Date.now() - waitingSince > 120_000 || undefined}>
            <span className="visually-hidden">waiting </span>
            <Elapsed since={waitingSince} isClock />
          </span>
        )}
      </span>
      <span className={styles.preview} dir="auto">
        {plainText(conversation.preview).replaceAll('\n', ' ') || 'No message yet'}
      </span>
      <span className={styles.foot}>
        <Holder conversation={conversation} isMine={isMine} />
        {conversation.pageTitle !== null && (
          <span className={styles.page} dir="auto">
            {withoutInvisible(conversation.pageTitle)}
          </span>
        )}
      </span>
    </a>
  );
});

/** Who has it: a person by name, or the tier it stands on. */
function Holder({ conversation, isMine }: { readonly conversation: InboxConversation; readonly isMine: boolean }) {
  if (conversation.state === 'resolved') return <span className={styles.holder}>Closed</span>;
  if (conversation.agentName !== null) {
    return (
      <span className={styles.holder} data-mine={isMine || undefined}>
        <PersonIcon size={14} />
        {isMine ? 'You' : conversation.agentName}
      </span>
    );
  }
  return (
    <span className={styles.holder}>
      <StepGlyph tier={conversation.tier} size={14} />
      {tierName(conversation.tier)}
    </span>
  );
}

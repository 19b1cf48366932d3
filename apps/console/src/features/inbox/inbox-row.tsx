import { plainText, withoutInvisible } from '@stepdown/client/markdown';
import type { InboxConversation } from '@stepdown/protocol';
import { memo } from 'react';
import { dayAndTime } from '../../desk/times.ts';
import { Elapsed } from '../../parts/elapsed.tsx';
import { BoltIcon, ClockIcon, ParkIcon, PersonIcon } from '../../parts/icons.tsx';
import { LabelChip } from '../../parts/label-chip.tsx';
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
  /** Null: this role does nothing to conversations. */
  readonly isPicked: boolean | null;
  readonly onOpen: (conversationId: string) => void;
  /** `isRange`: everything from the last pick up to this one. */
  readonly onPick: (conversationId: string, isRange: boolean) => void;
}

const LABELS_SHOWN = 2;

/** One conversation of the list: a box to pick it, and a link, so that it opens in a new tab like any other. */
export const InboxRow = memo(function InboxRow(props: InboxRowProps) {
  const { conversation, href, isCurrent, isSelected, isPicked, onOpen, onPick } = props;
  return (
    <div
      className={styles.box}
      data-selected={isSelected || undefined}
      data-picked={isPicked || undefined}
      data-current={isCurrent || undefined}
    >
      {isPicked !== null && (
        <label className={styles.pick}>
          <input
            type="checkbox"
            checked={isPicked}
            aria-label={`Select ${visitorName(conversation)}`}
            onChange={(event) => onPick(conversation.id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
          />
        </label>
      )}
      <a
        href={href}
        className={styles.row}
        data-conversation={conversation.id}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.button !== 0) return;
          if (event.shiftKey && isPicked === null) return;
          event.preventDefault();
          if (event.shiftKey) onPick(conversation.id, true);
          else onOpen(conversation.id);
        }}
      >
        <Head conversation={conversation} />
        <span className={styles.preview} dir="auto">
          {plainText(conversation.preview).replaceAll('\n', ' ') || 'No message yet'}
        </span>
        <Foot {...props} />
      </a>
    </div>
  );
});

function Head({ conversation }: { readonly conversation: InboxConversation }) {
  const { waitingSince } = conversation;
  return (
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
  );
}

function Foot({ conversation, isMine }: InboxRowProps) {
  const { labels, pageTitle, isOutage, isParked, snoozedUntil, state } = conversation;
  const isOver = state === 'resolved';
  return (
    <span className={styles.foot}>
      <Holder conversation={conversation} isMine={isMine} />
      {state === 'snoozed' && snoozedUntil !== null && (
        <span className={styles.mark}>
          <ClockIcon size={13} />
          until {dayAndTime(snoozedUntil)}
        </span>
      )}
      {isParked && !isOver && (
        <span className={styles.mark} data-tone="calm">
          <ParkIcon size={13} />
          Parked
        </span>
      )}
      {isOutage && !isParked && !isOver && (
        <span className={styles.mark} data-tone="warn">
          <BoltIcon size={13} />
          Outage
        </span>
      )}
      {labels.slice(0, LABELS_SHOWN).map((label) => (
        <LabelChip key={label.id} label={label} />
      ))}
      {labels.length > LABELS_SHOWN && <span>+{labels.length - LABELS_SHOWN}</span>}
      {labels.length === 0 && pageTitle !== null && (
        <span className={styles.page} dir="auto">
          {withoutInvisible(pageTitle)}
        </span>
      )}
    </span>
  );
}

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

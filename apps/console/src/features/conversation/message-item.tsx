import { withoutInvisible } from '@stepdown/client/markdown';
import type { Message, TurnTrail } from '@stepdown/protocol';
import { memo, useId, useState } from 'react';
import { fullTime, timeOfDay } from '../../desk/times.ts';
import { ChevronIcon, ThumbDownIcon, ThumbUpIcon } from '../../parts/icons.tsx';
import { Markdown } from '../../parts/markdown.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { AttemptTrailList } from './attempt-trail.tsx';
import styles from './message-item.module.css';

export interface MessageItemProps {
  readonly message: Message;
  readonly visitorName: string;
  readonly isFirst: boolean;
  readonly isMine: boolean;
  /** Broke off, and another tier is about to replace the text. */
  readonly isContinuing: boolean;
  readonly trail: TurnTrail | null;
}

/** One message with its author, tier and model. Streaming text is not live; the reader hears it when it is done. */
export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { message, isFirst } = props;
  if (message.author === 'system') return <SystemLine message={message} />;
  return (
    <li className={styles.item} data-author={message.author} data-first={isFirst || undefined}>
      {isFirst ? <Author {...props} /> : <span className="visually-hidden">{authorName(props)}: </span>}
      <div className={styles.bubble} data-status={message.status} aria-busy={message.status === 'streaming' || undefined}>
        {message.text === '' && message.status === 'streaming' ? (
          <Dots />
        ) : (
          <Markdown text={message.text} isUnfinished={message.status === 'streaming'} />
        )}
        {message.choices !== undefined && (
          <ul className={styles.choices} aria-label="Offered answers">
            {message.choices.map((choice) => (
              <li key={choice.id}>{withoutInvisible(choice.label)}</li>
            ))}
          </ul>
        )}
      </div>
      <Foot {...props} />
    </li>
  );
});

function authorName({ message, visitorName, isMine }: MessageItemProps): string {
  switch (message.author) {
    case 'visitor':
      return visitorName;
    case 'agent':
      return isMine ? 'You' : withoutInvisible(message.authorName ?? 'Agent');
    case 'assistant':
      return message.tier === 'faq' ? 'Written answer' : 'Assistant';
    case 'system':
      return 'System';
  }
}

function Author(props: MessageItemProps) {
  const { message } = props;
  return (
    <div className={styles.author}>
      <strong dir="auto">{authorName(props)}</strong>
      {message.tier !== undefined && <TierBadge tier={message.tier} detail={message.model} />}
    </div>
  );
}

function Foot({ message, isContinuing, trail }: MessageItemProps) {
  const [isOpen, setOpen] = useState(false);
  const trailId = useId();
  return (
    <>
      <div className={styles.foot}>
        <time dateTime={new Date(message.createdAt).toISOString()} title={fullTime(message.createdAt)}>
          {timeOfDay(message.createdAt)}
        </time>
        {message.status === 'interrupted' && (
          <span className={styles.broken}>{isContinuing ? 'Interrupted – continuing' : 'Interrupted'}</span>
        )}
        {message.status === 'failed' && <span className={styles.broken}>No answer</span>}
        {message.sources?.map((source) => (
          <span key={source.id} className={styles.source} dir="auto">
            {withoutInvisible(source.title)}
          </span>
        ))}
        {message.rating !== undefined && (
          <span className={styles.rating} data-rating={message.rating}>
            {message.rating === 'up' ? <ThumbUpIcon size={14} /> : <ThumbDownIcon size={14} />}
            {message.rating === 'up' ? 'Helped' : 'Did not help'}
          </span>
        )}
        {trail !== null && (
          <button
            type="button"
            className={styles['trail-button']}
            aria-expanded={isOpen}
            aria-controls={trailId}
            onClick={() => setOpen(!isOpen)}
          >
            {attemptsWords(trail)}
            <ChevronIcon size={13} />
          </button>
        )}
      </div>
      <div id={trailId} hidden={!isOpen}>
        {trail !== null && isOpen && <AttemptTrailList turn={trail} />}
      </div>
    </>
  );
}

function attemptsWords(trail: TurnTrail): string {
  const count = trail.attempts.length;
  if (count === 0) return trail.cause.startsWith('floor') ? 'No model asked' : 'How it ended';
  return count === 1 ? '1 attempt' : `${count} attempts`;
}

function SystemLine({ message }: { readonly message: Message }) {
  return (
    <li className={styles.system}>
      <span dir="auto">{withoutInvisible(message.text)}</span>
      <time dateTime={new Date(message.createdAt).toISOString()}>{timeOfDay(message.createdAt)}</time>
    </li>
  );
}

export function Dots() {
  return (
    <span className={styles.dots} aria-hidden="true">
      <span />
      <span />
      <span />
    </span>
  );
}

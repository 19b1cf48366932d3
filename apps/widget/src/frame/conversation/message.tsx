import type { MessageView } from '@stepdown/client';
import { withoutInvisible } from '@stepdown/client/markdown';
import { memo } from 'react';
import type { Texts } from '../../locales/texts.ts';
import { useWidget } from '../context.ts';
import { BookIcon, PersonIcon, SparkIcon } from '../icons/icons.tsx';
import { fill } from '../texts/load-texts.ts';
import { authorName, shownText } from './author.ts';
import { Delivery } from './delivery.tsx';
import styles from './message.module.css';
import { Dots } from './typing.tsx';
import { useSteadyHeight } from './use-steady-height.ts';

interface MessageProps {
  readonly message: MessageView;
  /** Name to show where a notice speaks of a person without naming one. */
  readonly agent: string;
  readonly isLast: boolean;
  readonly isFirstOfAuthor: boolean;
}

export const Message = memo(function Message(props: MessageProps) {
  if (props.message.author === 'visitor') return <VisitorMessage {...props} />;
  return props.message.author === 'system' ? <SystemLine {...props} /> : <Answer {...props} />;
});

function VisitorMessage({ message }: MessageProps) {
  const { texts } = useWidget();
  return (
    <article className={styles.mine} data-delivery={message.delivery}>
      <span className="unseen">{texts.you}: </span>
      <p className={styles.bubble} dir="auto">
        {withoutInvisible(message.text)}
      </p>
      <Delivery message={message} />
    </article>
  );
}

/** Queued is told by its card, which also knows the place in line. */
function SystemLine({ message, agent, isLast }: MessageProps) {
  const { client, texts, kit } = useWidget();
  if (message.notice === 'queued') return null;
  const text = shownText(message, texts, agent);
  return (
    <div className={styles.system}>
      {message.notice === 'rate' && kit ? <kit.RateConversation question={text} /> : <p>{text}</p>}
      {message.notice === 'continue' && isLast && (
        <button type="button" className="quiet-button" onClick={() => client.send(texts.goOn)}>
          {texts.goOn}
        </button>
      )}
    </div>
  );
}

function Answer({ message, agent, isLast, isFirstOfAuthor }: MessageProps) {
  const { texts, locale, kit } = useWidget();
  const bubble = useSteadyHeight(message);
  const text = shownText(message, texts, agent);
  const isStreaming = message.status === 'streaming';
  const name = authorName(message, texts);
  return (
    <article className={styles.theirs} data-status={message.isContinuing ? 'continuing' : message.status}>
      {isFirstOfAuthor ? (
        <p className={styles.author}>
          <AuthorIcon message={message} />
          {name}
        </p>
      ) : (
        <span className="unseen">{name}: </span>
      )}
      <div className={styles.bubble} dir="auto" ref={bubble}>
        {text === '' && isStreaming ? <Dots label={texts.thinking} /> : <AnswerText text={text} isUnfinished={isStreaming} />}
        {kit && <kit.Choices message={message} isOpen={isLast} />}
      </div>
      <AnswerEnd message={message} texts={texts} locale={locale} isLast={isLast} />
    </article>
  );
}

/** The words are always there, also if the part that lays them out could not be fetched. */
function AnswerText({ text, isUnfinished }: { readonly text: string; readonly isUnfinished: boolean }) {
  const { kit } = useWidget();
  return kit ? <kit.Markdown text={text} isUnfinished={isUnfinished} /> : <p className={styles.plain}>{withoutInvisible(text)}</p>;
}

function AnswerEnd({ message, texts, locale, isLast }: { message: MessageView; texts: Texts; locale: string; isLast: boolean }) {
  const { kit } = useWidget();
  if (message.isContinuing && isLast) return <p className={styles.note}>{texts.interrupted}</p>;
  if (message.status === 'streaming') return null;
  return (
    <>
      {(message.status === 'interrupted' || message.status === 'failed') && <p className={styles.note}>{texts.stopped}</p>}
      {kit && <kit.Sources message={message} />}
      {kit && <kit.Deferral message={message} />}
      {message.savedAt !== undefined && (
        <p className={styles.note}>{fill(texts.written, { date: new Intl.DateTimeFormat(locale).format(message.savedAt) })}</p>
      )}
      {message.checkedAt !== undefined && (
        <p className={styles.note}>{fill(texts.checked, { date: new Intl.DateTimeFormat(locale).format(message.checkedAt) })}</p>
      )}
      {kit && message.author === 'assistant' && message.notice === undefined && message.text !== '' && (
        <kit.AnswerActions message={message} isLast={isLast} />
      )}
    </>
  );
}

function AuthorIcon({ message }: { readonly message: MessageView }) {
  if (message.author === 'agent') return <PersonIcon size={14} />;
  if (message.notice !== undefined || message.tier === 'handoff') return null;
  return message.tier === 'faq' && message.savedAt === undefined ? <BookIcon size={14} /> : <SparkIcon size={14} />;
}

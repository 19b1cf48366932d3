import type { VisitorSnapshot } from '@stepdown/client';
import { useWidget } from '../context.ts';
import { ArrowDownIcon } from '../icons/icons.tsx';
import type { SavedAnswers } from '../offline-faq/use-saved-answers.ts';
import { fill } from '../texts/load-texts.ts';
import { Welcome } from '../welcome/welcome.tsx';
import { authorName } from './author.ts';
import { Message } from './message.tsx';
import styles from './message-list.module.css';
import { Typing } from './typing.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';

/** The conversation. It is a log that is not live: the announcer reads out what is finished. */
export function MessageList({ snapshot, saved }: { readonly snapshot: VisitorSnapshot; readonly saved: SavedAnswers }) {
  const { texts, kit } = useWidget();
  const { messages, handoff } = snapshot;
  const { scroller, isAtEnd, goToEnd } = useStickToEnd(messages);
  const last = messages.at(-1);
  const isBusy = messages.some((message) => message.status === 'streaming' || message.isContinuing);

  return (
    <div className={styles.frame}>
      <div
        className={styles.scroller}
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-busy={isBusy}
        aria-label={texts.launcher}
      >
        {messages.length === 0 ? (
          <Welcome snapshot={snapshot} suggestions={saved.suggestions} />
        ) : (
          <div className={styles.messages}>
            {snapshot.notice !== 'faq' && snapshot.notice !== 'handoff' && <p className={styles.aside}>{texts.ai}</p>}
            {messages.map((message, index) => (
              <div key={message.key} className={styles.entry}>
                <Message
                  message={message}
                  agent={handoff.agent ?? texts.support}
                  isLast={message === last}
                  isFirstOfAuthor={isOtherAuthor(messages[index - 1], message, (one) => authorName(one, texts))}
                />
                {kit && <kit.SavedAnswer answer={saved.answers.get(message.key)} />}
              </div>
            ))}
            {isThinking(snapshot) && <Typing label={texts.thinking} />}
            {snapshot.typingAgent !== null && <Typing label={fill(texts.writing, { name: snapshot.typingAgent })} />}
            {kit && <kit.OfferCard snapshot={snapshot} />}
            {kit && <kit.QueuedCard snapshot={snapshot} />}
          </div>
        )}
      </div>
      {!isAtEnd && (
        <button type="button" className={styles.latest} onClick={goToEnd} aria-label={texts.latest}>
          <ArrowDownIcon />
        </button>
      )}
    </div>
  );
}

type MessageView = VisitorSnapshot['messages'][number];

function isOtherAuthor(before: MessageView | undefined, message: MessageView, nameOf: (message: MessageView) => string): boolean {
  return before === undefined || before.author !== message.author || nameOf(before) !== nameOf(message);
}

/** The question is with the assistant, and no answer has begun. */
function isThinking({ messages, connection, handoff }: VisitorSnapshot): boolean {
  const last = messages.at(-1);
  const isWithPerson = handoff.state === 'queued' || handoff.state === 'active';
  return connection === 'online' && !isWithPerson && last?.author === 'visitor' && last.delivery === 'sent';
}

import type { MessageView } from '@stepdown/client';
import { withoutInvisible } from '@stepdown/client/markdown';
import { useWidget } from '../context.ts';
import { BookIcon } from '../icons/icons.tsx';
import styles from './sources.module.css';

/** The help articles an answer rests on; one press asks for the article itself. */
export function Sources({ message }: { readonly message: MessageView }) {
  const { client, texts } = useWidget();
  if (!message.sources || message.sources.length === 0) return null;
  return (
    <ul className={styles.sources} aria-label={texts.sources}>
      {message.sources.map((source) => (
        <li key={source.id}>
          <button type="button" onClick={() => client.send(source.title, { choiceId: source.id })}>
            <span className={styles.chip}>
              <BookIcon size={14} />
              <span dir="auto">{withoutInvisible(source.title)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

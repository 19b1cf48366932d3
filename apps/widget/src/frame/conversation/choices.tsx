import type { MessageView } from '@stepdown/client';
import { withoutInvisible } from '@stepdown/client/markdown';
import { useWidget } from '../context.ts';
import { ChevronIcon } from '../icons/icons.tsx';
import styles from './choices.module.css';

/** Up to three questions we know the answer to, open until something else was said. */
export function Choices({ message, isOpen }: { readonly message: MessageView; readonly isOpen: boolean }) {
  const { client } = useWidget();
  if (!message.choices || message.choices.length === 0 || message.status === 'streaming') return null;
  return (
    <ul className={styles.choices}>
      {message.choices.slice(0, 3).map((choice) => (
        <li key={choice.id}>
          <button type="button" disabled={!isOpen} onClick={() => client.send(choice.label, { choiceId: choice.id })}>
            <span dir="auto">{withoutInvisible(choice.label)}</span>
            <ChevronIcon size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}

import type { CannedReply } from '../../desk/canned-replies.ts';
import styles from './composer.module.css';

export interface CannedMenuProps {
  readonly id: string;
  readonly replies: readonly CannedReply[];
  readonly activeIndex: number;
  readonly onPick: (reply: CannedReply) => void;
}

/** The list under the caret while `/word` is typed; the text field keeps the focus. */
export function CannedMenu({ id, replies, activeIndex, onPick }: CannedMenuProps) {
  return (
    <div id={id} role="listbox" aria-label="Saved replies" className={styles.menu}>
      {replies.map((reply, index) => (
        // The field below has the focus and the keys; the pointer is a second way.
        <div
          key={reply.shortcut}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === activeIndex}
          className={styles.option}
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(reply);
          }}
        >
          <strong>/{reply.shortcut}</strong>
          <span>{reply.text}</span>
        </div>
      ))}
    </div>
  );
}

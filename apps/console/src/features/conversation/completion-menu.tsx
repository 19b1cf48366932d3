import type { Completion } from './completions.ts';
import styles from './composer.module.css';

export interface CompletionMenuProps {
  readonly id: string;
  readonly label: string;
  readonly completions: readonly Completion[];
  readonly activeIndex: number;
  readonly onPick: (completion: Completion) => void;
}

/** The list over the text while `/word` or `@name` is typed; the text field keeps the focus. */
export function CompletionMenu({ id, label, completions, activeIndex, onPick }: CompletionMenuProps) {
  return (
    <div id={id} role="listbox" aria-label={label} className={styles.menu}>
      {completions.map((completion, index) => (
        // The field below has the focus and the keys; the pointer is a second way.
        <div
          key={completion.key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === activeIndex}
          className={styles.option}
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(completion);
          }}
        >
          <strong dir="auto">{completion.title}</strong>
          <span>{completion.detail}</span>
        </div>
      ))}
    </div>
  );
}

import { withoutInvisible } from '@stepdown/client/markdown';
import type { FaqDiffLine } from '@stepdown/protocol';
import styles from './diff-lines.module.css';

/** What changes from one text to the other, line by line. */
export function DiffLines({ lines, label }: { readonly lines: readonly FaqDiffLine[]; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long difference scrolls, and must be reachable by keyboard
    <section className={styles.diff} aria-label={label} tabIndex={0}>
      {lines.map((line, place) => (
        <Line key={place} line={line} />
      ))}
    </section>
  );
}

function Line({ line: { kind, text } }: { readonly line: FaqDiffLine }) {
  const shown = text === '' ? '\u00a0' : withoutInvisible(text);
  switch (kind) {
    case 'same':
      return <p dir="auto">{shown}</p>;
    case 'added':
      return (
        <p data-kind="added" dir="auto">
          <ins>{shown}</ins>
        </p>
      );
    case 'removed':
      return (
        <p data-kind="removed" dir="auto">
          <del>{shown}</del>
        </p>
      );
  }
}

import { type Block, type Inline, parseMarkdown } from '@stepdown/client/markdown';
import { memo, type ReactNode } from 'react';
import styles from './markdown.module.css';

/**
 * Shows a text of a customer, a model or the team. Only React elements are made here, from the node types of the
 * parser: there is no way from text to HTML (checklist D19, D23), also not halfway through a stream (D22).
 */
export const Markdown = memo(function Markdown({ text, isUnfinished = false }: { readonly text: string; readonly isUnfinished?: boolean }) {
  return (
    <div className={styles.text} dir="auto">
      {parseMarkdown(text, isUnfinished).map(showBlock)}
    </div>
  );
});

/** Blocks and nodes only ever grow at the end, so their place is a stable key. */
function showBlock(block: Block, place: number): ReactNode {
  switch (block.type) {
    case 'code':
      return (
        <pre key={place}>
          <code>{block.text}</code>
        </pre>
      );
    case 'list': {
      const items = block.items.map(showItem);
      return block.isOrdered ? (
        <ol key={place} start={block.start}>
          {items}
        </ol>
      ) : (
        <ul key={place}>{items}</ul>
      );
    }
    case 'heading':
      return (
        <p key={place}>
          <strong>{block.children.map(showInline)}</strong>
        </p>
      );
    case 'paragraph':
      return <p key={place}>{block.children.map(showInline)}</p>;
  }
}

function showInline(node: Inline, place: number): ReactNode {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'code':
      return <code key={place}>{node.text}</code>;
    case 'strong':
      return <strong key={place}>{node.children.map(showInline)}</strong>;
    case 'emphasis':
      return <em key={place}>{node.children.map(showInline)}</em>;
    case 'link':
      return (
        <a key={place} href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          {node.children.map(showInline)}
        </a>
      );
  }
}

function showItem(item: readonly Inline[], place: number): ReactNode {
  return <li key={place}>{item.map(showInline)}</li>;
}

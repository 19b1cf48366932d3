import type { InboxView } from '@stepdown/protocol';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useAgent } from '../../desk/agent-context.tsx';
import { classes } from '../../parts/classes.ts';
import { CloseIcon, SearchIcon } from '../../parts/icons.tsx';
import styles from './inbox.module.css';
import { VIEWS } from './views.ts';

export interface InboxHeadProps {
  readonly view: InboxView;
  readonly hrefOf: (view: InboxView) => string;
  readonly onView: (view: InboxView) => void;
  readonly onSearch: (search: string) => void;
}

const SEARCH_AFTER_MS = 250;

/** Views with their counts, and the search within the view. */
export function InboxHead({ view, hrefOf, onView, onSearch }: InboxHeadProps) {
  const counts = useAgent((snapshot) => snapshot.inbox.counts);
  return (
    <header className={styles.head}>
      <nav aria-label="Views" className={styles.views}>
        {VIEWS.map((choice) => {
          const count = choice.view === 'queue' || choice.view === 'mine' || choice.view === 'open' ? counts[choice.view] : null;
          return (
            <a
              key={choice.view}
              href={hrefOf(choice.view)}
              className={styles.view}
              aria-current={choice.view === view ? 'page' : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                onView(choice.view);
              }}
            >
              {choice.label}
              {count !== null && count > 0 && (
                <span className={classes(styles.count, choice.view === 'queue' && styles.urgent)}>{count}</span>
              )}
            </a>
          );
        })}
      </nav>
      <Search key={view} onSearch={onSearch} />
    </header>
  );
}

function Search({ onSearch }: { readonly onSearch: (search: string) => void }) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const search = useEffectEvent(onSearch);
  useEffect(() => {
    const timer = window.setTimeout(() => search(text.trim()), text === '' ? 0 : SEARCH_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is younger than the browsers we serve
    <div className={styles.search} role="search">
      <SearchIcon size={16} />
      <input
        ref={input}
        id="inbox-search"
        type="search"
        aria-label="Search conversations"
        placeholder="Search"
        aria-keyshortcuts="/"
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          setText('');
          input.current?.blur();
        }}
      />
      {text === '' ? (
        <span className={styles.hotkey} aria-hidden="true">
          /
        </span>
      ) : (
        <button type="button" aria-label="Clear search" onClick={() => setText('')}>
          <CloseIcon size={15} />
        </button>
      )}
    </div>
  );
}

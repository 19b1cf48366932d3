import { countConditions, type InboxConditions } from '@stepdown/client/agent';
import type { InboxView } from '@stepdown/protocol';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useAgent } from '../../desk/agent-context.tsx';
import { classes } from '../../parts/classes.ts';
import { CloseIcon, FilterIcon, SearchIcon } from '../../parts/icons.tsx';
import { ConditionsPanel } from './conditions-panel.tsx';
import styles from './inbox.module.css';
import { VIEWS } from './views.ts';

export interface InboxHeadProps {
  readonly view: InboxView;
  readonly hrefOf: (view: InboxView) => string;
  readonly onView: (view: InboxView) => void;
  readonly onSearch: (search: string) => void;
  readonly conditions: InboxConditions;
  readonly onConditions: (conditions: InboxConditions) => void;
  readonly exportHref: string | null;
}

const SEARCH_AFTER_MS = 250;

/** Views with their counts, and what narrows the view down. */
export function InboxHead({ view, hrefOf, onView, onSearch, conditions, onConditions, exportHref }: InboxHeadProps) {
  const [isOpen, setOpen] = useState(false);
  const setCount = countConditions(conditions);
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
      <div className={styles.narrow}>
        <Search key={view} onSearch={onSearch} />
        <button
          type="button"
          className={styles.filter}
          aria-expanded={isOpen}
          aria-controls={isOpen ? 'inbox-conditions' : undefined}
          data-set={setCount > 0 || undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <FilterIcon size={17} />
          <span className="visually-hidden">Filter</span>{' '}
          {setCount > 0 && (
            <span className={styles.count}>
              {setCount} <span className="visually-hidden">set</span>
            </span>
          )}
        </button>
      </div>
      {isOpen && <ConditionsPanel conditions={conditions} onChange={onConditions} exportHref={exportHref} />}
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

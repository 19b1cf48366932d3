import { countConditions } from '@stepdown/client/agent';
import type { InboxView } from '@stepdown/protocol';
import { useEffect, useEffectEvent, useRef } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useAgent, useAgentClient, useMe } from '../../desk/agent-context.tsx';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { AlertIcon, InboxIcon, SearchIcon } from '../../parts/icons.tsx';
import styles from './inbox.module.css';
import { InboxRow } from './inbox-row.tsx';
import type { Picks } from './use-picks.ts';
import { VIEWS } from './views.ts';

export interface InboxListProps {
  readonly view: InboxView;
  readonly currentId: string | null;
  readonly selectedId: string | null;
  readonly hrefOf: (conversationId: string) => string;
  readonly onOpen: (conversationId: string) => void;
  /** Null: this role does nothing to conversations. */
  readonly picks: Picks | null;
}

/** Nearer to the end than this, the next page is asked for, px. */
const MORE_BELOW = 600;

/** The rows of the view, as many as are seen. Held while the agent is anywhere but at the top. */
export function InboxList({ view, currentId, selectedId, hrefOf, onOpen, picks }: InboxListProps) {
  const client = useAgentClient();
  const me = useMe();
  const { phase, rows, search, conditions, failure, nextBefore, isLoadingMore, arrivedCount } = useAgent((snapshot) => snapshot.inbox);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useRef<VirtualizerHandle>(null);
  const isPicking = (picks?.ids.size ?? 0) > 0;
  const selectedIndex = rows.findIndex((row) => row.id === selectedId);

  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.current?.scrollToIndex(selectedIndex, { align: 'nearest' });
  }, [selectedIndex]);

  const hold = () => client.holdInbox((scroller.current?.scrollTop ?? 0) > 8 || isPicking);
  const holdNow = useEffectEvent(hold);
  useEffect(() => holdNow(), [isPicking]);
  const pick = (id: string, isRange: boolean) => (isRange ? picks?.extendTo(id) : picks?.toggle(id));

  const scrolled = () => {
    const element = scroller.current;
    if (!element) return;
    hold();
    if (nextBefore !== null && element.scrollHeight - element.scrollTop - element.clientHeight < MORE_BELOW) client.loadMore();
  };

  if (phase === 'loading') return <Skeleton />;
  if (phase === 'failed') {
    return (
      <Empty
        icon={<AlertIcon size={24} />}
        tone="bad"
        title="The inbox could not be read"
        action={<Button onClick={() => client.reloadInbox()}>Try again</Button>}
      >
        {failure?.message}
      </Empty>
    );
  }
  if (rows.length === 0) return <NothingHere view={view} isNarrowed={search !== '' || countConditions(conditions) > 0} />;
  return (
    <div className={styles.list}>
      {arrivedCount > 0 && (
        <button
          type="button"
          className={styles.arrived}
          onClick={() => {
            client.holdInbox(false);
            scroller.current?.scrollTo({ top: 0 });
          }}
        >
          {arrivedCount} new
        </button>
      )}
      <section ref={scroller} className={styles.scroller} aria-label="Conversations" onScroll={scrolled}>
        <Virtualizer ref={virtualizer} scrollRef={scroller} data={rows} itemSize={86}>
          {(row) => (
            <InboxRow
              key={row.id}
              conversation={row}
              href={hrefOf(row.id)}
              isCurrent={row.id === currentId}
              isSelected={row.id === selectedId}
              isMine={row.agentId === me.id}
              isPicked={picks === null ? null : picks.ids.has(row.id)}
              onOpen={onOpen}
              onPick={pick}
            />
          )}
        </Virtualizer>
        {isLoadingMore && <p className={styles.more}>Reading older conversations…</p>}
      </section>
    </div>
  );
}

function NothingHere({ view, isNarrowed }: { readonly view: InboxView; readonly isNarrowed: boolean }) {
  if (isNarrowed) {
    return (
      <Empty icon={<SearchIcon size={24} />} title="Nothing found">
        No conversation in this view fits.
      </Empty>
    );
  }
  const choice = VIEWS.find((each) => each.view === view);
  return (
    <Empty icon={<InboxIcon size={24} />} title={choice?.emptyTitle ?? ''}>
      {choice?.emptyText}
    </Empty>
  );
}

/** Grey rows where rows will be, so that nothing jumps when they come. */
function Skeleton() {
  return (
    <div className={styles.skeleton} aria-busy="true">
      <span className="visually-hidden" role="status">
        Reading the inbox…
      </span>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((each) => (
        <div key={each} aria-hidden="true">
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}

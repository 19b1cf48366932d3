import type { InboxView } from '@stepdown/protocol';
import { useEffect, useEffectEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { useAgent, useAgentClient } from '../desk/agent-context.tsx';
import { useKeys } from '../desk/use-keys.ts';
import { ConversationView, NoConversation } from '../features/conversation/conversation-view.tsx';
import { InboxHead } from '../features/inbox/inbox-head.tsx';
import { InboxList } from '../features/inbox/inbox-list.tsx';
import { VIEWS, viewOf } from '../features/inbox/views.ts';
import styles from './inbox-page.module.css';
import { BASE, paths } from './paths.ts';

/** The list and the conversation beside each other; on a phone one after the other. */
export function InboxPage({ viewName, conversationId }: { readonly viewName: string | undefined; readonly conversationId: string | null }) {
  const client = useAgentClient();
  const [, navigate] = useLocation();
  const view = viewOf(viewName);
  const { selectedId, select } = useSelection(view, conversationId);
  const open = (id: string) => {
    select(id);
    navigate(paths.conversation(view, id));
  };
  const back = () => navigate(paths.inbox(view));
  const showView = useEffectEvent((next: InboxView) => client.showInbox({ view: next, search: '' }));
  useEffect(() => showView(view), [view]);
  useKeys({
    Enter: () => selectedId !== null && selectedId !== conversationId && open(selectedId),
    '/': () => document.getElementById('inbox-search')?.focus(),
    Escape: () => conversationId !== null && back(),
  });
  return (
    <div className={styles.split} data-open={conversationId !== null || undefined}>
      <h1 className="visually-hidden">Inbox: {VIEWS.find((each) => each.view === view)?.label}</h1>
      <div className={styles.list}>
        <InboxHead
          view={view}
          hrefOf={(to) => BASE + paths.inbox(to)}
          onView={(to) => navigate(paths.inbox(to))}
          onSearch={(search) => client.showInbox({ view, search })}
        />
        <InboxList
          view={view}
          currentId={conversationId}
          selectedId={selectedId}
          hrefOf={(id) => BASE + paths.conversation(view, id)}
          onOpen={open}
        />
      </div>
      <div className={styles.conversation}>
        {conversationId === null ? (
          <NoConversation />
        ) : (
          <ConversationView
            conversationId={conversationId}
            onBack={back}
            // It left the queue; its new place in the list is with the agent.
            onTaken={() => view === 'queue' && navigate(paths.conversation('mine', conversationId), { replace: true })}
          />
        )}
      </div>
    </div>
  );
}

/** The row that j and k stand on; starts at the conversation that is open. */
function useSelection(view: InboxView, conversationId: string | null) {
  const rows = useAgent((snapshot) => snapshot.inbox.rows);
  const [selected, select] = useState<{ readonly view: InboxView; readonly id: string } | null>(null);
  const selectedId = selected?.view === view ? selected.id : conversationId;
  const step = (by: number) => {
    const index = rows.findIndex((row) => row.id === selectedId);
    const next = rows[Math.min(rows.length - 1, Math.max(0, index === -1 ? 0 : index + by))];
    if (next !== undefined) select({ view, id: next.id });
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  return { selectedId, select: (id: string) => select({ view, id }) };
}

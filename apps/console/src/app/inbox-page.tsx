import type { InboxConditions } from '@stepdown/client/agent';
import type { InboxView } from '@stepdown/protocol';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useAgent, useAgentClient, useRights } from '../desk/agent-context.tsx';
import { useKeys } from '../desk/use-keys.ts';
import { ConversationView, NoConversation } from '../features/conversation/conversation-view.tsx';
import { BulkBar } from '../features/inbox/bulk-bar.tsx';
import { InboxHead } from '../features/inbox/inbox-head.tsx';
import { InboxList } from '../features/inbox/inbox-list.tsx';
import { TeamBar } from '../features/inbox/team-bar.tsx';
import { TriageStrip } from '../features/inbox/triage-strip.tsx';
import { usePicks } from '../features/inbox/use-picks.ts';
import { VIEWS, viewOf } from '../features/inbox/views.ts';
import styles from './inbox-page.module.css';
import { BASE, paths } from './paths.ts';

/** The list and the conversation beside each other; on a phone one after the other. */
export function InboxPage({ viewName, conversationId }: { readonly viewName: string | undefined; readonly conversationId: string | null }) {
  const [, navigate] = useLocation();
  const { mayAnswer } = useRights();
  const rows = useAgent((snapshot) => snapshot.inbox.rows);
  const view = viewOf(viewName);
  const { selectedId, select } = useSelection(view, conversationId);
  const { search, conditions, setConditions, setSearch } = useNarrowing(view);
  const picks = usePicks(rows.map(({ id }) => id));
  const open = (id: string) => {
    select(id);
    navigate(paths.conversation(view, id));
  };
  const back = () => navigate(paths.inbox(view));
  const stepBack = () => {
    if (picks.ids.size > 0) picks.clear();
    else if (conversationId !== null) back();
  };
  useKeys({
    Enter: () => selectedId !== null && selectedId !== conversationId && open(selectedId),
    '/': () => document.getElementById('inbox-search')?.focus(),
    x: () => mayAnswer && selectedId !== null && picks.toggle(selectedId),
    Escape: stepBack,
  });
  return (
    <div className={styles.split} data-open={conversationId !== null || undefined}>
      <h1 className="visually-hidden">Inbox: {VIEWS.find((each) => each.view === view)?.label}</h1>
      <div className={styles.list}>
        <InboxHead
          view={view}
          hrefOf={(to) => BASE + paths.inbox(to)}
          onView={(to) => navigate(paths.inbox(to))}
          onSearch={setSearch}
          conditions={conditions}
          onConditions={setConditions}
          exportHref={mayAnswer ? exportHref({ view, search, ...conditions }) : null}
        />
        <TriageStrip
          conditions={conditions}
          onChange={setConditions}
          onPickAll={mayAnswer ? () => picks.replace(rows.map(({ id }) => id)) : null}
        />
        <div className={styles.rows}>
          <InboxList
            view={view}
            currentId={conversationId}
            selectedId={selectedId}
            hrefOf={(id) => BASE + paths.conversation(view, id)}
            onOpen={open}
            picks={mayAnswer ? picks : null}
          />
        </div>
        {picks.ids.size > 0 ? <BulkBar rows={rows} picks={picks} /> : <TeamBar />}
      </div>
      <div className={styles.conversation}>
        {conversationId === null ? (
          <NoConversation />
        ) : (
          <ConversationView
            conversationId={conversationId}
            onBack={back}
            hrefOf={(id) => paths.conversation('all', id)}
            // It left the queue; its new place in the list is with the agent.
            onTaken={() => view === 'queue' && navigate(paths.conversation('mine', conversationId), { replace: true })}
          />
        )}
      </div>
    </div>
  );
}

/** What the list is asked for: the view of the address, and the words and conditions of this moment. */
function useNarrowing(view: InboxView) {
  const client = useAgentClient();
  const [conditions, setConditions] = useState<InboxConditions>({});
  const [found, setFound] = useState({ view, search: '' });
  // A search belongs to its view; conditions go along.
  const search = found.view === view ? found.search : '';
  useEffect(() => client.showInbox({ view, search, conditions }), [client, view, search, conditions]);
  return { search, conditions, setConditions, setSearch: (text: string) => setFound({ view, search: text }) };
}

/** The list as a file; what an outage left is picked out here and not by the server, so there is no file of it. */
function exportHref({ triage, ...asked }: InboxConditions & { readonly view: InboxView; readonly search: string }): string | null {
  if (triage !== undefined) return null;
  const set = Object.entries(asked).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]));
  return `/api/agent/inbox/export?${new URLSearchParams(set)}`;
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

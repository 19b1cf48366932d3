import type { InboxConversation } from '@stepdown/protocol';
import { useState } from 'react';
import { useAgent, useAgentClient, useMe } from '../../desk/agent-context.tsx';
import { assignItems, labelItems, snoozeItems } from '../../desk/menu-items.tsx';
import { useNotify } from '../../desk/notices.tsx';
import { Button, IconButton } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { AssignIcon, CheckIcon, ClockIcon, CloseIcon, LabelIcon, ReplyIcon } from '../../parts/icons.tsx';
import { Menu } from '../../parts/menu.tsx';
import styles from './bulk.module.css';
import { BulkReply } from './bulk-reply.tsx';
import { type BulkAction, bulkWords, newBulkId, runBulk } from './run-bulk.ts';
import type { Picks } from './use-picks.ts';

export interface BulkBarProps {
  readonly rows: readonly InboxConversation[];
  readonly picks: Picks;
}

/** One thing for every picked conversation. What could not be done stays picked. */
export function BulkBar({ rows, picks }: BulkBarProps) {
  const labels = useAgent((snapshot) => snapshot.labels);
  const team = useAgent((snapshot) => snapshot.team);
  const me = useMe();
  const [asking, setAsking] = useState<'reply' | 'close' | null>(null);
  const { isBusy, run } = useBulk(picks);
  const chosen = rows.filter(({ id }) => picks.ids.has(id));
  const count = chosen.length;
  const setLabel = (labelId: string, isOn: boolean) => run(isOn ? 'labelled' : 'unlabelled', label(labelId, isOn), true);
  return (
    <section className={styles.bar} aria-label="Selected conversations" aria-busy={isBusy || undefined}>
      <div className={styles.line}>
        <p role="status">
          <strong>{count}</strong> selected
        </p>
        {count < rows.length && (
          <button type="button" className={styles.all} onClick={() => picks.replace(rows.map(({ id }) => id))}>
            Select all {rows.length}
          </button>
        )}
        <IconButton label="Select none" className={styles.none} onClick={picks.clear}>
          <CloseIcon size={16} />
        </IconButton>
      </div>
      <div className={styles.line}>
        <Button size="small" tone="primary" icon={<ReplyIcon size={15} />} isBusy={isBusy} onClick={() => setAsking('reply')}>
          Reply
        </Button>
        <Button size="small" icon={<CheckIcon size={15} />} onClick={() => setAsking('close')}>
          Close
        </Button>
        <span className={styles.menus}>
          <Menu
            label="Label"
            icon={<LabelIcon size={17} />}
            hasText={false}
            side="above"
            edge="end"
            items={labelItems(labels, chosen, setLabel)}
            emptyText="No labels yet. Make some in the settings."
          />
          <Menu
            label="Put aside until"
            icon={<ClockIcon size={17} />}
            hasText={false}
            side="above"
            edge="end"
            items={snoozeItems(Date.now(), (until) => run('put aside', { kind: 'snooze', until }))}
          />
          <Menu
            label="Give to"
            icon={<AssignIcon size={17} />}
            hasText={false}
            side="above"
            edge="end"
            items={assignItems(team, me.id, ({ id, name }) => run(`given to ${name}`, { kind: 'assign', agentId: id }))}
          />
        </span>
      </div>
      {asking === 'reply' && (
        <BulkReply
          count={count}
          isBusy={isBusy}
          onClose={() => setAsking(null)}
          onSend={(action) => run('answered', action, false, () => setAsking(null))}
        />
      )}
      {asking === 'close' && (
        <Dialog title={count === 1 ? 'Close this conversation?' : `Close ${count} conversations?`} onClose={() => setAsking(null)}>
          <p>Nobody answers in them any more; each customer is told. Writing again begins a new conversation.</p>
          <div className={styles.buttons}>
            <Button onClick={() => setAsking(null)}>Cancel</Button>
            <Button tone="danger" isBusy={isBusy} onClick={() => run('closed', { kind: 'resolve' }, false, () => setAsking(null))}>
              Close {count}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function label(labelId: string, isOn: boolean): BulkAction {
  return { kind: 'label', add: isOn ? [labelId] : [], remove: isOn ? [] : [labelId] };
}

function useBulk(picks: Picks) {
  const client = useAgentClient();
  const notify = useNotify();
  const [isBusy, setBusy] = useState(false);
  const run = (verb: string, action: BulkAction, keepsPicks = false, done: () => void = () => {}) => {
    if (isBusy) return;
    setBusy(true);
    void runBulk(client.http, { clientId: newBulkId(), ids: [...picks.ids], action }).then((outcome) => {
      setBusy(false);
      done();
      notify(bulkWords(verb, outcome), outcome.failed.length > 0 ? 'bad' : 'good');
      if (!keepsPicks) picks.replace(outcome.failed.map(({ conversationId }) => conversationId));
    });
  };
  return { isBusy, run };
}

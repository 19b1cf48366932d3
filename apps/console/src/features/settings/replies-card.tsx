import type { CannedReply } from '@stepdown/protocol';
import { useState } from 'react';
import { useAgent, useAgentClient, useRights } from '../../desk/agent-context.tsx';
import { type StarterReply, starterReplies } from '../../desk/canned-replies.ts';
import { useNotify } from '../../desk/notices.tsx';
import { useStorage } from '../../desk/storage-context.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/page.tsx';
import { ReplyDialog } from './reply-dialog.tsx';
import styles from './settings.module.css';

/** The replies that the whole team has behind `/`. */
export function RepliesCard() {
  const replies = useAgent((snapshot) => snapshot.cannedReplies);
  const { mayAnswer } = useRights();
  const [edited, setEdited] = useState<CannedReply | 'new' | null>(null);
  return (
    <Card
      title="Saved replies"
      hint="Shared by the team. Type / in a reply to use one."
      actions={
        mayAnswer && (
          <Button size="small" onClick={() => setEdited('new')}>
            Write one
          </Button>
        )
      }
    >
      {replies.length === 0 ? (
        <Starters />
      ) : (
        <ul className={styles.list}>
          {replies.map((reply) => (
            <li key={reply.id}>
              <div>
                <strong>/{reply.shortcut}</strong>
                {reply.locale !== null && <span className={styles.locale}>{reply.locale}</span>}
                <p dir="auto">{reply.text}</p>
              </div>
              {mayAnswer && (
                <Button size="small" tone="quiet" onClick={() => setEdited(reply)}>
                  Edit <span className="visually-hidden">{reply.shortcut}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {edited !== null && <ReplyDialog reply={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Card>
  );
}

/** Nobody should have to begin with an empty page. */
function Starters() {
  const { http } = useAgentClient();
  const notify = useNotify();
  const storage = useStorage();
  const { mayAnswer } = useRights();
  const [isBusy, setBusy] = useState(false);
  const starters = starterReplies(storage);
  const add = async () => {
    setBusy(true);
    const failures = await addAll((reply) => http.post('/api/agent/canned-replies', { ...reply, locale: null }), starters);
    setBusy(false);
    if (failures.length > 0) notify(`Not added: ${failures.join(', ')}`, 'bad');
  };
  return (
    <>
      <p className={styles.none}>The team has none yet.</p>
      {mayAnswer && (
        <Button size="small" isBusy={isBusy} onClick={() => void add()}>
          Add {starters.length} to begin with
        </Button>
      )}
    </>
  );
}

/** One after the other; names those that were refused. */
async function addAll(
  post: (reply: StarterReply) => Promise<{ readonly ok: boolean }>,
  replies: readonly StarterReply[],
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const reply of replies) if (!(await post(reply)).ok) failures.push(`/${reply.shortcut}`);
  return failures;
}

import { useState } from 'react';
import { type CannedReply, DEFAULT_REPLIES, keepReplies, readReplies } from '../../desk/canned-replies.ts';
import { useStorage } from '../../desk/storage-context.tsx';
import { Button, IconButton } from '../../parts/button.tsx';
import { CloseIcon } from '../../parts/icons.tsx';
import styles from './settings.module.css';

/** Every change is kept at once; there is nothing to forget to save. */
export function CannedEditor() {
  const storage = useStorage();
  const [replies, setReplies] = useState(() => readReplies(storage).map((reply, id) => ({ ...reply, id })));
  const [nextId, setNextId] = useState(replies.length);
  const change = (next: typeof replies) => {
    setReplies(next);
    keepReplies(
      storage,
      next
        .map(({ shortcut, text }) => ({ shortcut: shortcut.trim(), text }))
        .filter(({ shortcut, text }) => shortcut !== '' && text.trim() !== ''),
    );
  };
  const edit = (id: number, part: Partial<CannedReply>) =>
    change(replies.map((reply) => (reply.id === id ? { ...reply, ...part } : reply)));
  return (
    <div className={styles.canned}>
      <ul>
        {replies.map((reply) => (
          <li key={reply.id}>
            <span aria-hidden="true">/</span>
            <input
              aria-label={`Shortcut of ${reply.shortcut || 'the new reply'}`}
              value={reply.shortcut}
              maxLength={24}
              onChange={(event) => edit(reply.id, { shortcut: event.target.value.replace(/[\s/]/g, '') })}
            />
            <textarea
              aria-label={`Text of ${reply.shortcut || 'the new reply'}`}
              rows={2}
              maxLength={4000}
              value={reply.text}
              onChange={(event) => edit(reply.id, { text: event.target.value })}
            />
            <IconButton
              label={`Remove ${reply.shortcut || 'the new reply'}`}
              onClick={() => change(replies.filter((other) => other.id !== reply.id))}
            >
              <CloseIcon size={16} />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className={styles.row}>
        <Button
          size="small"
          onClick={() => {
            setReplies([...replies, { id: nextId, shortcut: '', text: '' }]);
            setNextId(nextId + 1);
          }}
        >
          Add a reply
        </Button>
        <Button size="small" tone="quiet" onClick={() => change(DEFAULT_REPLIES.map((reply, id) => ({ ...reply, id: nextId + id })))}>
          Restore the first ones
        </Button>
      </div>
    </div>
  );
}

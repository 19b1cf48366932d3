import type { InboxConversation } from '@stepdown/protocol';
import { useState } from 'react';
import { NoteIcon, ReplyIcon } from '../../parts/icons.tsx';
import styles from './composer.module.css';
import { Guard, type Holding } from './guard.tsx';
import { type Kind, Writing } from './writing.tsx';

export interface ComposerProps {
  readonly conversation: InboxConversation;
  readonly holding: Holding;
  readonly isTaking: boolean;
  readonly onTake: () => void;
  /** Counts how often the draft was replaced from outside. */
  readonly draftVersion: number;
}

/** Where an agent writes: to the customer or to the team. What was typed survives everything but sending it. */
export function Composer({ conversation, holding, isTaking, onTake, draftVersion }: ComposerProps) {
  const [kind, setKind] = useState<Kind>('reply');
  return (
    <section className={styles.composer} data-kind={kind} aria-label="Write">
      <Guard holding={holding} isTaking={isTaking} onTake={onTake} />
      <div className={styles.kinds} role="tablist" aria-label="Write to">
        <button
          type="button"
          role="tab"
          id="composer-tab-reply"
          aria-selected={kind === 'reply'}
          aria-controls="composer-panel"
          onClick={() => setKind('reply')}
        >
          <ReplyIcon size={15} /> Reply
        </button>
        <button
          type="button"
          role="tab"
          id="composer-tab-note"
          aria-selected={kind === 'note'}
          aria-controls="composer-panel"
          onClick={() => setKind('note')}
        >
          <NoteIcon size={15} /> Note
        </button>
      </div>
      <div role="tabpanel" id="composer-panel" aria-labelledby={`composer-tab-${kind}`}>
        <Writing key={`${conversation.id} ${kind} ${draftVersion}`} kind={kind} conversation={conversation} holding={holding} />
      </div>
    </section>
  );
}

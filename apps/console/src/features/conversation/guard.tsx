import type { InboxConversation } from '@stepdown/protocol';
import { Button } from '../../parts/button.tsx';
import { HandIcon, LockIcon } from '../../parts/icons.tsx';
import styles from './composer.module.css';

/** Who may answer now. */
export type Holding =
  | { readonly kind: 'mine' }
  | { readonly kind: 'other'; readonly name: string }
  | { readonly kind: 'assistant' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'watching' };

export function holdingOf(conversation: InboxConversation, agentId: string, mayAnswer: boolean): Holding {
  if (!mayAnswer) return { kind: 'watching' };
  if (conversation.agentId === agentId) return { kind: 'mine' };
  if (conversation.agentId !== null) return { kind: 'other', name: conversation.agentName ?? 'Another agent' };
  return { kind: conversation.state === 'resolved' ? 'closed' : 'assistant' };
}

/** Says why a reply can't be sent yet, and offers the way. */
export function Guard({
  holding,
  isTaking,
  onTake,
}: {
  readonly holding: Holding;
  readonly isTaking: boolean;
  readonly onTake: () => void;
}) {
  switch (holding.kind) {
    case 'mine':
      return null;
    case 'assistant':
      return (
        <div className={styles.guard}>
          <p>The ladder answers here. Take over to write to the customer.</p>
          <Button tone="primary" shortcut="t" icon={<HandIcon size={16} />} isBusy={isTaking} onClick={onTake}>
            Take over
          </Button>
        </div>
      );
    case 'other':
      return (
        <div className={styles.guard} data-tone="warn" role="status">
          <LockIcon size={16} />
          <p>
            <strong dir="auto">{holding.name}</strong> has this conversation. You can read along and leave notes.
          </p>
        </div>
      );
    case 'closed':
      return (
        <div className={styles.guard}>
          <LockIcon size={16} />
          <p>This conversation is closed. When the customer writes again, a new one begins.</p>
        </div>
      );
    case 'watching':
      return (
        <div className={styles.guard}>
          <LockIcon size={16} />
          <p>Your role can read conversations but not answer them.</p>
        </div>
      );
  }
}

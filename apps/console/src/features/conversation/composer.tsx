import type { InboxConversation } from '@stepdown/protocol';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useAgentClient, useMe } from '../../desk/agent-context.tsx';
import { type CannedReply, fillReply, findReplies, readReplies } from '../../desk/canned-replies.ts';
import { useNotify } from '../../desk/notices.tsx';
import { useStorage } from '../../desk/storage-context.tsx';
import { Button } from '../../parts/button.tsx';
import { NoteIcon, ReplyIcon } from '../../parts/icons.tsx';
import { CannedMenu } from './canned-menu.tsx';
import styles from './composer.module.css';
import { Guard, type Holding } from './guard.tsx';

export interface ComposerProps {
  readonly conversation: InboxConversation;
  readonly holding: Holding;
  readonly isTaking: boolean;
  readonly onTake: () => void;
}

type Kind = 'reply' | 'note';

/** Characters of a text at most; the server refuses more (limits of the wire protocol). */
const LONGEST = 4_000;

/** Where an agent writes: to the customer or to the team. What was typed survives everything but sending it. */
export function Composer({ conversation, holding, isTaking, onTake }: ComposerProps) {
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
        <Writing key={`${conversation.id} ${kind}`} kind={kind} conversation={conversation} holding={holding} />
      </div>
    </section>
  );
}

function Writing({
  kind,
  conversation,
  holding,
}: {
  readonly kind: Kind;
  readonly conversation: InboxConversation;
  readonly holding: Holding;
}) {
  const client = useAgentClient();
  const notify = useNotify();
  const me = useMe();
  const storage = useStorage();
  const menuId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => client.draft(conversation.id, kind));
  const [isBusy, setBusy] = useState(false);
  const [activeIndex, setActiveIndex] = useState(0);
  const [isMenuShut, setMenuShut] = useState(false);

  const slash = kind === 'reply' && !isMenuShut ? /^\/(\S*)$/.exec(text) : null;
  const replies = slash === null ? [] : findReplies(readReplies(storage), slash[1] ?? '');
  const isGuarded = kind === 'reply' && holding.kind !== 'mine';
  const isSendable = text.trim() !== '' && text.length <= LONGEST && !isGuarded && replies.length === 0;

  // The height follows the text.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight + 2, 260)}px`;
  }, [text]);
  useEffect(() => {
    if (!('ontouchstart' in window)) field.current?.focus({ preventScroll: true });
  }, []);

  const write = (next: string) => {
    setText(next);
    setActiveIndex(0);
    setMenuShut(false);
    client.keepDraft(conversation.id, kind, next);
    if (kind === 'reply' && holding.kind === 'mine' && next !== '') client.typing(conversation.id);
  };
  const pick = (reply: CannedReply) => {
    write(fillReply(reply.text, { name: conversation.identity.name, agent: me.name }));
    field.current?.focus();
  };
  const send = async () => {
    if (!isSendable || isBusy) return;
    if (kind === 'reply') {
      client.reply(conversation.id, text);
      write('');
      return;
    }
    setBusy(true);
    const failure = await client.addNote(conversation.id, text);
    setBusy(false);
    if (failure) notify(`The note is not saved: ${failure.message}`, 'bad');
    else write('');
  };
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (replies.length > 0 && menuKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      field.current?.blur();
    }
  };
  /** Arrow keys move, Enter and Tab choose, Escape shuts. True when the key was one of them. */
  const menuKey = (event: KeyboardEvent): boolean => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    const chosen = replies[activeIndex];
    if (step !== undefined) setActiveIndex((activeIndex + step + replies.length) % replies.length);
    else if (event.key === 'Enter' || event.key === 'Tab') {
      if (chosen !== undefined) pick(chosen);
    } else if (event.key === 'Escape') setMenuShut(true);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  return (
    <div className={styles.writing}>
      {replies.length > 0 && <CannedMenu id={menuId} replies={replies} activeIndex={activeIndex} onPick={pick} />}
      <textarea
        ref={field}
        id={kind === 'reply' ? 'reply-field' : 'note-field'}
        className={styles.field}
        aria-label={kind === 'reply' ? 'Reply' : 'Note'}
        aria-describedby={`${menuId}-hint`}
        {...(replies.length > 0 && { 'aria-controls': menuId, 'aria-activedescendant': `${menuId}-${activeIndex}` })}
        placeholder={placeholderOf(kind, holding)}
        dir="auto"
        rows={1}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={pressed}
      />
      <div className={styles.bar}>
        <p id={`${menuId}-hint`} className={styles.hint} data-bad={text.length > LONGEST || undefined}>
          {hintOf(kind, text.length)}
        </p>
        <Button tone="primary" disabled={!isSendable} isBusy={isBusy} onClick={() => void send()}>
          {kind === 'reply' ? 'Send' : 'Add note'}
        </Button>
      </div>
    </div>
  );
}

function placeholderOf(kind: Kind, holding: Holding): string {
  if (kind === 'note') return 'Write a note for the team. The customer never sees it.';
  return holding.kind === 'mine'
    ? 'Write to the customer. Type / for saved replies.'
    : 'Prepare a reply. It is kept until you have the conversation.';
}

function hintOf(kind: Kind, length: number): string {
  if (length > LONGEST) return `${length - LONGEST} characters too many`;
  if (length > LONGEST - 300) return `${LONGEST - length} characters left`;
  return kind === 'reply' ? 'Enter sends, Shift+Enter breaks the line' : 'Enter saves, Shift+Enter breaks the line';
}

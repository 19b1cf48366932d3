import type { InboxConversation } from '@stepdown/protocol';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useAgent, useAgentClient, useMe, useSession } from '../../desk/agent-context.tsx';
import { fillReply, repliesFor } from '../../desk/canned-replies.ts';
import { useNotify } from '../../desk/notices.tsx';
import { Button } from '../../parts/button.tsx';
import { CompletionMenu } from './completion-menu.tsx';
import { type Completion, mentionCompletions, mentionedIds, replyCompletions } from './completions.ts';
import styles from './composer.module.css';
import type { Holding } from './guard.tsx';

export type Kind = 'reply' | 'note';

export interface WritingProps {
  readonly kind: Kind;
  readonly conversation: InboxConversation;
  readonly holding: Holding;
}

/** Characters of a text at most; the server refuses more (limits of the wire protocol). */
const LONGEST = 4_000;

export function Writing({ kind, conversation, holding }: WritingProps) {
  const client = useAgentClient();
  const menuId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => client.draft(conversation.id, kind));
  const [isMenuShut, setMenuShut] = useState(false);
  const offered = useCompletions({ kind, conversation, holding }, text);
  const menu = useMenu(
    isMenuShut ? [] : offered,
    (completion) => pick(completion),
    () => setMenuShut(true),
  );
  const sending = useSending({ kind, conversation, holding }, text, () => write(''));
  const isSendable = sending.isAllowed && menu.completions.length === 0;

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
    menu.restart();
    setMenuShut(false);
    client.keepDraft(conversation.id, kind, next);
    if (kind === 'reply' && holding.kind === 'mine' && next !== '') client.typing(conversation.id);
  };
  const pick = (completion: Completion) => {
    write(completion.text);
    if (completion.agentId !== undefined) sending.mention(completion.agentId);
    field.current?.focus();
  };
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || menu.pressed(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (isSendable) void sending.send();
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      field.current?.blur();
    }
  };

  return (
    <div className={styles.writing}>
      {menu.completions.length > 0 && (
        <CompletionMenu
          id={menuId}
          label={kind === 'reply' ? 'Saved replies' : 'Colleagues'}
          completions={menu.completions}
          activeIndex={menu.activeIndex}
          onPick={pick}
        />
      )}
      <textarea
        ref={field}
        id={kind === 'reply' ? 'reply-field' : 'note-field'}
        className={styles.field}
        aria-label={kind === 'reply' ? 'Reply' : 'Note'}
        aria-describedby={`${menuId}-hint`}
        {...(menu.completions.length > 0 && { 'aria-controls': menuId, 'aria-activedescendant': `${menuId}-${menu.activeIndex}` })}
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
        <Button tone="primary" disabled={!isSendable} isBusy={sending.isBusy} onClick={() => void sending.send()}>
          {kind === 'reply' ? 'Send' : 'Add note'}
        </Button>
      </div>
    </div>
  );
}

/** What the text asks for right now: saved replies in the customer's language, or colleagues. */
function useCompletions({ kind, conversation }: WritingProps, text: string): readonly Completion[] {
  const { agent, siteName } = useSession();
  const replies = useAgent((snapshot) => snapshot.cannedReplies);
  const team = useAgent((snapshot) => snapshot.team);
  if (kind === 'note') return mentionCompletions(text, team, agent.id);
  const { name, email } = conversation.identity;
  const names = { name, email, agent: agent.name, site: siteName ?? null };
  return replyCompletions(text, repliesFor(replies, conversation.locale), (raw) => fillReply(raw, names));
}

/** Arrow keys move, Enter and Tab choose, Escape shuts. */
function useMenu(completions: readonly Completion[], onPick: (completion: Completion) => void, onShut: () => void) {
  const [activeIndex, setActiveIndex] = useState(0);
  return {
    completions,
    activeIndex,
    restart: () => setActiveIndex(0),
    /** True when the key was one of the menu's. */
    pressed(event: KeyboardEvent): boolean {
      if (completions.length === 0) return false;
      const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
      const step = steps[event.key];
      const chosen = completions[activeIndex];
      if (step !== undefined) setActiveIndex((activeIndex + step + completions.length) % completions.length);
      else if (event.key === 'Enter' || event.key === 'Tab') {
        if (chosen !== undefined) onPick(chosen);
      } else if (event.key === 'Escape') onShut();
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}

/** Replies go through the outbox of this device; notes need the server at once. */
function useSending({ kind, conversation, holding }: WritingProps, text: string, onSent: () => void) {
  const client = useAgentClient();
  const notify = useNotify();
  const me = useMe();
  const team = useAgent((snapshot) => snapshot.team);
  const [isBusy, setBusy] = useState(false);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const isGuarded = kind === 'reply' && holding.kind !== 'mine';
  const isAllowed = text.trim() !== '' && text.length <= LONGEST && !isGuarded && !isBusy;
  const send = async () => {
    if (!isAllowed) return;
    if (kind === 'reply') {
      client.reply(conversation.id, text);
      onSent();
      return;
    }
    setBusy(true);
    const mentions = mentionedIds(text, picked, team).filter((id) => id !== me.id);
    const failure = await client.addNote(conversation.id, text, mentions);
    setBusy(false);
    if (failure) notify(`The note is not saved: ${failure.message}`, 'bad');
    else onSent();
  };
  return { isBusy, isAllowed, send, mention: (agentId: string) => setPicked([...picked, agentId]) };
}

function placeholderOf(kind: Kind, holding: Holding): string {
  if (kind === 'note') return 'Write a note for the team. Type @ to call a colleague. The customer never sees it.';
  return holding.kind === 'mine'
    ? 'Write to the customer. Type / for saved replies.'
    : 'Prepare a reply. It is kept until you have the conversation.';
}

function hintOf(kind: Kind, length: number): string {
  if (length > LONGEST) return `${length - LONGEST} characters too many`;
  if (length > LONGEST - 300) return `${LONGEST - length} characters left`;
  return kind === 'reply' ? 'Enter sends, Shift+Enter breaks the line' : 'Enter saves, Shift+Enter breaks the line';
}

import { withoutInvisible } from '@stepdown/client/markdown';
import type { InboxConversation } from '@stepdown/protocol';
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { SearchIcon } from '../../parts/icons.tsx';
import { visitorName } from '../../parts/visitor-name.ts';
import styles from './palette.module.css';
import { rankCommands } from './rank-commands.ts';

export interface Command {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly keys?: string;
  readonly run: () => void;
}

export interface CommandPaletteProps {
  readonly commands: readonly Command[];
  readonly search: (text: string) => Promise<readonly InboxConversation[]>;
  readonly onConversation: (conversationId: string) => void;
  readonly onClose: () => void;
}

const SEARCH_AFTER_MS = 200;

/** Type what you want: a page, an action, or words of a conversation. */
export function CommandPalette({ commands, search, onConversation, onClose }: CommandPaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const found = useFound(text, search);
  const rows: readonly Command[] = [
    ...rankCommands(commands, text),
    ...found.map((conversation) => ({
      id: conversation.id,
      group: 'Conversations',
      label: `${visitorName(conversation)}: ${withoutInvisible(conversation.preview)}`,
      run: () => onConversation(conversation.id),
    })),
  ];
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) setActive((active + step + rows.length) % Math.max(1, rows.length));
    else if (event.key === 'Enter') run(rows[active]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label="Search and commands"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={styles.field}>
        <SearchIcon />
        <input
          role="combobox"
          aria-label="Search and commands"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={rows.length > 0 ? `${listId}-${active}` : undefined}
          aria-autocomplete="list"
          placeholder="Go to, do, or find a conversation"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={pressed}
        />
      </div>
      <div id={listId} role="listbox" aria-label="Results" className={styles.list}>
        {rows.map((command, index) => (
          <Row key={command.id} id={`${listId}-${index}`} command={command} isActive={index === active} onRun={() => run(command)} />
        ))}
      </div>
      {rows.length === 0 && <p className={styles.none}>Nothing found</p>}
    </dialog>
  );
}

interface RowProps {
  readonly id: string;
  readonly command: Command;
  readonly isActive: boolean;
  readonly onRun: () => void;
}

function Row({ id, command, isActive, onRun }: RowProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView?.({ block: 'nearest' });
  }, [isActive]);
  return (
    // The field keeps the focus and the keys; the pointer is a second way.
    <div
      ref={element}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={styles.row}
      onMouseDown={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      <span className={styles.label} dir="auto">
        {command.label}
      </span>
      <span className={styles.group}>{command.group}</span>
      {command.keys !== undefined && <kbd>{command.keys}</kbd>}
    </div>
  );
}

/** Conversations that hold the words; an answer that comes late belongs to no text any more. */
function useFound(text: string, search: CommandPaletteProps['search']): readonly InboxConversation[] {
  const [found, setFound] = useState<readonly InboxConversation[]>([]);
  const ask = useEffectEvent(search);
  useEffect(() => {
    let isCurrent = true;
    const timer = window.setTimeout(() => {
      if (text.trim().length < 2) return setFound([]);
      return void ask(text.trim()).then((conversations) => {
        if (isCurrent) setFound(conversations);
      });
    }, SEARCH_AFTER_MS);
    return () => {
      isCurrent = false;
      window.clearTimeout(timer);
    };
  }, [text]);
  return found;
}

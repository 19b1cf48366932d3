import type { InboxConversation, WireError } from '@stepdown/protocol';
import { useAgent, useAgentClient, useMe } from '../../desk/agent-context.tsx';
import { assignItems, labelItems, snoozeItems } from '../../desk/menu-items.tsx';
import { useNotify } from '../../desk/notices.tsx';
import { dayAndTime } from '../../desk/times.ts';
import { useKeys } from '../../desk/use-keys.ts';
import { AssignIcon, ClockIcon, LabelIcon, SparkIcon } from '../../parts/icons.tsx';
import { LabelChip } from '../../parts/label-chip.tsx';
import menuStyles from '../../parts/menu.module.css';
import { Menu } from '../../parts/menu.tsx';
import styles from './conversation-head.module.css';

export interface ToolRowProps {
  readonly conversation: InboxConversation;
  /** False: this role only reads. */
  readonly mayChange: boolean;
  readonly isSuggesting: boolean;
  readonly onSuggest: () => void;
}

/** What is done to a conversation beside answering it: labels, later, somebody else, a suggestion. */
export function ToolRow({ conversation, mayChange, isSuggesting, onSuggest }: ToolRowProps) {
  const client = useAgentClient();
  const notify = useNotify();
  const me = useMe();
  const labels = useAgent((snapshot) => snapshot.labels);
  const team = useAgent((snapshot) => snapshot.team);
  const { id: conversationId, state } = conversation;
  const isOver = state === 'resolved';
  const tell = (done: string | null) => (failure: WireError | null) => {
    if (failure !== null) notify(failure.message, 'bad');
    else if (done !== null) notify(done, 'good');
  };
  const press = (id: string) => () => document.getElementById(id)?.click();
  useKeys(mayChange ? { l: press('tool-label'), z: press('tool-later'), a: press('tool-give'), s: press('tool-suggest') } : {});
  if (!mayChange && conversation.labels.length === 0) return null;
  return (
    <div className={styles.tools}>
      {mayChange && (
        <Menu
          id="tool-label"
          label="Label"
          shortcut="l"
          icon={<LabelIcon size={16} />}
          emptyText="No labels yet. Make some in the settings."
          items={labelItems(labels, [conversation], (labelId, isOn) => {
            void client.send('conversation:label', { conversationId, [isOn ? 'add' : 'remove']: [labelId] }).then(tell(null));
          })}
        />
      )}
      {mayChange && !isOver && (
        <>
          <Menu
            id="tool-later"
            label="Later"
            shortcut="z"
            icon={<ClockIcon size={16} />}
            items={snoozeItems(Date.now(), (until) => {
              void client.send('conversation:snooze', { conversationId, until }).then(tell(`Put aside until ${dayAndTime(until)}.`));
            })}
          />
          <Menu
            id="tool-give"
            label="Give to"
            shortcut="a"
            icon={<AssignIcon size={16} />}
            items={assignItems(team, me.id, ({ id, name }) => {
              void client.send('conversation:assign', { conversationId, agentId: id }).then(tell(`${name} has it now.`));
            })}
          />
          <button
            id="tool-suggest"
            type="button"
            className={menuStyles.trigger}
            aria-keyshortcuts="s"
            aria-busy={isSuggesting || undefined}
            onClick={onSuggest}
          >
            <SparkIcon size={16} />
            <span className={menuStyles.text}>{isSuggesting ? 'Thinking…' : 'Suggest'}</span>
          </button>
        </>
      )}
      {conversation.labels.length > 0 && (
        <span className={styles.chips}>
          {conversation.labels.map((label) => (
            <LabelChip key={label.id} label={label} />
          ))}
        </span>
      )}
    </div>
  );
}

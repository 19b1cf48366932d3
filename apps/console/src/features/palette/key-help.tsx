import { Dialog } from '../../parts/dialog.tsx';
import styles from './palette.module.css';

const GROUPS = [
  {
    title: 'Anywhere',
    keys: [
      ['Ctrl K', 'Search and commands (⌘ K on a Mac)'],
      ['?', 'This help'],
      ['g i', 'Inbox'],
      ['g m', 'My conversations'],
      ['g l', 'Ladder'],
      ['g f', 'FAQ'],
      ['g p', 'Reports'],
      ['g s', 'Settings'],
    ],
  },
  {
    title: 'Inbox',
    keys: [
      ['j', 'Next conversation'],
      ['k', 'Conversation before'],
      ['Enter', 'Open it'],
      ['x', 'Select it, for doing one thing to many'],
      ['Shift + click', 'Select everything up to there'],
      ['/', 'Search'],
      ['Esc', 'Back to the list'],
    ],
  },
  {
    title: 'Conversation',
    keys: [
      ['t', 'Take over'],
      ['b', 'Return to the assistant'],
      ['e', 'Close'],
      ['r', 'Write a reply'],
      ['l', 'Label'],
      ['z', 'Put aside until later'],
      ['a', 'Give to a colleague'],
      ['s', 'Suggest a reply and sum up'],
      ['/', 'Saved replies, at the start of a reply'],
      ['@', 'Call a colleague, in a note'],
      ['Enter', 'Send'],
    ],
  },
] as const;

export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" width="wide" onClose={onClose}>
      <div className={styles.help}>
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(([keys, does]) => (
                <div key={`${keys} ${does}`}>
                  <dt>
                    <kbd>{keys}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={styles.hint}>Single keys can be switched off in the settings.</p>
    </Dialog>
  );
}

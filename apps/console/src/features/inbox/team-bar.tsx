import { useState } from 'react';
import { useAgent, useAgentClient, useMe, useRights } from '../../desk/agent-context.tsx';
import { presenceOf } from '../../desk/menu-items.tsx';
import { useNotify } from '../../desk/notices.tsx';
import { ChevronIcon } from '../../parts/icons.tsx';
import styles from './team-bar.module.css';

/** Who is here, and whether this agent is to be given conversations. */
export function TeamBar() {
  const client = useAgentClient();
  const notify = useNotify();
  const me = useMe();
  const { mayAnswer } = useRights();
  const team = useAgent((snapshot) => snapshot.team);
  const [isOpen, setOpen] = useState(false);
  const isAway = team.find(({ id }) => id === me.id)?.isAway ?? false;
  const onlineCount = team.filter((member) => presenceOf(member) === 'online').length;
  const toggle = async () => {
    const failure = await client.send('agent:status', { isAway: !isAway });
    if (failure) notify(failure.message, 'bad');
  };
  if (team.length === 0) return null;
  return (
    <footer className={styles.bar} data-away={isAway || undefined}>
      {isOpen && (
        <ul id="team-here" className={styles.team} aria-label="Team">
          {team.map((member) => (
            <li key={member.id} data-presence={presenceOf(member)}>
              <span className={styles.dot} aria-hidden="true" />
              <bdi>{member.id === me.id ? `${member.name} (you)` : member.name}</bdi>
              <span>
                {presenceOf(member)}
                {member.role !== 'viewer' && `, ${member.openCount} of ${member.capacity} open`}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.line}>
        <button
          type="button"
          className={styles.who}
          aria-expanded={isOpen}
          aria-controls={isOpen ? 'team-here' : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronIcon size={14} />
          {onlineCount === 0 ? 'Nobody is online' : `${onlineCount} online`}
        </button>
        {mayAnswer && (
          <button type="button" role="switch" aria-checked={!isAway} className={styles.status} onClick={() => void toggle()}>
            <span className={styles.dot} aria-hidden="true" />
            {isAway ? 'You are away' : 'You are available'}
          </button>
        )}
      </div>
    </footer>
  );
}

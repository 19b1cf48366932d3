import type { AgentProfile, Role } from '@stepdown/protocol';
import { useAgentClient, useMe } from '../../desk/agent-context.tsx';
import { useNotify } from '../../desk/notices.tsx';
import { useAnswer } from '../../desk/use-answer.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { AlertIcon } from '../../parts/icons.tsx';
import { Card } from '../../parts/page.tsx';
import { ROLES } from './roles.ts';
import styles from './team.module.css';

interface ListedAgent extends AgentProfile {
  readonly isDisabled: boolean;
}

export function AgentsCard() {
  const { http } = useAgentClient();
  const notify = useNotify();
  const { value, failure, reload } = useAnswer<{ agents: readonly ListedAgent[] }>('/api/agent/agents');
  const change = async (agent: ListedAgent, patch: { role?: Role; isDisabled?: boolean }, done: string) => {
    const answer = await http.post(`/api/agent/agents/${encodeURIComponent(agent.id)}`, patch);
    notify(answer.ok ? done : answer.error.message, answer.ok ? 'good' : 'bad');
    await reload();
  };
  return (
    <Card title="Agents">
      {failure && (
        <Empty
          icon={<AlertIcon size={24} />}
          tone="bad"
          title="The team could not be read"
          action={<Button onClick={() => void reload()}>Try again</Button>}
        >
          {failure.message}
        </Empty>
      )}
      <ul className={styles.agents}>
        {value?.agents.map((agent) => (
          <AgentRow
            key={agent.id}
            agent={agent}
            onRole={(role) => void change(agent, { role }, `${agent.name} is now ${role}.`)}
            onDisable={(isDisabled) =>
              void change(agent, { isDisabled }, isDisabled ? `${agent.name} can’t sign in any more.` : `${agent.name} can sign in again.`)
            }
          />
        ))}
      </ul>
    </Card>
  );
}

interface AgentRowProps {
  readonly agent: ListedAgent;
  readonly onRole: (role: Role) => void;
  readonly onDisable: (isDisabled: boolean) => void;
}

function AgentRow({ agent, onRole, onDisable }: AgentRowProps) {
  const me = useMe();
  const isMe = agent.id === me.id;
  return (
    <li className={styles.agent} data-disabled={agent.isDisabled || undefined}>
      <span className={styles.face} aria-hidden="true">
        {agent.name.slice(0, 1).toUpperCase()}
      </span>
      <div className={styles.who}>
        <strong dir="auto">
          {agent.name}
          {isMe && ' (you)'}
        </strong>
        <span>{agent.isDisabled ? 'Disabled' : agent.email}</span>
      </div>
      <select aria-label={`Role of ${agent.name}`} value={agent.role} onChange={(event) => onRole(roleIn(event.target.value, agent.role))}>
        {ROLES.map(({ role, label }) => (
          <option key={role} value={role}>
            {label}
          </option>
        ))}
      </select>
      <Button size="small" tone="quiet" disabled={isMe} onClick={() => onDisable(!agent.isDisabled)}>
        {agent.isDisabled ? 'Enable' : 'Disable'} <span className="visually-hidden">{agent.name}</span>
      </Button>
    </li>
  );
}

function roleIn(value: string, otherwise: Role): Role {
  return ROLES.find(({ role }) => role === value)?.role ?? otherwise;
}

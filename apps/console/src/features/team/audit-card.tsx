import { useState } from 'react';
import { useAgentClient } from '../../desk/agent-context.tsx';
import { fullTime } from '../../desk/times.ts';
import { useAnswer } from '../../desk/use-answer.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/page.tsx';
import { actionWords } from './action-words.ts';
import styles from './team.module.css';

interface AuditEntry {
  readonly id: string;
  readonly at: number;
  readonly actorName: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: string;
}

interface AuditPage {
  readonly entries: readonly AuditEntry[];
}

const PAGE = 100;

/** Who did what, newest first. */
export function AuditCard() {
  const { http } = useAgentClient();
  const first = useAnswer<AuditPage>('/api/agent/audit');
  const [older, setOlder] = useState<readonly AuditEntry[]>([]);
  const [isAtEnd, setAtEnd] = useState(false);
  const entries = [...(first.value?.entries ?? []), ...older];
  const readOlder = async () => {
    const answer = await http.get<AuditPage>('/api/agent/audit', { before: entries.at(-1)?.id });
    if (!answer.ok) return;
    setOlder([...older, ...answer.entries]);
    setAtEnd(answer.entries.length < PAGE);
  };
  return (
    <Card title="Audit log" hint="Free of message texts and secrets.">
      {first.failure && <p className={styles.problem}>{first.failure.message}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways has to be reachable by keyboard */}
      <section className={styles.table} tabIndex={0} aria-label="Entries">
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">Detail</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td>{fullTime(entry.at)}</td>
                <td dir="auto">{entry.actorName}</td>
                <td>{actionWords(entry.action)}</td>
                <td dir="auto">{[entry.subject, entry.detail].filter((part) => part !== '').join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {!isAtEnd && (first.value?.entries.length ?? 0) >= PAGE && (
        <Button size="small" onClick={() => void readOlder()}>
          Older entries
        </Button>
      )}
    </Card>
  );
}

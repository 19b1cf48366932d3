import type { RatingsReport } from '@stepdown/protocol';
import styles from './reports.module.css';

/** Scores for each agent, with how many were asked and how they spread: an average of two says nothing. */
export function AgentsTable({ agents }: { readonly agents: RatingsReport['agents'] }) {
  if (agents.length === 0) return <p className={styles.none}>No conversation was closed by an agent in this time.</p>;
  return (
    <div className={styles.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col">Average</th>
            <th scope="col">Answered</th>
            <th scope="col">1 to 5</th>
          </tr>
        </thead>
        <tbody>
          {agents.map(({ agentId, agentName, asked, answered, average, scores }) => (
            <tr key={agentId}>
              <th scope="row">
                <bdi>{agentName}</bdi>
              </th>
              <td>{average === null ? '–' : average.toFixed(1)}</td>
              <td>
                {answered} of {asked}
              </td>
              <td className={styles.wide}>
                <Spread scores={scores} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const WIDTH = 14;
const HEIGHT = 24;

function Spread({ scores }: { readonly scores: readonly number[] }) {
  const most = Math.max(1, ...scores);
  return (
    <svg
      className={styles.spread}
      viewBox={`0 0 ${WIDTH * 5} ${HEIGHT}`}
      role="img"
      aria-label={scores.map((count, index) => `${count} gave ${index + 1}`).join(', ')}
    >
      {scores.map((count, index) => {
        const height = Math.max(1.5, (count / most) * HEIGHT);
        const score = index + 1;
        return (
          <rect
            key={score}
            x={index * WIDTH + 1}
            width={WIDTH - 3}
            y={HEIGHT - height}
            height={height}
            rx="1.5"
            data-some={count > 0 || undefined}
          />
        );
      })}
    </svg>
  );
}

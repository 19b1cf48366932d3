import type { RatingsReport } from '@stepdown/protocol';
import { useState } from 'react';
import { Link } from 'wouter';
import { useRights } from '../../desk/agent-context.tsx';
import { dayAndTime } from '../../desk/times.ts';
import { useAnswer } from '../../desk/use-answer.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { AlertIcon, DownloadIcon } from '../../parts/icons.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { AgentsTable } from './agents-table.tsx';
import styles from './reports.module.css';
import { TiersTable } from './tiers-table.tsx';

const SPANS = [7, 30, 90] as const;

/** How content customers were, with each tier and with each agent, and the conversations as a table. */
export default function ReportsPage() {
  const [days, setDays] = useState<(typeof SPANS)[number]>(30);
  const { mayAnswer } = useRights();
  const { value, failure, reload } = useAnswer<RatingsReport>(`/api/agent/reports/ratings?days=${days}`);
  return (
    <Page
      title="Reports"
      lead="What customers said about the answers they got."
      actions={
        <fieldset className={styles.spans}>
          <legend className="visually-hidden">Time</legend>
          {SPANS.map((each) => (
            <button key={each} type="button" aria-pressed={each === days} onClick={() => setDays(each)}>
              {each} days
            </button>
          ))}
        </fieldset>
      }
    >
      {failure !== null && (
        <Empty
          icon={<AlertIcon size={24} />}
          tone="bad"
          title="The report could not be read"
          action={<Button onClick={() => void reload()}>Try again</Button>}
        >
          {failure.message}
        </Empty>
      )}
      {value !== null && (
        <>
          <div className={styles.columns}>
            <Card title="By tier" hint="Thumbs on single answers.">
              <TiersTable tiers={value.tiers} />
            </Card>
            <Card title="By agent" hint="Asked when a conversation is closed: 1 to 5.">
              <AgentsTable agents={value.agents} />
            </Card>
          </div>
          <Card title="In their own words">
            <Comments comments={value.comments} />
          </Card>
        </>
      )}
      {mayAnswer && <Export />}
    </Page>
  );
}

function Comments({ comments }: { readonly comments: RatingsReport['comments'] }) {
  if (comments.length === 0) return <p className={styles.none}>Nobody has written anything in this time.</p>;
  return (
    <ul className={styles.comments}>
      {comments.map(({ conversationId, agentName, score, comment, ratedAt }) => (
        <li key={`${conversationId} ${ratedAt}`}>
          <p dir="auto">{comment}</p>
          <p className={styles.from}>
            {score !== null && <span>{score} of 5</span>}
            <span dir="auto">for {agentName}</span>
            {ratedAt !== null && <time dateTime={new Date(ratedAt).toISOString()}>{dayAndTime(ratedAt)}</time>}
            <Link href={`/inbox/all/${encodeURIComponent(conversationId)}`}>
              Read it<span className="visually-hidden">: {comment}</span>
            </Link>
          </p>
        </li>
      ))}
    </ul>
  );
}

const VIEWS = [
  { view: 'all', label: 'All' },
  { view: 'open', label: 'Open' },
  { view: 'queue', label: 'Waiting' },
  { view: 'closed', label: 'Closed' },
] as const;

/** A file for spreadsheets; the server writes it, row by row. */
function Export() {
  return (
    <Card title="Export" hint="Conversations as CSV, up to 10,000 rows. Each export is in the audit log.">
      <ul className={styles.exports}>
        {VIEWS.map(({ view, label }) => (
          <li key={view}>
            <a href={`/api/agent/inbox/export?view=${view}`} download>
              <DownloadIcon size={16} />
              {label} <span className="visually-hidden">conversations as CSV</span>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

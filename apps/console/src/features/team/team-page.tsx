import { Page } from '../../parts/page.tsx';
import { AgentsCard } from './agents-card.tsx';
import { AuditCard } from './audit-card.tsx';
import { InviteCard } from './invite-card.tsx';
import styles from './team.module.css';

/** Who may do what, who is coming, and what was done. For admins. */
export default function TeamPage() {
  return (
    <Page title="Team">
      <div className={styles.columns}>
        <AgentsCard />
        <InviteCard />
      </div>
      <AuditCard />
    </Page>
  );
}

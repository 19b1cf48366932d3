import type { InboxConditions } from '@stepdown/client/agent';
import { useAgent } from '../../desk/agent-context.tsx';
import { BoltIcon } from '../../parts/icons.tsx';
import styles from './conditions.module.css';

export interface TriageStripProps {
  readonly conditions: InboxConditions;
  readonly onChange: (conditions: InboxConditions) => void;
  /** Null: this role does nothing to conversations. */
  readonly onPickAll: (() => void) | null;
}

/** Fewer than this is a day like any other. */
const AN_OUTAGE = 3;

/** After an outage many customers wait for the same words: shows only them, and picks them all. */
export function TriageStrip({ conditions, onChange, onPickAll }: TriageStripProps) {
  const rows = useAgent((snapshot) => snapshot.inbox.rows);
  const isLoading = useAgent((snapshot) => snapshot.inbox.isLoadingMore);
  const { triage, ...rest } = conditions;
  const count = rows.filter(({ isOutage, state }) => isOutage && state !== 'resolved').length;
  if (triage === undefined && count < AN_OUTAGE) return null;
  return (
    <div className={styles.strip} role="status">
      <BoltIcon size={16} />
      {triage === undefined ? (
        <>
          <span>
            <strong>{count}</strong> left by an outage
          </span>
          <button type="button" onClick={() => onChange({ ...conditions, triage: 'outage' })}>
            Show only these
          </button>
        </>
      ) : (
        <>
          <span>
            <strong>{rows.length}</strong> {triage === 'outage' ? 'left by an outage' : 'with a parked question'}
            {isLoading && ', reading more…'}
          </span>
          {onPickAll !== null && rows.length > 0 && (
            <button type="button" onClick={onPickAll}>
              Select all
            </button>
          )}
          <button type="button" onClick={() => onChange(rest)}>
            Show everything
          </button>
        </>
      )}
    </div>
  );
}

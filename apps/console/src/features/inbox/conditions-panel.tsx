import type { InboxConditions } from '@stepdown/client/agent';
import type { ReactNode } from 'react';
import { useAgent, useMe } from '../../desk/agent-context.tsx';
import { Button } from '../../parts/button.tsx';
import { DownloadIcon } from '../../parts/icons.tsx';
import { TIERS, tierName } from '../../parts/tiers.ts';
import styles from './conditions.module.css';

export interface ConditionsPanelProps {
  readonly conditions: InboxConditions;
  readonly onChange: (conditions: InboxConditions) => void;
  /** What is shown, as a file; null where there is none. */
  readonly exportHref: string | null;
}

/** Those the widget speaks. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'ja', 'zh', 'ar'] as const;
const languageNames = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });
const WAITS = [
  { label: '2 minutes', waitedMs: 120_000 },
  { label: '10 minutes', waitedMs: 600_000 },
  { label: '1 hour', waitedMs: 3_600_000 },
] as const;

/** What narrows the list down, as plain selects: each is one condition, and all hold at once. */
export function ConditionsPanel({ conditions, onChange, exportHref }: ConditionsPanelProps) {
  const labels = useAgent((snapshot) => snapshot.labels);
  const team = useAgent((snapshot) => snapshot.team);
  const me = useMe();
  /** An empty choice takes the condition away. */
  const set = (name: keyof InboxConditions, value: string | number) => {
    const { [name]: _, ...rest } = conditions;
    onChange(value === '' ? rest : { ...rest, [name]: value });
  };
  return (
    <fieldset className={styles.panel} id="inbox-conditions">
      <legend className="visually-hidden">Filter</legend>
      <Choice label="Left by an outage" value={conditions.triage ?? ''} onChange={(value) => set('triage', value)}>
        <option value="outage">Unanswered</option>
        <option value="parked">Parked question</option>
      </Choice>
      <Choice label="Label" value={conditions.label ?? ''} onChange={(value) => set('label', value)}>
        {labels.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice label="With" value={conditions.agent ?? ''} onChange={(value) => set('agent', value)}>
        <option value="nobody">Nobody</option>
        {team.map(({ id, name }) => (
          <option key={id} value={id}>
            {id === me.id ? 'You' : name}
          </option>
        ))}
      </Choice>
      <Choice label="Tier" value={conditions.tier ?? ''} onChange={(value) => set('tier', value)}>
        {TIERS.map((tier) => (
          <option key={tier} value={tier}>
            {tierName(tier)}
          </option>
        ))}
      </Choice>
      <Choice label="State" value={conditions.state ?? ''} onChange={(value) => set('state', value)}>
        <option value="pending">With the assistant</option>
        <option value="open">With a person</option>
        <option value="snoozed">Put aside</option>
        <option value="resolved">Closed</option>
      </Choice>
      <Choice label="Language" value={conditions.locale ?? ''} onChange={(value) => set('locale', value)}>
        {LANGUAGES.map((locale) => (
          <option key={locale} value={locale}>
            {languageNames.of(locale)}
          </option>
        ))}
      </Choice>
      <Choice
        label="Waits longer than"
        value={conditions.waitedMs === undefined ? '' : String(conditions.waitedMs)}
        onChange={(value) => set('waitedMs', value === '' ? '' : Number(value))}
      >
        {WAITS.map(({ label, waitedMs }) => (
          <option key={waitedMs} value={waitedMs}>
            {label}
          </option>
        ))}
      </Choice>
      <Choice label="E-mail" value={conditions.email ?? ''} onChange={(value) => set('email', value)}>
        <option value="yes">Known</option>
        <option value="no">Not known</option>
      </Choice>
      <Choice label="Identity" value={conditions.verified ?? ''} onChange={(value) => set('verified', value)}>
        <option value="yes">Verified</option>
        <option value="no">Not verified</option>
      </Choice>
      <div className={styles.ends}>
        {exportHref !== null && (
          <a href={exportHref} download>
            <DownloadIcon size={15} /> CSV<span className="visually-hidden"> of what is shown</span>
          </a>
        )}
        <Button size="small" tone="quiet" onClick={() => onChange({})}>
          Clear
        </Button>
      </div>
    </fieldset>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <label className={styles.choice} data-set={value !== '' || undefined}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Any</option>
        {children}
      </select>
    </label>
  );
}

import type { DrillView, LadderView } from '@stepdown/protocol';
import { useActionState, useState } from 'react';
import { useAgentClient } from '../../desk/agent-context.tsx';
import { useNotify } from '../../desk/notices.tsx';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { drillSentence, FAULTS, targetsOf } from './drill-words.ts';
import styles from './force-tier.module.css';

const SPANS = [
  { label: '1 minute', forMs: 60_000 },
  { label: '5 minutes', forMs: 300_000 },
  { label: '15 minutes', forMs: 900_000 },
  { label: '1 hour', forMs: 3_600_000 },
] as const;
const SHARES = [0.1, 0.25, 0.5, 1] as const;

/** Breaks something on purpose: what, how, for whom, for how long, and why. */
export function DrillDialog({ ladder, onClose }: { readonly ladder: LadderView; readonly onClose: () => void }) {
  const client = useAgentClient();
  const notify = useNotify();
  const targets = targetsOf(ladder);
  const [target, setTarget] = useState<DrillView['target']>(targets[0]?.target ?? 'claude');
  const [fault, setFault] = useState<DrillView['fault']>('overloaded');
  const [share, setShare] = useState(0.25);
  const [forMs, setForMs] = useState<number>(SPANS[1].forMs);
  const [isSure, setSure] = useState(false);
  const [problem, submit, isBusy] = useActionState(async (_before: string | null, form: FormData) => {
    const reason = String(form.get('reason') ?? '').trim();
    if (reason.length < 3) return 'Say why in a few words; the others read it.';
    const failure = await client.send('drill:start', { target, fault, share, forMs, reason });
    if (failure) return failure.message;
    notify('The drill runs.', 'good');
    onClose();
    return null;
  }, null);
  const span = SPANS.find((each) => each.forMs === forMs)?.label ?? '';
  return (
    <Dialog title="Start a drill" onClose={onClose}>
      <form className={styles.form} action={submit}>
        <p className={styles.lead}>
          The fault stands where the provider would be; turn, ladder, FAQ and console behind it are the real ones. It ends by itself and is
          not counted as an outage.
        </p>
        <div className={styles.pair}>
          <SelectField
            label="What breaks"
            value={target}
            onChange={(event) => setTarget(targets.find((each) => each.target === event.target.value)?.target ?? target)}
          >
            {targets.map((each) => (
              <option key={each.target} value={each.target}>
                {each.label}
              </option>
            ))}
          </SelectField>
          <SelectField
            label="How"
            value={fault}
            hint={fault === 'bad-key' && share >= 1 ? 'Afterwards the route stays out until its key is checked again.' : undefined}
            onChange={(event) => setFault(FAULTS.find((each) => each.fault === event.target.value)?.fault ?? fault)}
          >
            {FAULTS.map((each) => (
              <option key={each.fault} value={each.fault}>
                {each.label}
              </option>
            ))}
          </SelectField>
          <SelectField label="For whom" value={String(share)} onChange={(event) => setShare(Number(event.target.value))}>
            {SHARES.map((each) => (
              <option key={each} value={each}>
                {each === 1 ? 'Every customer' : `${each * 100} % of customers`}
              </option>
            ))}
          </SelectField>
          <SelectField label="Ends after" value={String(forMs)} onChange={(event) => setForMs(Number(event.target.value))}>
            {SPANS.map((each) => (
              <option key={each.forMs} value={each.forMs}>
                {each.label}
              </option>
            ))}
          </SelectField>
        </div>
        <TextField label="Reason" name="reason" maxLength={300} placeholder="Weekly drill" error={problem ?? undefined} required />
        <label className={styles.sure}>
          <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.target.checked)} />
          <span>
            <strong>{drillSentence({ target, fault, share })}</strong>, real ones, for {span}. They meet what stands below. This is written
            to the audit log.
          </span>
        </label>
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="danger" type="submit" disabled={!isSure} isBusy={isBusy}>
            Start for {span}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

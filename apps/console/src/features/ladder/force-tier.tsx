import type { LadderView, Tier } from '@stepdown/protocol';
import { useActionState, useState } from 'react';
import { useAgentClient } from '../../desk/agent-context.tsx';
import { useNotify } from '../../desk/notices.tsx';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { LockIcon } from '../../parts/icons.tsx';
import { tierName } from '../../parts/tiers.ts';
import styles from './force-tier.module.css';

const SPANS = [
  { label: '15 minutes', forMs: 900_000 },
  { label: '1 hour', forMs: 3_600_000 },
  { label: '4 hours', forMs: 14_400_000 },
  { label: '24 hours', forMs: 86_400_000 },
] as const;

/** Buttons of admins: hold the ladder at a tier for a while, or let it go. */
export function ForceTier({ ladder }: { readonly ladder: LadderView }) {
  const client = useAgentClient();
  const notify = useNotify();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const release = async () => {
    setBusy(true);
    const failure = await client.send('tier:release', {});
    setBusy(false);
    notify(failure ? failure.message : 'Released. The ladder decides again.', failure ? 'bad' : 'good');
  };
  return (
    <>
      {ladder.pin !== null && (
        <Button tone="primary" isBusy={isBusy} onClick={() => void release()}>
          Release
        </Button>
      )}
      <Button icon={<LockIcon size={16} />} onClick={() => setOpen(true)}>
        Force tier
      </Button>
      {isOpen && <ForceDialog ladder={ladder} onClose={() => setOpen(false)} />}
    </>
  );
}

function ForceDialog({ ladder, onClose }: { readonly ladder: LadderView; readonly onClose: () => void }) {
  const client = useAgentClient();
  const notify = useNotify();
  const [tier, setTier] = useState<Tier>(ladder.pin?.tier ?? ladder.tier);
  const [forMs, setForMs] = useState<number>(SPANS[1].forMs);
  const [isSure, setSure] = useState(false);
  const [problem, submit, isBusy] = useActionState(async (_before: string | null, form: FormData) => {
    const reason = String(form.get('reason') ?? '').trim();
    if (reason.length < 3) return 'Say why in a few words; the others read it.';
    const failure = await client.send('tier:force', { tier, reason, forMs });
    if (failure) return failure.message;
    notify(`Held at ${tierName(tier)}.`, 'good');
    onClose();
    return null;
  }, null);
  const span = SPANS.find((each) => each.forMs === forMs)?.label ?? '';
  return (
    <Dialog title="Force tier" onClose={onClose}>
      <form className={styles.form} action={submit}>
        <p className={styles.lead}>
          The ladder stays at this tier or below until the time is over. A broken tier is never used, also not by force.
        </p>
        <SelectField label="Tier" name="tier" value={tier} onChange={(event) => setTier(tierIn(ladder, event.target.value))}>
          {ladder.tiers
            .filter((each) => each.state !== 'unconfigured')
            .map((each) => (
              <option key={each.id} value={each.id}>
                {tierName(each.id)}
              </option>
            ))}
        </SelectField>
        <TextField label="Reason" name="reason" maxLength={300} placeholder="What is going on" error={problem ?? undefined} required />
        <SelectField label="Ends after" name="span" value={String(forMs)} onChange={(event) => setForMs(Number(event.target.value))}>
          {SPANS.map((each) => (
            <option key={each.forMs} value={each.forMs}>
              {each.label}
            </option>
          ))}
        </SelectField>
        <label className={styles.sure}>
          <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.target.checked)} />
          <span>
            New conversations get <strong>{tierName(tier)}</strong> for {span}, whatever the providers do. This is written to the audit log.
          </span>
        </label>
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="danger" type="submit" disabled={!isSure} isBusy={isBusy}>
            Force {tierName(tier)} for {span}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function tierIn(ladder: LadderView, value: string): Tier {
  return ladder.tiers.find((tier) => tier.id === value)?.id ?? ladder.tier;
}

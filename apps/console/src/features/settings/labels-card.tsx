import type { Label } from '@stepdown/protocol';
import { useActionState, useId, useState } from 'react';
import { useAgent, useAgentClient, useRights } from '../../desk/agent-context.tsx';
import { useNotify } from '../../desk/notices.tsx';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { LabelChip } from '../../parts/label-chip.tsx';
import { Card } from '../../parts/page.tsx';
import styles from './settings.module.css';

const COLOURS = ['#2f6f4f', '#2559b8', '#6b41b3', '#a32d57', '#b02318', '#b8730f', '#53615b'] as const;

/** The labels of the team: made, renamed, coloured, and by editors deleted. */
export function LabelsCard() {
  const labels = useAgent((snapshot) => snapshot.labels);
  const { mayAnswer } = useRights();
  const [edited, setEdited] = useState<Label | 'new' | null>(null);
  return (
    <Card
      title="Labels"
      hint="Sort conversations by what they are about."
      actions={
        mayAnswer && (
          <Button size="small" onClick={() => setEdited('new')}>
            Make one
          </Button>
        )
      }
    >
      {labels.length === 0 && <p className={styles.none}>The team has none yet.</p>}
      <ul className={styles.labels}>
        {labels.map((label) => (
          <li key={label.id}>
            <LabelChip label={label} />
            {mayAnswer && (
              <Button size="small" tone="quiet" onClick={() => setEdited(label)}>
                Edit <span className="visually-hidden">{label.name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {edited !== null && <LabelDialog label={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Card>
  );
}

function LabelDialog({ label, onClose }: { readonly label: Label | null; readonly onClose: () => void }) {
  const { http } = useAgentClient();
  const notify = useNotify();
  const { isEditor } = useRights();
  const groupId = useId();
  const [colour, setColour] = useState<string>(label?.colour ?? COLOURS[0]);
  const path = `/api/agent/labels${label === null ? '' : `/${encodeURIComponent(label.id)}`}`;
  const [problem, submit, isBusy] = useActionState(async (_before: string | null, form: FormData) => {
    const body = { name: String(form.get('name') ?? '').trim(), colour };
    const answer = await http.change(label === null ? 'POST' : 'PUT', path, body);
    if (!answer.ok) return answer.error.message;
    onClose();
    return null;
  }, null);
  const remove = async () => {
    const answer = await http.change('DELETE', path);
    if (answer.ok) onClose();
    else notify(answer.error.message, 'bad');
  };
  const choices = COLOURS.some((each) => each === colour) ? COLOURS : [...COLOURS, colour];
  return (
    <Dialog title={label === null ? 'Make a label' : 'Edit the label'} onClose={onClose}>
      <form className={styles.form} action={submit}>
        <TextField label="Name" name="name" maxLength={40} defaultValue={label?.name} error={problem ?? undefined} required />
        <fieldset className={styles.colours}>
          <legend>Colour</legend>
          {choices.map((each) => (
            <label key={each} title={each}>
              <input type="radio" name={groupId} checked={each === colour} aria-label={each} onChange={() => setColour(each)} />
              <svg aria-hidden="true" width="26" height="26" viewBox="0 0 26 26">
                <circle cx="13" cy="13" r="12" fill={each} />
              </svg>
            </label>
          ))}
        </fieldset>
        <div className={styles.buttons}>
          {label !== null && isEditor && (
            <Button tone="quiet" className={styles.remove} onClick={() => void remove()}>
              Delete
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" isBusy={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

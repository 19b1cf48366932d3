import { useState } from 'react';
import { fullTime } from '../../../desk/times.ts';
import { Button } from '../../../parts/button.tsx';
import { AlertIcon } from '../../../parts/icons.tsx';
import { DiffLines } from '../desk/diff-lines.tsx';
import { differingFields, merged, type Picks, SideBySide } from '../desk/side-by-side.tsx';
import { Visible } from '../desk/visible.tsx';
import { type EntryForm, formOf } from './entry-form.ts';
import styles from './save-conflict.module.css';
import type { SaveConflict } from './use-entry-text.ts';

interface SaveConflictPanelProps {
  readonly conflict: SaveConflict;
  readonly form: EntryForm;
  /** The id was thought to be free. */
  readonly isNew: boolean;
  readonly onSettle: (form: EntryForm) => void;
}

/** Somebody saved first. Both texts are here; what was typed is untouched until the editor decides. */
export function SaveConflictPanel({ conflict: { latest, diff }, form, isNew, onSettle }: SaveConflictPanelProps) {
  const [picks, setPicks] = useState<Picks>({});
  const theirs = formOf(latest.content);
  const fields = differingFields(theirs, form);
  const who = latest.author === 'file' ? 'A file on disk' : latest.author;
  return (
    <section className={styles.panel} aria-label="Somebody saved first">
      <AlertIcon size={18} />
      <div>
        <h2>
          {isNew ? (
            `There is an entry “${latest.entryId}” already`
          ) : (
            <>
              <Visible text={who} /> saved first, {fullTime(latest.at)}
            </>
          )}
        </h2>
        <p>
          Nothing was overwritten, and your text is still here. {isNew ? 'Give yours another id, or choose' : 'Choose'} what to go on with
          {fields.length > 1 && ', field by field'}.
        </p>
        <SideBySide
          first={{ title: 'Theirs', form: theirs }}
          second={{ title: 'Yours', form }}
          picks={Object.fromEntries(fields.map(({ name }) => [name, picks[name] ?? 'second']))}
          onPick={(name, side) => setPicks({ ...picks, [name]: side })}
        />
        {diff.length > 0 && (
          <details>
            <summary>Line by line, from theirs to yours</summary>
            <DiffLines lines={diff} label="From theirs to yours" />
          </details>
        )}
        <div className={styles.actions}>
          <Button tone="primary" onClick={() => onSettle(merged(theirs, form, picks))}>
            Go on with what is chosen
          </Button>
          <p>It is saved when you save.</p>
        </div>
      </div>
    </section>
  );
}

import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { Button, IconButton } from '../../../parts/button.tsx';
import { CloseIcon } from '../../../parts/icons.tsx';
import { TextAreaField } from '../desk/text-area-field.tsx';
import { phrasingsIn } from './entry-form.ts';
import styles from './variants-field.module.css';

interface VariantsFieldProps {
  readonly variants: readonly string[];
  readonly locale: string;
  readonly problem: string | undefined;
  readonly onChange: (variants: readonly string[]) => void;
}

/** Other ways customers say it: one line each. Enter begins the next one, several lines pasted become several. */
export function VariantsField({ variants, locale, problem, onChange }: VariantsFieldProps) {
  const [isPasting, setPasting] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const replace = (place: number, ...by: readonly string[]) => onChange(variants.toSpliced(place, 1, ...by));
  /** After React has rendered the line that was asked for. */
  const focus = (place: number) => requestAnimationFrame(() => list.current?.querySelectorAll('input')[place]?.focus());
  const add = (place: number) => {
    onChange(variants.toSpliced(place, 0, ''));
    focus(place);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>, place: number) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      add(place + 1);
    } else if (event.key === 'Backspace' && variants[place] === '') {
      event.preventDefault();
      replace(place);
      focus(Math.max(0, place - 1));
    }
  };
  const paste = (event: ClipboardEvent<HTMLInputElement>, place: number) => {
    const lines = phrasingsIn(event.clipboardData.getData('text'));
    if (lines.length < 2) return;
    event.preventDefault();
    const kept = variants[place]?.trim() === '' ? [] : [variants[place] ?? ''];
    replace(place, ...kept, ...lines);
  };
  return (
    <fieldset className={styles.variants} aria-describedby={id}>
      <legend>
        Other phrasings <span>{variants.length}</span>
      </legend>
      <ul ref={list}>
        {variants.map((variant, place) => (
          <li key={place}>
            <input
              aria-label={`Phrasing ${place + 1}`}
              value={variant}
              lang={locale}
              dir="auto"
              maxLength={600}
              onChange={(event) => replace(place, event.target.value)}
              onKeyDown={(event) => press(event, place)}
              onPaste={(event) => paste(event, place)}
            />
            <IconButton label={`Remove phrasing ${place + 1}`} onClick={() => replace(place)}>
              <CloseIcon size={15} />
            </IconButton>
          </li>
        ))}
      </ul>
      <p id={id} className={styles.hint} data-bad={problem !== undefined || undefined}>
        {problem ?? 'The way customers really put it, typos and all: each one teaches the matcher.'}
      </p>
      <div className={styles.actions}>
        <Button size="small" onClick={() => add(variants.length)}>
          Add a phrasing
        </Button>
        <Button size="small" tone="quiet" aria-expanded={isPasting} onClick={() => setPasting(!isPasting)}>
          Paste many
        </Button>
      </div>
      {isPasting && (
        <PasteMany
          onAdd={(more) => {
            onChange([...variants.filter((variant) => variant.trim() !== ''), ...more.filter((each) => !variants.includes(each))]);
            setPasting(false);
          }}
        />
      )}
    </fieldset>
  );
}

function PasteMany({ onAdd }: { readonly onAdd: (phrasings: readonly string[]) => void }) {
  const [text, setText] = useState('');
  const found = phrasingsIn(text);
  return (
    <div className={styles.paste}>
      <TextAreaField label="One phrasing a line" rows={5} value={text} dir="auto" onChange={(event) => setText(event.target.value)} />
      <div>
        <Button size="small" tone="primary" disabled={found.length === 0} onClick={() => onAdd(found)}>
          Add {found.length} {found.length === 1 ? 'phrasing' : 'phrasings'}
        </Button>
      </div>
    </div>
  );
}
